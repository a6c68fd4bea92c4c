/** The catalogue of faults that can be planted in the demo, each with what it imitates and what it should turn red. */

/** Which side carries the fault, and so which side a rollback has to take back. */
export type FaultSide = 'frontend' | 'backend';

/** How large a fault is when nobody says, and in which unit. */
export interface FaultSize {
  readonly default: number;
  readonly unit: 'ms' | '%' | 'requests';
  /** Between these, the smallest that is noticed can be searched for. */
  readonly search?: readonly [from: number, to: number];
}

/** One fault, with the ids of the criteria it is about. */
export interface Fault {
  readonly imitates: string;
  readonly size: FaultSize | null;
  /** Those that have to fail. */
  readonly turnsRed: readonly string[];
  /** Those that have to be inconclusive: blind, or too close to tell. */
  readonly leavesOpen?: readonly string[];
  /** Those that must not fail, for faults that are none, or that show in a log only while somebody works. */
  readonly spares?: readonly string[];
  /** What a gate that sees all of it must want to take back. */
  readonly rollback: FaultSide | 'both' | 'none';
}

const catalogue = {
  'slow-diff': {
    imitates: 'every diff answer takes longer, cached or not',
    size: { default: 350, unit: 'ms', search: [20, 350] },
    turnsRed: [
      'diff.latency-p95',
      'metrics.diff-latency',
      'diff.vs-baseline',
      'cold-start.diff-visible',
      'cold-start.vs-baseline',
      'large-diff.file-visible',
    ],
    rollback: 'both',
  },
  'slow-diff-misses': {
    imitates: 'computing a diff got slower, the cache hides it on repeats',
    size: { default: 350, unit: 'ms', search: [20, 350] },
    turnsRed: ['diff.latency-p95', 'metrics.diff-latency', 'diff.vs-baseline'],
    rollback: 'backend',
  },
  'slow-diff-tail': {
    imitates: 'every tenth diff takes longer, the others as long as ever',
    size: { default: 500, unit: 'ms', search: [50, 500] },
    turnsRed: ['diff.latency-p95', 'metrics.diff-latency', 'diff.vs-baseline'],
    rollback: 'backend',
  },
  'slow-under-load': {
    imitates: 'diffs take longer while more than 25 are asked for in a second, and never for one person alone',
    size: { default: 600, unit: 'ms', search: [20, 600] },
    turnsRed: ['diff.latency-p95', 'metrics.diff-latency', 'diff.vs-baseline'],
    rollback: 'backend',
  },
  'drifting-diff': {
    imitates: 'every hundred diffs that were answered make the next ones slower, as something that leaks does',
    size: { default: 200, unit: 'ms', search: [20, 200] },
    turnsRed: ['diff.latency-p95', 'metrics.diff-latency', 'diff.vs-baseline'],
    rollback: 'backend',
  },
  stalls: {
    imitates: 'the whole API stands still every 2 s, so that requests wait before anybody takes them up',
    size: { default: 700, unit: 'ms', search: [50, 700] },
    turnsRed: ['diff.latency-p95', 'diff.vs-baseline'],
    rollback: 'backend',
  },
  'diff-errors': {
    imitates: 'some diff requests answer 500',
    size: { default: 3, unit: '%', search: [0.5, 3] },
    turnsRed: ['diff.error-rate', 'metrics.diff-error-rate'],
    rollback: 'backend',
  },
  'deployments-errors': {
    imitates: 'some requests for the list of deployments answer 500',
    size: { default: 3, unit: '%', search: [0.5, 3] },
    turnsRed: ['deployments.error-rate'],
    rollback: 'backend',
  },
  'failing-start': {
    imitates: 'a deploy answers 500 to every diff in its first minute',
    size: { default: 60_000, unit: 'ms' },
    turnsRed: ['health.diff-answers', 'diff.error-rate'],
    leavesOpen: ['contract.summary-mode', 'contract.legacy-default', 'metrics.diff-error-rate'],
    rollback: 'backend',
  },
  'upstream-refuses': {
    imitates: 'the source of some diffs cannot be read, because its host limits how often it is asked',
    size: { default: 15, unit: '%', search: [2, 15] },
    turnsRed: ['diff.error-rate', 'metrics.diff-error-rate', 'logs.timeouts'],
    rollback: 'backend',
  },
  'large-diff-gives-up': {
    imitates: 'whole diffs of more than 50 modified files end in a time-out of their own',
    size: null,
    turnsRed: ['diff.error-rate', 'metrics.diff-error-rate', 'logs.timeouts'],
    leavesOpen: ['large-diff.list-visible', 'large-diff.file-visible', 'large-diff.guardrails'],
    rollback: 'backend',
  },
  'logged-timeouts': {
    imitates: 'the log tells of time-outs behind answers that look good',
    size: { default: 5, unit: '%' },
    turnsRed: ['logs.timeouts'],
    spares: ['diff.error-rate', 'diff.latency-p95'],
    rollback: 'backend',
  },
  'fast-failures': {
    imitates: 'every diff request fails at once, which looks fast',
    size: null,
    turnsRed: ['health.diff-answers', 'diff.error-rate'],
    leavesOpen: ['contract.summary-mode', 'contract.legacy-default'],
    rollback: 'backend',
  },
  'diff-timeouts': {
    imitates: 'some diff requests are never answered',
    size: { default: 4, unit: '%' },
    turnsRed: ['diff.error-rate', 'logs.timeouts'],
    rollback: 'backend',
  },
  'rate-limit': {
    imitates: 'a limiter closes the API for 10 s to whoever repeats one request too often within 10 s',
    size: { default: 20, unit: 'requests' },
    turnsRed: [],
    leavesOpen: ['diff.error-rate', 'diff.latency-p95', 'diff.cache-hit-rate', 'deployments.error-rate'],
    rollback: 'none',
  },
  'cache-off': {
    imitates: 'the diff cache is switched off',
    size: null,
    turnsRed: ['diff.cache-hit-rate', 'logs.cache-hit-rate'],
    leavesOpen: ['diff.cached-equals-fresh'],
    rollback: 'backend',
  },
  'cache-never-hits': {
    imitates: 'the cache is on, and its key is another one every time',
    size: null,
    turnsRed: ['diff.cache-hit-rate', 'logs.cache-hit-rate'],
    leavesOpen: ['diff.cached-equals-fresh', 'diff.invalidation'],
    rollback: 'backend',
  },
  'cache-lies': {
    imitates: 'misses are reported as hits, so the hit rate looks perfect',
    size: null,
    turnsRed: ['metrics.cache-answers'],
    leavesOpen: ['diff.cache-hit-rate'],
    rollback: 'backend',
  },
  'dead-counters': {
    imitates: 'the counters of the cache are declared, and nobody counts with them',
    size: null,
    turnsRed: [],
    leavesOpen: ['metrics.cache-answers'],
    rollback: 'none',
  },
  'no-metrics': {
    imitates: 'the API answers 404 where its metrics should be',
    size: null,
    turnsRed: [],
    leavesOpen: ['metrics.cache-answers', 'metrics.diff-error-rate', 'metrics.diff-latency'],
    rollback: 'none',
  },
  'no-cache-header': {
    imitates: 'answers no longer say whether they came from the cache',
    size: null,
    turnsRed: [],
    leavesOpen: ['diff.cache-hit-rate', 'diff.cached-equals-fresh', 'metrics.cache-answers'],
    rollback: 'none',
  },
  'slow-first-diff': {
    imitates: 'the page paints its first diff late',
    size: { default: 500, unit: 'ms', search: [50, 500] },
    turnsRed: ['cold-start.diff-visible', 'cold-start.vs-baseline'],
    rollback: 'both',
  },
  'slow-first-paint': {
    imitates: 'the page stays empty while its script starts',
    size: { default: 600, unit: 'ms', search: [100, 600] },
    turnsRed: [
      'viewer.first-contentful-paint',
      'cold-start.first-contentful-paint',
      'cold-start.diff-visible',
      'cold-start.vs-baseline',
    ],
    rollback: 'both',
  },
  'blocking-script': {
    imitates: 'a script at the head of the page comes late, and nothing is painted before it',
    size: { default: 600, unit: 'ms', search: [100, 600] },
    turnsRed: [
      'viewer.first-contentful-paint',
      'cold-start.first-contentful-paint',
      'cold-start.diff-visible',
      'cold-start.vs-baseline',
    ],
    rollback: 'both',
  },
  'bigger-bundle': {
    imitates: 'the page carries more JavaScript than it needs',
    size: { default: 8, unit: '%' },
    turnsRed: ['bundle.js-growth'],
    rollback: 'frontend',
  },
  'slow-scope-switch': {
    imitates: 'a switch to a scope that is already loaded takes its time',
    size: { default: 400, unit: 'ms', search: [50, 400] },
    turnsRed: ['scope-switch.visible'],
    rollback: 'frontend',
  },
  'eager-parse': {
    imitates: 'the page parses the diffs of all files before it paints the list',
    size: { default: 150, unit: 'ms', search: [10, 150] },
    turnsRed: ['large-diff.list-visible'],
    rollback: 'frontend',
  },
  'long-task': {
    imitates: 'the page is held up between the data of the list and the list, for less than anybody notices',
    size: { default: 80, unit: 'ms', search: [30, 100] },
    turnsRed: ['large-diff.list-visible'],
    rollback: 'frontend',
  },
  'eager-diffs': {
    imitates: 'the page loads the texts of all files with the list, and none when it is opened',
    size: null,
    turnsRed: ['logs.lazy-loaded'],
    spares: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'slow-file-open': {
    imitates: 'the diff of a file appears late after the click on it',
    size: { default: 300, unit: 'ms', search: [20, 300] },
    turnsRed: ['large-diff.file-visible'],
    rollback: 'frontend',
  },
  'no-pagination': {
    imitates: 'all rows of a large list are rendered at once',
    size: null,
    turnsRed: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'no-load-button': {
    imitates: 'a very large diff is rendered without asking',
    size: null,
    turnsRed: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'refetch-on-reopen': {
    imitates: 'closing and reopening the dialog asks for everything again',
    size: null,
    turnsRed: ['modal-reopen.duplicate-requests'],
    rollback: 'frontend',
  },
  'refetch-one-scope': {
    imitates: 'reopening the dialog asks again for one scope, which is not the one on the screen',
    size: null,
    turnsRed: ['modal-reopen.duplicate-requests'],
    rollback: 'frontend',
  },
  'preflight-storm': {
    imitates: 'the browser has to ask before every request, also before those that it answers from its own cache',
    size: null,
    turnsRed: [],
    spares: ['modal-reopen.duplicate-requests', 'cold-start.console-errors'],
    rollback: 'none',
  },
  'background-prefetch': {
    imitates: 'whenever the dialog opens, the page loads in the background what may be wanted next',
    size: null,
    turnsRed: [],
    spares: ['modal-reopen.duplicate-requests', 'contract.page-uses-summary'],
    rollback: 'none',
  },
  'console-error': {
    imitates: 'an error in the console when the page starts',
    size: null,
    turnsRed: ['cold-start.console-errors', 'sentry.js-errors', 'sentry.new-issues'],
    rollback: 'frontend',
  },
  'unhandled-rejection': {
    imitates: 'a promise is rejected when the page starts, and nobody handles it',
    size: null,
    turnsRed: ['cold-start.console-errors', 'sentry.js-errors', 'sentry.new-issues'],
    rollback: 'frontend',
  },
  'reported-in-silence': {
    imitates: 'an error is caught and reported to Sentry, and the console does not know of it',
    size: null,
    turnsRed: ['sentry.js-errors', 'sentry.new-issues'],
    spares: ['cold-start.console-errors'],
    rollback: 'frontend',
  },
  'console-muted': {
    imitates: 'the page keeps errors to itself: console.error does nothing, and what is thrown is swallowed',
    size: null,
    turnsRed: [],
    leavesOpen: ['cold-start.console-errors'],
    rollback: 'none',
  },
  'console-error-on-scope-switch': {
    imitates: 'an exception when another scope is chosen',
    size: null,
    turnsRed: ['sentry.js-errors', 'sentry.new-issues'],
    rollback: 'frontend',
  },
  'sentry-silent': {
    imitates: 'the page reports nothing to Sentry, as with a blocker or a wrong set-up',
    size: null,
    turnsRed: [],
    leavesOpen: ['sentry.js-errors', 'sentry.new-issues'],
    rollback: 'none',
  },
  'sentry-forgets': {
    imitates: "the demo's Sentry answers 200 and keeps nothing",
    size: null,
    turnsRed: [],
    leavesOpen: ['sentry.js-errors', 'sentry.new-issues'],
    rollback: 'none',
  },
  'wrong-stats': {
    imitates: 'the sidebar shows additions and deletions of another scope',
    size: null,
    turnsRed: ['scope-switch.stats-correct'],
    rollback: 'frontend',
  },
  'stats-off-by-one': {
    imitates: 'the sidebar counts one addition too many',
    size: null,
    turnsRed: ['scope-switch.stats-correct'],
    rollback: 'frontend',
  },
  'stale-lines': {
    imitates: 'after a switch the lines of the former scope stay on the screen',
    size: null,
    turnsRed: ['scope-switch.stats-correct', 'scope-switch.visible'],
    rollback: 'frontend',
  },
  'summary-ignored': {
    imitates: 'the parameter that asks for the summary is ignored, and the whole diff comes',
    size: null,
    turnsRed: ['contract.summary-mode', 'contract.no-breaking-change'],
    rollback: 'backend',
  },
  'summary-by-default': {
    imitates: 'clients that name no mode get the summary',
    size: null,
    turnsRed: ['contract.legacy-default', 'contract.summary-mode', 'contract.no-breaking-change'],
    rollback: 'backend',
  },
  'field-removed': {
    imitates: 'the list of deployments no longer says which of them have drifted',
    size: null,
    turnsRed: ['contract.no-breaking-change'],
    rollback: 'backend',
  },
  'summary-miscounts': {
    imitates: 'the summary counts one addition more than the whole diff has',
    size: null,
    turnsRed: ['contract.summary-mode', 'scope-switch.stats-correct'],
    rollback: 'both',
  },
  'summary-with-texts': {
    imitates: 'the summary carries the texts that it is there to leave out',
    size: null,
    turnsRed: ['contract.summary-mode'],
    rollback: 'backend',
  },
  'renamed-field': {
    imitates: 'a field that old clients read has another name',
    size: null,
    turnsRed: ['contract.legacy-default', 'contract.no-breaking-change'],
    rollback: 'backend',
  },
  'undocumented-mode': {
    imitates: 'the OpenAPI document does not know the mode',
    size: null,
    turnsRed: ['contract.openapi', 'contract.no-breaking-change'],
    rollback: 'backend',
  },
  'no-openapi': {
    imitates: 'there is no OpenAPI document',
    size: null,
    turnsRed: [],
    leavesOpen: ['contract.openapi', 'contract.no-breaking-change'],
    rollback: 'none',
  },
  'stale-cache': {
    imitates: 'cached diffs say something else than fresh ones',
    size: null,
    turnsRed: ['diff.cached-equals-fresh', 'diff.key-isolation'],
    rollback: 'backend',
  },
  'key-collision': {
    imitates: 'the key of the diff cache leaves the project out',
    size: null,
    turnsRed: ['diff.key-isolation'],
    rollback: 'backend',
  },
  'collection-collision': {
    imitates: 'the key of the diff cache leaves the collection out',
    size: null,
    turnsRed: ['diff.key-isolation'],
    rollback: 'backend',
  },
  'cache-never-expires': {
    imitates: 'cached diffs stay for good where nobody deploys or syncs',
    size: null,
    turnsRed: ['diff.invalidation'],
    rollback: 'backend',
  },
  'garbled-sync': {
    imitates: 'a sync leaves a line in the collection that nobody wrote',
    size: null,
    turnsRed: ['diff.invalidation'],
    rollback: 'backend',
  },
  'unlogged-invalidation': {
    imitates: 'cached diffs are forgotten as they must, and the log no longer says so',
    size: null,
    turnsRed: ['logs.cache-invalidated'],
    spares: ['diff.invalidation'],
    rollback: 'none',
  },
  'no-invalidation': {
    imitates: 'a deploy and a sync leave the cached diffs as they are',
    size: null,
    turnsRed: ['diff.invalidation', 'logs.cache-invalidated'],
    rollback: 'backend',
  },
  'no-lazy-markers': {
    imitates: 'the page no longer reports that it loads a diff when it is opened',
    size: null,
    turnsRed: ['logs.lazy-loaded'],
    spares: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'log-elsewhere': {
    imitates: "the API's log is not the one that is announced, which is alive all the same",
    size: null,
    turnsRed: [],
    leavesOpen: ['logs.timeouts'],
    rollback: 'none',
  },
  'slow-route-hurries': {
    imitates: 'the route that is there to take its time answers at once',
    size: null,
    turnsRed: [],
    leavesOpen: ['diff.latency-p95'],
    rollback: 'none',
  },
  'page-full-mode': {
    imitates: 'the page asks for full diffs first instead of the summary',
    size: null,
    turnsRed: ['contract.page-uses-summary'],
    rollback: 'none',
  },
} as const satisfies Readonly<Record<string, Fault>>;

/** The name of a fault. */
export type FaultName = keyof typeof catalogue;

/** Every fault by name. */
export const faults: Readonly<Record<FaultName, Fault>> = catalogue;

/** All names, in the order of the catalogue. */
export const faultNames = Object.keys(catalogue) as readonly FaultName[];

/** Planted faults with their size in the unit of the catalogue; 1 for those without one. */
export type PlantedFaults = ReadonlyMap<FaultName, number>;

/** Whether a word names a fault. */
export function isFaultName(word: string): word is FaultName {
  return Object.hasOwn(catalogue, word);
}
