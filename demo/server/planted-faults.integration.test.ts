import { afterEach, describe, expect, it } from 'vitest';
import type { FaultName } from '../faults.ts';
import { slowAnswerMs } from './routes/slow-answer.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';

let api: TestApi;
afterEach(() => api.close());

async function plant(name: FaultName, size = 1): Promise<string> {
  api = await openTestApi({ faults: [[name, size]] });
  return diffPaths(api, 'skill:pocket-notes', 'sandbox')[0];
}

async function statusesOf(path: string, count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await api.get(path)).statusCode);
  return statuses;
}

/** As it says itself; how long this test then waits for its turn is no matter. */
async function tookMs(): Promise<number> {
  return (await api.get('/slow-answer')).json<{ took_ms: number }>().took_ms;
}

describe('the route that takes its time', () => {
  it('does, unless it hurries, and is no part of the document', async () => {
    await plant('slow-route-hurries');
    expect(await tookMs()).toBeLessThan(slowAnswerMs);
    await api.close();
    api = await openTestApi();
    expect(await tookMs()).toBeGreaterThanOrEqual(slowAnswerMs);
    expect((await api.get('/openapi.json')).body).not.toContain('slow-answer');
  });
});

describe('a planted fault', () => {
  it('diff-errors fails exactly its share, evenly, and no list', async () => {
    const path = await plant('diff-errors', 3);
    const statuses = await statusesOf(path, 100);
    expect(statuses.flatMap((status, index) => (status === 500 ? index + 1 : []))).toEqual([34, 67, 100]);
    expect(await statusesOf('/deploy', 40)).not.toContain(500);
  });

  it('deployments-errors fails its share of lists, and no diff', async () => {
    const path = await plant('deployments-errors', 3);
    expect((await statusesOf('/deploy', 200)).filter((status) => status === 500)).toHaveLength(6);
    expect(await statusesOf(path, 40)).not.toContain(500);
  });

  it('fast-failures fails every diff', async () => {
    const path = await plant('fast-failures');
    expect(new Set(await statusesOf(path, 10))).toEqual(new Set([500]));
    expect(api.log()).not.toMatch(/timeout|upstream.*error/);
  });

  it('failing-start fails every diff for a while, and then none', async () => {
    const path = await plant('failing-start', 1500);
    expect(await statusesOf(path, 2)).toEqual([500, 500]);
    await expect.poll(() => statusesOf(path, 1), { timeout: 10_000 }).toEqual([200]);
  });

  it('upstream-refuses fails its share of what needs the source, and logs that', async () => {
    await plant('upstream-refuses', 50);
    const [withProject, withSource, both] = diffPaths(api, 'skill:pocket-notes', 'sandbox');
    expect(await statusesOf(withProject, 4)).toEqual([200, 200, 200, 200]);
    expect(await statusesOf(withSource, 2)).toEqual([200, 502]);
    expect(await statusesOf(both, 2)).toEqual([200, 502]);
    expect(api.log()).toMatch(/upstream.*error/);
  });

  it('large-diff-gives-up answers 504 to whole diffs of many files, and logs that', async () => {
    await plant('large-diff-gives-up');
    const [path] = diffPaths(api, 'skill:mega-migration', 'data-pipeline');
    expect(await statusesOf(path, 1)).toEqual([504]);
    expect(await statusesOf(`${path}&file_paths=SKILL.md`, 1)).toEqual([200]);
    expect(api.log()).toMatch(/timeout/);
  });

  it('logged-timeouts only writes them down', async () => {
    const path = await plant('logged-timeouts', 50);
    expect(await statusesOf(path, 4)).toEqual([200, 200, 200, 200]);
    expect(api.log().match(/timeout/g)).toHaveLength(2);
  });

  it('diff-timeouts leaves its share unanswered and logs that', async () => {
    const path = await plant('diff-timeouts', 50);
    await api.app.listen({ host: 'localhost', port: 0 });
    const address = api.app.server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = `http://localhost:${port}/api/v1${path}`;
    expect((await fetch(url)).status).toBe(200);
    const abort = new AbortController();
    const silent = fetch(url, { signal: abort.signal }).catch((error: Error) => error.name);
    await expect.poll(() => api.log()).toMatch(/timeout/);
    abort.abort();
    expect(await silent).toBe('AbortError');
  });

  it('rate-limit shuts out whoever repeats one request, but health', async () => {
    const path = await plant('rate-limit', 5);
    expect(await statusesOf(path, 6)).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = await api.get('/tags');
    expect(refused.headers['retry-after']).toBe('10');
    expect(refused.json()).toMatchObject({ error: 'RATE_LIMIT_EXCEEDED', retry_after: 10 });
    expect((await api.app.inject('/health')).statusCode).toBe(200);
    expect(api.log()).not.toContain('- 429');
  });

  it('cache-lies calls misses hits, and only the counters know', async () => {
    const path = await plant('cache-lies');
    expect((await api.get(path)).headers['x-cache']).toBe('HIT');
    expect((await api.app.inject('/metrics')).body).toContain('skillmeat_cache_misses_total 1');
  });

  it('no-cache-header leaves the header out', async () => {
    const path = await plant('no-cache-header');
    expect((await api.get(path)).headers).not.toHaveProperty('x-cache');
  });

  it('cache-never-hits computes every diff, with the cache on', async () => {
    const path = await plant('cache-never-hits');
    expect((await api.get(path)).headers['x-cache']).toBe('MISS');
    expect((await api.get(path)).headers['x-cache']).toBe('MISS');
  });

  it('cache-never-expires keeps an answer for hours', async () => {
    const path = await plant('cache-never-expires');
    await api.get(path);
    api.passTime(3_600_000);
    expect((await api.get(path)).headers['x-cache']).toBe('HIT');
  });

  it.each<[FaultName, (path: string) => string]>([
    ['key-collision', (path) => path.replace('sandbox', 'field-notes')],
    ['collection-collision', (path) => `${path}&collection=staging`],
  ])('%s answers two questions with one diff', async (name, change) => {
    const path = await plant(name);
    const first = (await api.get(path)).body;
    expect((await api.get(change(path))).body).toBe(first);
  });

  it('unlogged-invalidation forgets as it must, and says nothing', async () => {
    const path = await plant('unlogged-invalidation');
    await api.get(path);
    await api.post('/artifacts/skill:pocket-notes/deploy', { project_path: api.project('sandbox') });
    expect((await api.get(path)).headers['x-cache']).toBe('MISS');
    expect(api.log()).not.toContain('cache_invalidated');
  });

  it('garbled-sync leaves a difference where there was none', async () => {
    const path = await plant('garbled-sync');
    const change = { project_path: api.project('sandbox') };
    await api.post('/artifacts/skill:pocket-notes/deploy', change);
    expect(await api.full(path)).toMatchObject({ has_changes: false });
    await api.post('/artifacts/skill:pocket-notes/sync', change);
    expect(await api.full(path)).toMatchObject({ has_changes: true });
  });

  it('summary-miscounts counts one addition too many, the same from the cache', async () => {
    const path = await plant('summary-miscounts');
    const [counted] = (await api.summary(path)).files;
    const lines = (await api.full(path)).files[0]?.unified_diff?.split('\n') ?? [];
    const added = lines.filter((line) => line.startsWith('+') && !line.startsWith('+++')).length;
    expect(counted?.additions).toBe(added + 1);
    expect((await api.summary(path)).files[0]).toEqual(counted);
  });

  it('summary-with-texts has the texts of the whole diff in the summary, beside its counts', async () => {
    const path = await plant('summary-with-texts');
    const { files } = await api.full(path);
    const leaking: readonly object[] = (await api.summary(path)).files;
    expect(leaking).toMatchObject(files);
    expect(leaking[0]).toHaveProperty('additions');
  });

  it('renamed-field leaves a name out', async () => {
    const path = await plant('renamed-field');
    expect(await api.full(path)).not.toHaveProperty('artifact_name');
    expect(await api.full(path)).toHaveProperty('artifact_id');
  });

  it('preflight-storm lets browsers keep lists, and no permission to ask', async () => {
    await plant('preflight-storm');
    const headers = { origin: 'http://localhost:1', 'access-control-request-method': 'GET' };
    const permission = await api.app.inject({ method: 'OPTIONS', url: '/api/v1/tags', headers });
    expect(permission.headers['access-control-max-age']).toBe('0');
    expect((await api.get('/tags')).headers['cache-control']).toContain('max-age');
  });

  it('dead-counters leaves the counters of the cache at zero, and the others alive', async () => {
    const path = await plant('dead-counters');
    await statusesOf(path, 3);
    const metrics = (await api.app.inject('/metrics/')).body;
    expect(metrics).toContain('skillmeat_cache_hits_total 0');
    expect(metrics).toContain('skillmeat_cache_misses_total 0');
    expect(metrics).toMatch(/skillmeat_api_requests_total{.*diff",status="200"} 3/);
  });

  it('no-metrics answers 404 where the metrics should be, and nowhere else', async () => {
    const path = await plant('no-metrics');
    expect((await api.app.inject('/metrics')).statusCode).toBe(404);
    expect(await statusesOf(path, 1)).toEqual([200]);
  });
});
