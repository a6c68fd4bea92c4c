/** The success criteria of the checklist, and the criteria that decide them, in the order of the report. */
import type { RolloutPart } from '../harness/config/rollout.ts';
import { apiCriteria } from './criteria/api.ts';
import { baselineCriteria } from './criteria/baseline.ts';
import { buildCriteria } from './criteria/build.ts';
import { journeyCriteria } from './criteria/journeys.ts';
import { loadCriteria } from './criteria/load.ts';
import { logCriteria } from './criteria/logs.ts';
import { metricsCriteria } from './criteria/metrics.ts';
import { sentryCriteria } from './criteria/sentry.ts';

export const successCriteria: RolloutPart<'successCriteria'> = {
  S1: 'All backend tests green',
  S2: 'All frontend tests green',
  S3: 'Error rates on /diff and /deployments remain < 0.5 %',
  S4: 'p95 latency on /diff improved vs baseline (target: < 200 ms)',
  S5: 'Cache hit rate on repeated diffs > 60 %',
  S6: 'No new JavaScript errors in Sentry',
  S7: 'Sync modal load time improved vs baseline (target: < 500 ms cold start)',
  S8: 'Manual verification pass (4 scenarios)',
};

export const criteria: RolloutPart<'criteria'> = [
  ...journeyCriteria,
  ...loadCriteria,
  ...buildCriteria,
  ...apiCriteria,
  ...logCriteria,
  ...baselineCriteria,
  ...metricsCriteria,
  ...sentryCriteria,
];
