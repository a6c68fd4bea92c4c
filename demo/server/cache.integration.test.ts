import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openTestApi();
});
afterEach(() => api.close());

const id = 'skill:pocket-notes';
const cacheState = async (path: string) => (await api.get(path)).headers['x-cache'];
const metrics = async () => (await api.app.inject('/metrics')).body;

describe('the cache of diffs', () => {
  it('says of every diff whether it was there, for thirty seconds, and counts it', async () => {
    for (const path of diffPaths(api, id, 'sandbox')) {
      expect(await cacheState(path)).toBe('MISS');
      expect(await cacheState(path)).toBe('HIT');
    }
    api.passTime(30_001);
    for (const path of diffPaths(api, id, 'sandbox')) expect(await cacheState(path)).toBe('MISS');
    expect(await metrics()).toContain('skillmeat_cache_hits_total 3');
    expect(await metrics()).toContain('skillmeat_cache_misses_total 6');
  });

  it('answers the same from memory as from the files', async () => {
    const [path] = diffPaths(api, id, 'sandbox');
    expect((await api.get(path)).body).toBe((await api.get(path)).body);
  });

  it('is passed by where a request wants no store, and neither counts nor keeps that', async () => {
    const [path] = diffPaths(api, id, 'sandbox');
    const pastCache = () =>
      api.app.inject({ url: `/api/v1${path}`, headers: { 'cache-control': 'no-cache, no-store' } });
    expect((await pastCache()).headers['x-cache']).toBe('BYPASS');
    expect(await cacheState(path)).toBe('MISS');
    const { headers, body } = await pastCache();
    expect(headers['x-cache']).toBe('BYPASS');
    expect(body).toBe((await api.get(path)).body);
    // Browsers send no-cache by themselves.
    const reloaded = await api.app.inject({ url: `/api/v1${path}`, headers: { 'cache-control': 'no-cache' } });
    expect(reloaded.headers['x-cache']).toBe('HIT');
    expect(await metrics()).toContain('skillmeat_cache_misses_total 1');
  });

  it('never answers with another project, collection or mode', async () => {
    const [path] = diffPaths(api, id, 'sandbox');
    const [elsewhere] = diffPaths(api, id, 'field-notes');
    await api.get(path);
    for (const other of [elsewhere, `${path}&collection=staging`, `${path}&mode=summary`]) {
      expect(await cacheState(other)).toBe('MISS');
    }
    expect((await api.full(elsewhere)).files).not.toEqual((await api.full(path)).files);
    expect((await api.full(`${path}&collection=staging`)).files).not.toEqual((await api.full(path)).files);
  });

  it('forgets an artifact when it is deployed, and logs that', async () => {
    const [path] = diffPaths(api, id, 'sandbox');
    expect((await api.full(path)).has_changes).toBe(true);
    await api.post(`/artifacts/${id}/deploy`, { project_path: api.project('sandbox'), overwrite: true });
    expect(await cacheState(path)).toBe('MISS');
    expect((await api.full(path)).has_changes).toBe(false);
    await api.post(`/artifacts/${id}/deploy?collection=staging`, { project_path: api.project('sandbox') });
    expect((await api.full(path)).has_changes).toBe(true);
    expect(api.log().match(/cache_invalidated.*diff/g)).toHaveLength(2);
  });

  it('forgets an artifact when it is synced, from its source or from a project', async () => {
    const [toProject, toSource] = diffPaths(api, id, 'sandbox');
    await api.get(toSource);
    await api.post(`/artifacts/${id}/sync`, {});
    expect((await api.full(toSource)).has_changes).toBe(false);
    await api.post(`/artifacts/${id}/sync`, { project_path: api.project('sandbox') });
    expect((await api.full(toProject)).has_changes).toBe(false);
    expect((await api.full(toSource)).has_changes).toBe(true);
  });

  it('forgets everything on request', async () => {
    const [path] = diffPaths(api, id, 'sandbox');
    await api.get(path);
    expect((await api.post('/cache/refresh', {})).json()).toMatchObject({ success: true, errors: [] });
    expect(await cacheState(path)).toBe('MISS');
  });
});

it('can be switched off', async () => {
  const uncached = await openTestApi({ isCacheEnabled: false });
  const [path] = diffPaths(uncached, id, 'sandbox');
  for (let count = 0; count < 2; count += 1) expect((await uncached.get(path)).headers['x-cache']).toBe('MISS');
  await uncached.close();
});
