/** One running demo: its home, its API and its web server. */
import type { FastifyInstance } from 'fastify';
import type { PageConfig } from './contract.ts';
import { type Conventions, type ConventionsName, conventionsByName } from './conventions.ts';
import type { PlantedFaults } from './faults.ts';
import { mistakes, OperatorMistake } from './mistakes.ts';
import { apiPrefix, buildApi } from './server/api.ts';
import { cacheFlawOf } from './server/cache-flaw.ts';
import { createDiffCache, diffTtlMs } from './server/diff-cache.ts';
import { createHome } from './server/home.ts';
import { openLibrary } from './server/library.ts';
import { openElsewhere, openLog } from './server/logs.ts';
import { createMetrics } from './server/metrics.ts';
import { buildSentry } from './server/sentry/sentry.ts';
import { sentryProject } from './server/sentry/store.ts';
import { buildWeb } from './server/web.ts';

/** Options of a demo; port 0 picks a free one. */
export interface DemoOptions {
  readonly webPort: number;
  readonly apiPort: number;
  readonly faults: PlantedFaults;
  readonly sentryDsn: string | null;
  /** Starts a small Sentry for the page to report to. */
  readonly withSentry?: boolean;
  readonly release: string;
  readonly isCacheEnabled: boolean;
  /** The checklist's when left out. */
  readonly conventions?: ConventionsName;
}

/** What Rampgate needs to examine it; printed as one line when it is ready. */
export interface DemoTarget {
  readonly web: string;
  readonly api: string;
  readonly release: string;
  readonly logs: { readonly api: string; readonly frontend: string };
  readonly home: string;
  readonly pid: number;
  /** Its own Sentry, where it has one. */
  readonly sentry?: {
    readonly url: string;
    readonly organization: string;
    readonly project: string;
    readonly environment: string;
    readonly dsn: string;
  };
}

/** A running demo. */
export interface Demo {
  readonly target: DemoTarget;
  /** Closes all connections and removes the home. */
  readonly stop: () => Promise<void>;
}

/** Starts a demo. Throws OperatorMistake for a port that is taken or a page that is not built. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { release, faults, isCacheEnabled } = options;
  const conventions: Conventions = conventionsByName[options.conventions ?? 'checklist'];
  const home = createHome();
  const logs = {
    api: faults.has('log-elsewhere')
      ? openElsewhere(home.logs.api, conventions.log)
      : openLog(home.logs.api, conventions.log),
    frontend: openLog(home.logs.frontend, conventions.log),
  };
  const urls = { web: '', api: '' };
  let sentry: DemoTarget['sentry'];
  const pageConfig = (): PageConfig => ({
    apiUrl: urls.api,
    release,
    sentryDsn: sentry?.dsn ?? options.sentryDsn,
    summaryCountsLines: conventions.summaryCountsLines,
    faults: Object.fromEntries(faults),
  });
  const isEnabled = isCacheEnabled && !faults.has('cache-off');
  const cache = createDiffCache({ isEnabled, ttlMs: diffTtlMs, ...cacheFlawOf(faults), now: () => performance.now() });
  const library = openLibrary(home.path, home.deployments);
  const { durationBuckets } = conventions;
  const cacheIsCounted = conventions.reportsCache && !faults.has('dead-counters');
  const metrics = createMetrics(release, { durationBuckets, cacheIsCounted });
  const logsInvalidations = !faults.has('unlogged-invalidation');
  const { logger, print } = logs.api;
  const context = { ...library, release, cache, metrics, logger, conventions, print, logsInvalidations };
  const servers: FastifyInstance[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.close()));
    logs.api.close();
    logs.frontend.close();
    home.remove();
  };
  try {
    const web = await buildWeb(pageConfig, logs.frontend.logger);
    const api = await buildApi(context, faults, () => urls.web);
    servers.push(web, api);
    if (options.withSentry) {
      const ownSentry = buildSentry({ keepsNothing: faults.has('sentry-forgets'), now: () => new Date() });
      servers.push(ownSentry);
      sentry = sentryTarget(await listen(ownSentry, '--port', 0));
    }
    urls.web = await listen(web, '--port', options.webPort);
    urls.api = `${await listen(api, '--api-port', options.apiPort)}${apiPrefix}`;
  } catch (error) {
    await stop();
    throw error;
  }
  if (conventions.log === 'mixed') logs.api.print(`INFO:     Application startup complete, release ${release}`);
  logs.api.logger.info({ release, faults: [...faults.keys()], isCacheEnabled: isEnabled }, 'API started');
  logs.frontend.logger.info({ release }, 'Web server started');
  const target = { ...urls, release, logs: home.logs, home: home.path, pid: process.pid };
  return { target: sentry === undefined ? target : { ...target, sentry }, stop };
}

function sentryTarget(url: string): NonNullable<DemoTarget['sentry']> {
  const { organization, slug, id, key } = sentryProject;
  const dsn = new URL(`/${id}`, url);
  dsn.username = key;
  return { url, organization, project: slug, environment: 'demo', dsn: dsn.href };
}

async function listen(server: FastifyInstance, option: string, port: number): Promise<string> {
  try {
    await server.listen({ host: 'localhost', port });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new OperatorMistake(mistakes.portTaken(option, port)) : error;
  }
  const address = server.server.address();
  return `http://localhost:${address !== null && typeof address === 'object' ? address.port : port}`;
}
