import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildSentry } from '../../../demo/server/sentry/sentry.ts';
import { localServers } from '../../../setup/local-servers.ts';
import { realShell } from '../../lib/shell.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { SentryTarget } from '../../model/target-policy.ts';
import { collectSentry, type SentryProbeOptions } from './collect-sentry.ts';

/** A Sentry that answers route by route what a test says, in the form that Sentry's documentation gives. */
type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;
const json = (body: unknown, headers: { readonly [name: string]: string } = {}): Answer => {
  return (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const status = (code: number, headers: { readonly [name: string]: string } = {}, text = '{"detail":"no"}'): Answer => {
  return (_request, response) => response.writeHead(code, headers).end(text);
};
const token = 'sntryu_0123456789abcdef';
const issue = (number: number) => ({
  shortId: `WEB-${number}`,
  title: `TypeError: ${number}`,
  firstSeen: '2026-11-24T10:00:00Z',
  count: '4',
  filtered: { count: '3' },
});

const serve = localServers();
let origin: string;
let asked: URL[];
let tokens: Set<string | undefined>;
let routes: { [path: string]: Answer };

const issuesPath = '/api/0/organizations/acme/issues/';
/** Issues by what is asked for: the control's, the release's new ones, its known ones. */
const listOf = ({ fresh = [] as object[], known = [] as object[], control = [{}] as object[] } = {}): Answer => {
  return (request, response, url) => {
    const query = url.searchParams.get('query') ?? '';
    const found = query.includes('rampgate-control@') ? control : query.includes('!firstRelease') ? known : fresh;
    json(found)(request, response, url);
  };
};

beforeEach(async () => {
  asked = [];
  tokens = new Set();
  routes = {
    '/api/0/projects/acme/web/': json({ id: '42', slug: 'web' }),
    '/api/42/envelope/': json({ id: 'x' }),
    [issuesPath]: listOf(),
    '/api/0/organizations/acme/sessions/': json({ groups: [{ by: {}, totals: { 'sum(session)': 120 } }] }),
    '/api/0/organizations/acme/events/': json({ data: [{ 'count()': 7 }] }),
    '/api/0/organizations/acme/stats_v2/': json({
      groups: [{ by: { outcome: 'accepted' }, totals: { 'sum(quantity)': 9 } }],
    }),
  };
  origin = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url);
    if (url.pathname.startsWith('/api/0/')) tokens.add(request.headers.authorization);
    request.resume().on('end', () => (routes[url.pathname] ?? status(404))(request, response, url));
  });
});

const place = (): SentryTarget => ({
  url: origin,
  organization: 'acme',
  project: 'web',
  environment: 'staging',
  dsn: `${origin.replace('http://', 'http://public@')}/42`,
  tokenVariable: 'TEST_SENTRY_TOKEN',
});

/** Time limits that a busy machine keeps; a test of a time limit gives a shorter one. */
const longMs = 20_000;
const shortMs = 300;

async function collect(
  options: Partial<SentryProbeOptions> & { readonly readBackWithinMs?: number } = {},
): Promise<Evidence> {
  const { readBackWithinMs = longMs, ...more } = options;
  const evidence = await collectSentry(
    { asks: ['issues'], scenarios: [], readBackWithinMs },
    {
      sentry: place(),
      release: 'web@2',
      shell: { ...realShell(), env: { TEST_SENTRY_TOKEN: token } },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      timeoutMs: longMs,
      patienceMs: longMs,
      ...more,
    },
  );
  expect(JSON.stringify(evidence)).not.toContain(token);
  return evidence;
}

describe('the Sentry probe', () => {
  it('counts new issues of the release over its sessions, and has the known ones as facts', async () => {
    routes[issuesPath] = listOf({ fresh: [issue(1)], known: [issue(2)] });
    expect(await collect()).toMatchObject({
      probe: 'sentry-issues',
      status: 'collected',
      measurements: [{ sli: 'sentry.new-issues', count: 1, exposures: 120, seen: ['WEB-1 TypeError: 1 (events: 4)'] }],
      facts: { errors: 7, knownIssues: [{ shortId: 'WEB-2', events: 4, eventsOfThisRelease: 3 }] },
      qualityIssues: [],
      controls: [{ name: 'test-event', outcome: 'seen' }],
    });
    const [fresh] = asked.filter(({ searchParams }) => / firstRelease:/.test(searchParams.get('query') ?? ''));
    expect(Object.fromEntries(fresh?.searchParams ?? [])).toMatchObject({
      project: '42',
      environment: 'staging',
      query: 'is:unresolved issue.category:error firstRelease:"web@2"',
    });
    expect([...tokens]).toEqual([`Bearer ${token}`]);
  });

  it('reads every page, and sends the token nowhere but to the configured address', async () => {
    routes[issuesPath] = (request, response, url) => {
      if (/[ !]firstRelease|control/.exec(url.searchParams.get('query') ?? '')?.[0] !== ' firstRelease') {
        return listOf()(request, response, url);
      }
      const from = Number(url.searchParams.get('cursor')?.split(':')[1] ?? 0);
      const link = `<http://elsewhere.test/>; rel="previous"; results="false"; cursor="0:0:1", <http://elsewhere.test/>; rel="next"; results="${from < 2}"; cursor="0:${from + 1}:0"`;
      json([issue(from)], { link })(request, response, url);
    };
    expect(await collect()).toMatchObject({ measurements: [{ count: 3 }], qualityIssues: [] });
  });

  it.each<readonly [string, () => { readonly [name: string]: string }]>([
    ['Retry-After', () => ({ 'retry-after': '0.1' })],
    ['X-Sentry-Rate-Limit-Reset', () => ({ 'x-sentry-rate-limit-reset': `${Date.now() / 1000 + 0.1}` })],
  ])('waits as long as %s says', async (_name, headers) => {
    let refusals = 0;
    const path = '/api/0/projects/acme/web/';
    const answer = routes[path] ?? status(500);
    routes[path] = (...args) => (refusals++ === 0 ? status(429, headers()) : answer)(...args);
    expect(await collect()).toMatchObject({ status: 'collected', qualityIssues: [] });
    expect(refusals).toBe(2);
  });

  const project = '/api/0/projects/acme/web/';
  it.each<readonly [string, string, Answer, string]>([
    [
      'a limit that lasts too long',
      project,
      status(429, { 'retry-after': '60' }),
      'answered 429, to be asked again in 60 s',
    ],
    ['a token that is not accepted', project, status(401), 'does not accept the token'],
    ['a token without the right', issuesPath, status(403), 'may not read this'],
    ['an organization that is not there', project, status(404), 'no such organization'],
    [
      'a server that fails and says the token back',
      project,
      status(502, {}, `bad gateway for ${token}`),
      '502: bad gateway for …',
    ],
    ['a server that never answers', project, () => undefined, 'nothing came within 0.3 s'],
    ['an answer that is no JSON', issuesPath, status(200, {}, '<html>'), 'not JSON'],
    [
      'an answer of another form',
      '/api/0/organizations/acme/sessions/',
      json({ sum: 3 }),
      'not what its API describes',
    ],
    ['an ingest that refuses', '/api/42/envelope/', status(403), 'ingest answered 403'],
    [
      'an ingest that takes everything and keeps nothing',
      issuesPath,
      listOf({ control: [] }),
      'could not be read back within 0.3 s',
    ],
  ])('%s is no zero', async (_name, path, answer, words) => {
    routes[path] = answer;
    const isControl = /ingest answered|read back/.test(words);
    const isTooLate = words.includes('within 0.3 s');
    const limit = isControl ? 'readBackWithinMs' : 'timeoutMs';
    const evidence = await collect(isTooLate ? { [limit]: shortMs } : {});
    expect(evidence).toMatchObject({
      status: 'unavailable',
      qualityIssues: [{ message: expect.stringContaining(words) }],
    });
    expect(evidence.controls ?? []).toMatchObject(isControl ? [{ name: 'test-event', outcome: 'not-seen' }] : []);
    const absent = isControl ? 'control-not-seen' : 'signal-absent';
    expect(evidence.qualityIssues[0]?.code).toBe(words.includes('429') ? 'rate-limited' : absent);
  });

  it('has nothing to go by without a place, a release or a token', async () => {
    const none = [
      await collect({ sentry: null }),
      await collect({ release: 'unknown' }),
      await collect({ shell: { ...realShell(), env: {} } }),
      await collect({ shell: { ...realShell(), env: { TEST_SENTRY_TOKEN: 'a' } } }),
      await collect({ sentry: { ...place(), dsn: 'https://example.test' } }),
    ];
    expect(none.map(({ status: one }) => one)).toEqual(Array(5).fill('unavailable'));
    expect(none[2]?.qualityIssues[0]?.message).toContain('TEST_SENTRY_TOKEN');
  });

  it.each<readonly [string, string, Answer, string]>([
    [
      'errors that Sentry did not keep',
      'stats_v2',
      json({ groups: [{ by: { outcome: 'rate_limited' }, totals: { 'sum(quantity)': 5 } }] }),
      '5 rate_limited',
    ],
    ['a release that nobody used', 'sessions', json({ groups: [] }), 'not heard of any session'],
  ])('doubts its count under %s', async (_name, route, answer, words) => {
    routes[`/api/0/organizations/acme/${route}/`] = answer;
    expect(await collect()).toMatchObject({
      status: 'collected',
      qualityIssues: [{ code: 'counted-in-part', message: expect.stringContaining(words) }],
    });
  });

  it('plants nothing where that is not allowed, and says so', async () => {
    routes['/api/42/envelope/'] = status(500);
    expect(await collect({ withoutControl: 'nothing may be planted' })).toMatchObject({
      status: 'collected',
      controls: [{ name: 'test-event', outcome: 'not-tried', message: 'nothing may be planted' }],
    });
  });

  it('says that it was interrupted', async () => {
    expect(await collect({ signal: AbortSignal.abort() })).toMatchObject({ qualityIssues: [{ code: 'interrupted' }] });
  });

  it.each([false, true])("sees with the demo's own Sentry, unless that forgets: %s", async (keepsNothing) => {
    const app = buildSentry({ keepsNothing, now: () => new Date() });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const sentry = { ...place(), url, organization: 'demo', project: 'page', dsn: `${url.replace('//', '//demo@')}/1` };
    const readBackWithinMs = keepsNothing ? shortMs : longMs;
    const evidence = await collect({ sentry: { ...sentry, tokenVariable: null }, readBackWithinMs });
    expect(evidence.status).toBe(keepsNothing ? 'unavailable' : 'collected');
    // The test event is nobody's issue.
    if (!keepsNothing) expect(evidence).toMatchObject({ measurements: [{ count: 0 }] });
    await app.close();
  });
});
