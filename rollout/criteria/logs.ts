/** What the logs of the last ten minutes must show. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const logCriteria: RolloutPart<'criteria'> = [
  {
    id: 'logs.timeouts',
    title: 'API log: time-outs and upstream errors in ten minutes',
    scope: 'backend',
    from: 'logs:api',
    statistic: 'count',
    limit: '<= 0',
    minSamples: 10,
    rationale:
      'The checklist expects none in ten minutes. One is there to be seen however short the run; none is worth something only in a log that is being written.',
    advice:
      'The lines are quoted in the evidence. Is it a parse of a large diff, or GitHub that does not answer? Compare with the error rate of the same minutes.',
    checklist: [],
  },
  {
    id: 'logs.cache-invalidated',
    title: 'API log: cache invalidations in ten minutes',
    scope: 'backend',
    severity: 'advisory',
    from: 'logs:api',
    statistic: 'count',
    limit: '> 5',
    minSamples: 10,
    rationale:
      'The checklist expects more than five in ten minutes of active use, that is, while people deploy and sync. A gate run does so six times itself, where the target lets it; elsewhere whether anybody does is not known before a ramp; so it informs. Whether invalidation works is decided by diff.invalidation.',
    advice: 'Did anybody deploy or sync meanwhile? If so, does the API still invalidate, and still log it?',
    checklist: [],
  },
  {
    id: 'logs.cache-hit-rate',
    title: 'API log: answers from the cache in ten minutes',
    scope: 'backend',
    severity: 'advisory',
    from: 'logs:api',
    statistic: 'ratio',
    limit: '> 40 %',
    minSamples: 100,
    rationale:
      'The checklist reads the hit rate from the API’s log, and alerts below 40 %. The log does not tell a repeated request from a first one, which cannot be a hit, so that it informs; diff.cache-hit-rate decides where answers say where they come from. Of a target that caches only what it fetches from upstream, this is all there is to see.',
    advice: 'Is the cache on, and do requests repeat within its life?',
    checklist: [],
  },
  {
    id: 'logs.lazy-loaded',
    title: 'Frontend log: lazy-load markers in ten minutes',
    scope: 'frontend',
    from: 'logs:frontend',
    statistic: 'count',
    limit: '> 10',
    minSamples: 11,
    rationale:
      'The checklist expects more than ten in ten minutes of active sync use. The gate is such use: each of its visits to a large diff opens a file, which must be loaded when it is opened and not before.',
    advice: 'Are diffs loaded with the list again (eager loading), or does the page no longer report?',
    checklist: [],
  },
];
