/** The shipped rollout with budgets just large enough to see a planted fault: quick to fail, too small to pass. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import shipped from '../rampgate.config.ts';

const { diff, deployments } = shipped.load;
const viewer = shipped.lighthouse?.['viewer'];
if (diff === undefined || deployments === undefined || viewer === undefined) {
  throw new Error('the shipped configuration has lost a load or a page');
}

/** Shorter than the demo has run when its logs are read: a count that is too low is red only over a full window. */
const window = '6s';
const quick: RolloutInput = {
  ...shipped,
  sentry: { scenarios: ['scope-switch'], readBackWithin: '1s' },
  profiles: { 'pre-ramp': {} },
  reporting: undefined,
  browser: { stepTimeout: '2s', trace: false },
  scenarios: {
    'cold-start': { visits: 5 },
    'scope-switch': { visits: 1, rounds: 5 },
    'large-diff': { visits: 5 },
    'modal-reopen': { visits: 2 },
  },
  load: {
    diff: { ...diff, for: '6s', atMost: '6s', warmUp: '1s', timeout: '1s' },
    deployments: { ...deployments, for: '6s', atMost: '6s', warmUp: '1s', timeout: '1s' },
  },
  lighthouse: { viewer: { ...viewer, runs: 2 } },
  // The baseline of the demo without faults.
  ...(shipped.bundle === undefined
    ? {}
    : { bundle: { ...shipped.bundle, baseline: 'rollout/baselines/demo-bundle.json' } }),
  logs: Object.fromEntries(Object.entries(shipped.logs ?? {}).map(([name, log]) => [name, { ...log, window }])),
  criteria: shipped.criteria.map((criterion) => ({
    ...criterion,
    minSamples: Math.min(criterion.minSamples, 2),
    // Two runs bound a median with a confidence of one half.
    ...(criterion.confidence === undefined ? {} : { confidence: 0.5 }),
  })),
};

export default quick;
