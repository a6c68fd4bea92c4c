/** What must not be slower than in the accepted release. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const baselineCriteria: RolloutPart<'criteria'> = [
  {
    id: 'cold-start.vs-baseline',
    title: 'Sync tab, cold: first diff painted, against the baseline',
    scope: 'either',
    sli: 'cold-start.diff-visible',
    from: 'browser:cold-start',
    statistic: 'p75 vs baseline',
    limit: '<= 75 ms',
    minSamples: 15,
    rationale:
      'The checklist asks for a load time that is improved against the baseline. 75 ms are 15 % of what the tab may take: less is within what a quiet machine can tell apart in these visits, and nobody feels it.',
    advice:
      'Compare the requests of the slowest sample with the baseline’s: which came later, or is new? A deliberate change is waived for one run, which is then accepted: rampgate baseline accept RUN.',
    checklist: ['S7'],
  },
  {
    id: 'diff.vs-baseline',
    title: '/diff summary: p95 latency at 50/s, against the baseline',
    scope: 'backend',
    sli: 'diff.latency',
    from: 'load:diff',
    statistic: 'p95 vs baseline',
    limit: '<= 30 ms',
    minSamples: 800,
    rationale:
      'The checklist asks for a p95 that is improved against the baseline. 30 ms are 15 % of its target; in milliseconds, because a cached diff takes so few that any share of them is noise.',
    advice:
      'Are hits or misses slower than they were? A deliberate change is waived for one run, which is then accepted: rampgate baseline accept RUN.',
    checklist: ['S4'],
  },
];
