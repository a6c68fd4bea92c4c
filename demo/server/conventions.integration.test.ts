import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diff } from '../contract.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';

const id = 'skill:pocket-notes';
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ conventions: 'skillmeat' });
});
afterAll(() => api.close());

const pathOf = (scope: 0 | 1 | 2): string => diffPaths(api, id, 'sandbox')[scope];
/** From a client of its own, so that no test shuts another one out. */
const getFrom = (client: string, path: string) =>
  api.app.inject({ url: `/api/v1${path}`, headers: { 'x-forwarded-for': `${client}, 10.0.0.1` } });

describe('the dialect of the real application', () => {
  it('asks for summaries by summary_only, and states no lines in them', async () => {
    const full = (await getFrom('a', pathOf(0))).json<Diff>();
    const ignored = (await getFrom('a', `${pathOf(0)}&mode=summary`)).json<Diff>();
    const summary = (await getFrom('a', `${pathOf(0)}&summary_only=true`)).json<Diff>();
    expect(ignored).toEqual(full);
    expect(summary.files.map(({ unified_diff: text }) => text)).toEqual(full.files.map(() => null));
    expect(summary.summary).toEqual(full.summary);
    expect(Object.keys(summary.files[0] ?? {})).not.toContain('additions');
  });

  it('tells nothing of its cache: no header, no moving counter, no edge at 200 ms', async () => {
    const answers = [await getFrom('b', pathOf(0)), await getFrom('b', pathOf(0))];
    expect(answers.map(({ headers }) => headers['x-cache'])).toEqual([undefined, undefined]);
    const { body } = await api.app.inject({ url: '/metrics/' });
    expect(body).toContain('skillmeat_cache_hits_total 0');
    expect(body).toContain(`endpoint="/api/v1/artifacts/${id}/diff"`);
    expect(body).not.toContain('le="0.2"');
  });

  it('closes the API for ten seconds to who sends the twentieth same request, and to nobody else', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 20; index += 1) statuses.push((await getFrom('c', '/tags?limit=50')).statusCode);
    expect(statuses).toEqual([...Array<number>(19).fill(200), 429]);
    const refused = await getFrom('c', '/projects');
    expect(refused.headers['retry-after']).toBe('10');
    expect(refused.json()).toMatchObject({ error: 'RATE_LIMIT_EXCEEDED', retry_after: 10 });
    expect((await getFrom('d', '/tags?limit=50')).statusCode).toBe(200);
    expect((await api.app.inject({ url: '/health', headers: { 'x-forwarded-for': 'c' } })).statusCode).toBe(200);
  });

  it('lets distinct requests through, which an unknown parameter makes them', async () => {
    for (let index = 0; index < 40; index += 1) {
      expect((await getFrom('e', `/tags?limit=50&_rampgate=${index}`)).statusCode).toBe(200);
    }
  });

  it('refuses in the form that its clients know', async () => {
    const missing = await getFrom('f', `/artifacts/${id}/diff`);
    expect(missing.statusCode).toBe(422);
    expect(missing.json()).toMatchObject({
      detail: [{ loc: expect.arrayContaining(['query']), msg: expect.any(String) }],
    });
    const unknown = await getFrom('f', pathOf(0).replace(id, 'skill:no-such'));
    expect([unknown.statusCode, unknown.json()]).toEqual([404, { detail: "Artifact 'skill:no-such' not found" }]);
  });

  it('documents what it understands', async () => {
    const { body } = await getFrom('g', '/openapi.json');
    expect(body).toContain('"name":"summary_only"');
    expect(body).not.toContain('"name":"mode"');
  });

  it('logs JSON without zone or fields, plain lines in between, and its upstream cache', async () => {
    await getFrom('h', pathOf(1));
    await getFrom('h', pathOf(1));
    await api.app.inject({
      method: 'POST',
      url: `/api/v1/artifacts/${id}/deploy`,
      payload: { project_path: api.project('sandbox') },
    });
    const lines = api.log().trimEnd().split('\n');
    const records = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
    expect(records[0]).toMatchObject({ level: 'INFO', timestamp: expect.stringMatching(/^[\d-]{10}T[\d:.]{15}$/) });
    expect(api.log()).toMatch(
      /Fetching upstream update for .*\n(.*\n)*.*Upstream cache hit: skill:pocket-notes:default/,
    );
    expect(lines).toContain(`Warning: deploy of ${id} replaced what was there`);
    expect(api.log()).not.toMatch(/cache_invalidated|elapsedMs/);
  });
});
