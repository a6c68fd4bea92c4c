import { afterEach, describe, expect, it } from 'vitest';
import type { FaultName } from '../faults.ts';
import { slowAnswerMs } from './routes/slow-answer.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.ts';

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

async function elapsedMs(path: string): Promise<number> {
  const startedAt = performance.now();
  await api.get(path);
  return performance.now() - startedAt;
}

describe('the route that takes its time', () => {
  it('does, unless it hurries, and is no part of the document', async () => {
    await plant('slow-route-hurries');
    expect(await elapsedMs('/slow-answer')).toBeLessThan(slowAnswerMs);
    await api.close();
    api = await openTestApi();
    expect(await elapsedMs('/slow-answer')).toBeGreaterThanOrEqual(slowAnswerMs);
    expect((await api.get('/openapi.json')).body).not.toContain('slow-answer');
  });
});

describe('a planted fault', () => {
  it('slow-diff delays every diff and nothing else', async () => {
    const path = await plant('slow-diff', 250);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(249);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(249);
    expect(await elapsedMs('/tags')).toBeLessThan(249);
  });

  it('slow-diff-misses delays only what is computed', async () => {
    const path = await plant('slow-diff-misses', 400);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(399);
    expect(await elapsedMs(path)).toBeLessThan(399);
  });

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
