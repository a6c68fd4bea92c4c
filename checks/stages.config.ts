/** The shipped rollout with stages too small to decide anything before the last one. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import shipped from '../rampgate.config.ts';

const stages: RolloutInput = {
  ...shipped,
  profiles: { 'pre-ramp': {} },
  reporting: undefined,
  browser: { stepTimeout: '4s', trace: false },
  // 0.75^7 and 0.75^14 are more than a third of 1 %, 0.75^21 is less.
  scenarios: { ...shipped.scenarios, 'scope-switch': { visits: 1, rounds: 7, atMost: 3 } },
  criteria: shipped.criteria.map((criterion) => ({ ...criterion, minSamples: Math.min(criterion.minSamples, 7) })),
};

export default stages;
