/** What the API counts for Prometheus. */

import { Counter, Histogram, Registry } from 'prom-client';
import type { Conventions } from '../conventions.ts';

/** One finished request, labelled by its route. */
export interface FinishedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly durationS: number;
}

/** The counters of one running API. */
export interface Metrics {
  readonly countRequest: (request: FinishedRequest) => void;
  readonly countCacheAnswer: (isHit: boolean) => void;
  readonly countInvalidation: () => void;
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** Creates counters at zero; with `cacheIsCounted` false, those of the cache stay there. */
export function createMetrics(
  release: string,
  { durationBuckets, cacheIsCounted }: Pick<Conventions, 'durationBuckets'> & { readonly cacheIsCounted: boolean },
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['method', 'endpoint'] as const;
  const requests = new Counter({
    name: 'skillmeat_api_requests_total',
    help: 'Finished requests',
    labelNames: [...labelNames, 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'skillmeat_api_request_duration_seconds',
    help: 'From the first byte in to the last byte out',
    labelNames,
    buckets: [...durationBuckets],
    registers,
  });
  const hits = new Counter({ name: 'skillmeat_cache_hits_total', help: 'Diffs from the cache', registers });
  const misses = new Counter({ name: 'skillmeat_cache_misses_total', help: 'Diffs computed', registers });
  const invalidations = new Counter({ name: 'skillmeat_cache_invalidations_total', help: 'Invalidations', registers });
  const app = new Counter({
    name: 'skillmeat_app_info',
    help: 'The running release',
    labelNames: ['version'],
    registers,
  });
  app.inc({ version: release });
  return {
    countRequest({ method, route, status, durationS }) {
      requests.inc({ method, endpoint: route, status });
      durations.observe({ method, endpoint: route }, durationS);
    },
    countCacheAnswer: (isHit) => {
      if (cacheIsCounted) (isHit ? hits : misses).inc();
    },
    countInvalidation: () => invalidations.inc(),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
