/** The API's own counters and histograms, read before and after the run. */
import type { RolloutPart } from '../harness/config/rollout.ts';
import { diffsAskedTwice } from './load.ts';

/** The three routes that answer diffs, with or without the artifact's id in the label. */
const diffRoutes = { endpoint: '.*/([a-z-]+-)?diff' };
const cacheAnswers = {
  header: 'X-Cache',
  hits: 'skillmeat_cache_hits_total',
  misses: 'skillmeat_cache_misses_total',
};

export const metrics: RolloutPart<'metrics'> = {
  api: {
    source: { scrape: '/metrics/' },
    control: {
      ask: diffsAskedTwice,
      moves: [
        { name: 'skillmeat_api_requests_total', where: diffRoutes },
        { name: 'skillmeat_api_request_duration_seconds_count', where: diffRoutes },
      ],
    },
    read: {
      'diff-error-rate': {
        part: { name: 'skillmeat_api_requests_total', where: { ...diffRoutes, status: '5..' } },
        of: { name: 'skillmeat_api_requests_total', where: diffRoutes },
        called: { part: 'diffs answered 5xx', of: 'diffs' },
      },
      // A bucket must end at this value: one of the demo's does, the application's end at 100 and 250 ms.
      'diff-latency': {
        histogram: { name: 'skillmeat_api_request_duration_seconds', where: diffRoutes },
        over: '200 ms',
      },
      'cache-answers': cacheAnswers,
    },
  },
};
