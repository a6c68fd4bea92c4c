/** An API on its own files, without a port, for tests. */
import { readFileSync, rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import type { Artifact, Diff, DiffSummary, Page } from '../contract.ts';
import { type Conventions, type ConventionsName, conventionsByName } from '../conventions.ts';
import type { FaultName } from '../faults.ts';
import { buildApi } from './api.ts';
import { cacheFlawOf } from './cache-flaw.ts';
import { createDiffCache, type DiffCache, diffTtlMs } from './diff-cache.ts';
import { createHome, type Home } from './home.ts';
import { openLibrary } from './library.ts';
import { openLog } from './logs.ts';
import { createMetrics } from './metrics.ts';

interface TestApiOptions {
  readonly faults?: readonly (readonly [FaultName, number])[];
  readonly isCacheEnabled?: boolean;
  readonly conventions?: ConventionsName;
}

/** Unchanged homes, reused by the next API of this test file: filling one takes longer than most tests. */
const asFilled: Home[] = [];
afterAll(() => {
  for (const home of asFilled.splice(0)) home.remove();
});

/** Opens an API; the clock of its cache stands still until the test advances it. */
export async function openTestApi(options: TestApiOptions = {}) {
  const { faults = [], isCacheEnabled = true } = options;
  const conventions: Conventions = conventionsByName[options.conventions ?? 'checklist'];
  const home = asFilled.pop() ?? createHome();
  const log = openLog(home.logs.api, conventions.log);
  let nowMs = 1;
  let isChanged = false;
  const planted = new Map(faults);
  const diffs = createDiffCache({
    isEnabled: isCacheEnabled,
    ttlMs: diffTtlMs,
    ...cacheFlawOf(planted),
    now: () => nowMs,
  });
  const cache: DiffCache = {
    ...diffs,
    // Whatever replaces files tells the cache.
    invalidate: (artifact) => {
      isChanged = true;
      return diffs.invalidate(artifact);
    },
  };
  const library = openLibrary(home.path, home.deployments);
  const { durationBuckets } = conventions;
  const cacheIsCounted = conventions.reportsCache && !planted.has('dead-counters');
  const metrics = createMetrics('test@1', { durationBuckets, cacheIsCounted });
  const { logger, print } = log;
  const logsInvalidations = !planted.has('unlogged-invalidation');
  const context = { ...library, release: 'test@1', cache, metrics, logger, conventions, print, logsInvalidations };
  const app = await buildApi(context, planted, () => 'http://localhost:1');
  const get = (path: string) => app.inject({ method: 'GET', url: `/api/v1${path}` });
  const post = (path: string, payload: object) => app.inject({ method: 'POST', url: `/api/v1${path}`, payload });
  return {
    app,
    home: home.path,
    get,
    post,
    project: (name: string) => `${home.path}/projects/${name}`,
    artifacts: async () => (await get('/artifacts')).json<Page<Artifact>>().items,
    full: async (path: string) => (await get(path)).json<Diff>(),
    summary: async (path: string) => (await get(`${path}&mode=summary`)).json<DiffSummary>(),
    log: () => readFileSync(home.logs.api, 'utf8'),
    passTime: (durationMs: number) => {
      nowMs += durationMs;
    },
    close: async () => {
      await app.close();
      log.close();
      rmSync(home.logs.api);
      if (isChanged) home.remove();
      else asFilled.push(home);
    },
  };
}

/** What openTestApi opens. */
export type TestApi = Awaited<ReturnType<typeof openTestApi>>;

/** The addresses of an artifact's three comparisons with a project. */
export function diffPaths(api: TestApi, id: string, project: string) {
  const query = `project_path=${encodeURIComponent(api.project(project))}`;
  return [
    `/artifacts/${id}/diff?${query}`,
    `/artifacts/${id}/upstream-diff?collection=default`,
    `/artifacts/${encodeURIComponent(id)}/source-project-diff?${query}`,
  ] as const;
}
