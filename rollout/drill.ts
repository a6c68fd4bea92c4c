/** How each criterion is proven able to fail: `npx rampgate drill`. */
import type { RolloutPart } from '../harness/config/rollout.ts';
import { notThroughProxy, proxyFaults } from './proxy-faults.ts';

type Drill = RolloutPart<'drill'>;
type Faults = NonNullable<Drill['faults']>;
type DemoFaults = Faults & Readonly<Record<(typeof tooLittleLogged)[number], Faults[string]>>;

/** The demo's faults that show in a log as too little of something. */
const tooLittleLogged = ['no-lazy-markers', 'eager-diffs', 'no-invalidation', 'unlogged-invalidation'] as const;

/** Busy for 300 of every 900 ms, until its parent process ends. */
const neighbour = `
  process.stdin.resume().on('end', () => process.exit());
  setInterval(() => { const until = Date.now() + 300; while (Date.now() < until); }, 900);
`;

/** Criteria that the fast drill turns red together: at least one for every slow probe. */
const allAtOnce = [
  'diff.latency-p95',
  'diff.error-rate',
  'diff.cache-hit-rate',
  'cold-start.diff-visible',
  'cold-start.console-errors',
  'metrics.diff-latency',
  'metrics.diff-error-rate',
  'logs.cache-hit-rate',
  'sentry.js-errors',
  'sentry.new-issues',
  'bundle.js-growth',
  'checklist.pre-deploy',
] as const;

/** More faults of the demo: sizes that no criterion may fail on, combinations, and faults outside the demo. */
const moreFaults: Faults = {
  'little-more-bundle': {
    imitates: 'the page carries a little more JavaScript, within the limit',
    spares: ['bundle.js-growth'],
    rollback: 'none',
    plant: ['--fault', 'bigger-bundle=4'],
  },
  'few-errors': {
    imitates: 'fewer diffs fail than the limit allows',
    spares: ['diff.error-rate', 'metrics.diff-error-rate'],
    rollback: 'none',
    plant: ['--fault', 'diff-errors=0.3'],
    budgets: { load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } } },
  },
  'errors-below-limit': {
    imitates: 'nearly as many diffs fail as the limit allows',
    spares: ['diff.error-rate', 'metrics.diff-error-rate'],
    rollback: 'none',
    plant: ['--fault', 'diff-errors=0.4'],
    budgets: { load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } } },
  },
  'slow-but-cached': {
    imitates: 'a first visit waits for what is computed, and everybody after it gets it from the cache',
    spares: ['cold-start.diff-visible'],
    rollback: 'none',
    plant: ['--fault', 'slow-diff-misses=800'],
  },
  'errors-near-limit': {
    imitates: 'about as many diffs fail as the limit allows: too few to tell by, and so no pass',
    leavesOpen: ['diff.error-rate'],
    rollback: 'none',
    plant: ['--fault', 'diff-errors=0.6'],
  },
  'slightly-slower': {
    imitates: 'diffs take longer, within the limit',
    spares: ['diff.latency-p95', 'diff.vs-baseline', 'large-diff.file-visible'],
    rollback: 'none',
    plant: ['--fault', 'slow-diff=15'],
  },
  'slower-than-before': {
    imitates: 'diffs take longer than in the accepted release, and not too long by themselves',
    turnsRed: ['diff.vs-baseline'],
    spares: ['diff.latency-p95'],
    rollback: 'backend',
    plant: ['--fault', 'slow-diff=110'],
  },
  'noisy-neighbour': {
    imitates: 'another program on the machine is busy for a third of the time',
    spares: ['diff.latency-p95', 'diff.vs-baseline', 'scope-switch.visible'],
    rollback: 'none',
    plant: [],
    beside: ['node', '-e', neighbour],
  },
  'failed-tests': {
    imitates: 'a command of the pre-deploy list fails',
    turnsRed: ['checklist.pre-deploy'],
    rollback: 'both',
    plant: [],
    commands: { 'pre-deploy': 'planted-failure' },
  },
  'all-at-once': {
    imitates: 'a rollout in which something went wrong wherever one looks',
    turnsRed: [...allAtOnce, 'diff.vs-baseline', 'cold-start.vs-baseline'],
    rollback: 'both',
    plant: ['slow-diff', 'diff-errors', 'cache-off', 'console-error', 'bigger-bundle'].flatMap((name) => [
      '--fault',
      name,
    ]),
    commands: { 'pre-deploy': 'planted-failure' },
    budgets: { listenTo: ['cold-start'], scenarios: { 'cold-start': { visits: 4 } } },
  },
  'missing-tool': {
    imitates: 'a command of the pre-deploy list needs a tool that is not there',
    leavesOpen: ['checklist.pre-deploy'],
    rollback: 'none',
    plant: [],
    commands: { 'pre-deploy': 'planted-gap' },
  },
};

// One run for all slow probes together, and one per fault for the fast ones. Without Lighthouse, whose runs take 15 s each.
const fast: NonNullable<Drill['fast']> = {
  'all-at-once': [...allAtOnce],
  'fast-failures': ['health.diff-answers'],
  'cache-lies': ['metrics.cache-answers'],
  'summary-ignored': ['contract.summary-mode'],
  'summary-by-default': ['contract.legacy-default'],
  'undocumented-mode': ['contract.openapi'],
  'no-openapi': ['contract.openapi'],
  'stale-cache': ['diff.cached-equals-fresh'],
  'key-collision': ['diff.key-isolation'],
  'missing-tool': ['checklist.pre-deploy'],
};

/** The drill, with the faults that the demo can plant and those above. */
export function drillOf(demoFaults: DemoFaults): Drill {
  return {
    target: 'demo',
    plant: ['--fault', '{fault}'],
    budgets: {
      scenarios: {
        'cold-start': { visits: 8 },
        'scope-switch': { visits: 1, rounds: 6 },
        'large-diff': { visits: 6 },
        'modal-reopen': { visits: 2 },
      },
      load: {
        diff: { for: '6s', warmUp: '1s', timeout: '3s' },
        deployments: { for: '6s', warmUp: '1s', timeout: '3s' },
      },
      stepTimeout: '2s',
      listenTo: ['scope-switch'],
      readBackWithin: '1s',
    },
    // The baseline of criteria "vs baseline" in a drill: 24 visits bound a p75 at all, and 20 s of load are 1,000 requests.
    baseline: {
      scenarios: { 'cold-start': { visits: 30 } },
      load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } },
    },
    faults: { ...demoFaults, ...moreFaults, ...overWholeWindow(demoFaults) },
    fast,
    // A proxy imitates faults in front of targets that must not be touched: `npx rampgate drill --target NAME`.
    throughProxy: {
      faults: proxyFaults,
      without: notThroughProxy,
      fast: {
        'slow-diff': ['diff.latency-p95'],
        'diff-errors': ['diff.error-rate'],
        'cut-answers': ['diff.error-rate'],
        'no-cache-header': ['diff.cached-equals-fresh'],
        undocumented: ['contract.openapi'],
        'other-project': ['diff.key-isolation'],
      },
    },
  };
}

/** Too little of something is red only in a log that covers its window. */
function overWholeWindow(demoFaults: DemoFaults): Faults {
  const budgets = { logWindow: '6s', minSamples: 2 };
  return Object.fromEntries(tooLittleLogged.map((name) => [name, { ...demoFaults[name], budgets }]));
}
