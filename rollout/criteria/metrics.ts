/** What the API’s own counters and histograms must show. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const metricsCriteria: RolloutPart<'criteria'> = [
  {
    id: 'metrics.diff-error-rate',
    title: 'All diffs of the run, as the API counts them: error rate',
    scope: 'backend',
    from: 'metrics:api',
    statistic: 'ratio',
    limit: '< 0.5 %',
    alert: '> 2 %',
    minSamples: 800,
    rationale:
      'The checklist’s limit, over every diff that the API answered meanwhile: also those of the visits and of other people, which the load does not see. Answers of 5xx count; what the API refused with 4xx is what was asked of it.',
    advice: 'When diff.error-rate passes, the errors are in what the load does not ask: grep the API log for 5xx.',
    checklist: ['S3'],
  },
  {
    id: 'metrics.diff-latency',
    title: 'All diffs of the run, as the API times them: over 200 ms',
    scope: 'backend',
    severity: 'advisory',
    from: 'metrics:api',
    statistic: 'ratio',
    limit: '< 5 %',
    minSamples: 800,
    rationale:
      'A p95 under 200 ms is less than 5 % over 200 ms, which the histogram tells exactly where a bucket ends there. It informs: the API’s clock starts when it takes a request up, so that waiting for a busy API is not in it, and whole diffs of the visits are; diff.latency-p95 decides.',
    advice: 'When diff.latency-p95 fails and this does not, requests wait before the API takes them up.',
    checklist: ['S4'],
  },
  {
    id: 'metrics.cache-answers',
    title: 'X-Cache says what the API counts as hits and misses',
    scope: 'backend',
    from: 'metrics:api',
    statistic: 'all',
    limit: '<= 0',
    minSamples: 2,
    rationale:
      'The hit rate rests on what X-Cache says. Of three new diffs, each asked twice, the counters of the cache must know as many hits and misses as the header told of; a header that calls misses hits would make any rate look good.',
    advice: 'Compare expected and actual: who sets the header, and does it know whether the answer was computed?',
    checklist: ['S5'],
  },
];
