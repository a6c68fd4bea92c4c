/**
 * Faults that a proxy imitates in front of targets that must not be touched: `rampgate drill --target NAME`. They match the
 * addresses and pages of this rollout's application; another application needs its own.
 */
import type { RolloutInput } from '../harness/config/rollout.ts';

type Faults = NonNullable<NonNullable<RolloutInput['drill']>['throughProxy']>['faults'];

const diffs = '/(?:[a-z]+-)*diff\\?';
const isSummary = '[?&](?:mode=summary|summary_only=true)(?:&|$)';
const summaries = `${diffs}(?=.*${isSummary})`;
const wholeDiffs = `${diffs}(?!.*${isSummary})`;
/** The lists of files that the page requests, in both modes. */
const fileLists = `${diffs}(?!.*file_paths=)`;
const filesOpened = `${diffs}(?=.*mode=full)(?=.*file_paths=)`;
const pages = '^/(?:manage)?(?:\\?|$)';

/** Requests the whole diff before each summary that the page requests. */
const askedForWholeFirst = `
  const ask = window.fetch;
  window.fetch = (url, options) => {
    if (/diff\\?.*mode=summary/.test(String(url))) void ask(String(url).replace('&mode=summary', ''), options);
    return ask(url, options);
  };
`;

/** Repeats the last diff request on every click. */
const askedForAgain = `
  const ask = window.fetch;
  let last = null;
  window.fetch = (...asked) => {
    if (/diff\\?/.test(String(asked[0]))) last = asked;
    return ask(...asked);
  };
  addEventListener('click', () => last !== null && void ask(...last), true);
`;

/** Clicks every button with this text as soon as it appears. */
const clicksButton = (text: string): string => `
  new MutationObserver(() => {
    for (const button of document.querySelectorAll('button')) if (/^${text}$/.test(button.innerText)) button.click();
  }).observe(document, { childList: true, subtree: true });
`;

const busyFor = (ms: number): string => `const until = performance.now() + ${ms}; while (performance.now() < until);`;

export const proxyFaults: Faults = {
  // ---------------------------------------------------------------------------------------------- latency
  'slow-diff': {
    imitates: 'every diff answer takes longer',
    size: { default: 350, unit: 'ms', search: [20, 350] },
    plant: (ms) => [{ kind: 'delay', on: diffs, ms }],
    turnsRed: ['diff.latency-p95', 'cold-start.diff-visible', 'large-diff.file-visible'],
    rollback: 'both',
  },
  'slow-tail': {
    imitates: 'one diff in five takes much longer',
    size: { default: 600, unit: 'ms', search: [60, 600] },
    plant: (ms) => [{ kind: 'delay', on: summaries, share: 0.2, ms }],
    turnsRed: ['diff.latency-p95'],
    rollback: 'backend',
  },
  stalls: {
    imitates: 'the API stands still again and again, as when it collects garbage, and then answers all that waited',
    size: { default: 700, unit: 'ms', search: [100, 700] },
    plant: (forMs) => [{ kind: 'stall', on: summaries, everyMs: 2000, forMs }],
    turnsRed: ['diff.latency-p95'],
    rollback: 'backend',
  },
  'slow-page': {
    imitates: 'the page itself comes late',
    size: { default: 700, unit: 'ms', search: [100, 700] },
    plant: (ms) => [{ kind: 'delay', on: pages, ms }],
    turnsRed: ['viewer.first-contentful-paint', 'cold-start.first-contentful-paint', 'cold-start.diff-visible'],
    rollback: 'both',
  },
  'slow-file-open': {
    imitates: 'the diff of a file comes late after the click on it',
    size: { default: 300, unit: 'ms', search: [20, 300] },
    plant: (ms) => [{ kind: 'delay', on: filesOpened, ms }],
    turnsRed: ['large-diff.file-visible'],
    rollback: 'frontend',
  },
  // ----------------------------------------------------------------------------------------------- errors
  'diff-errors': {
    imitates: 'some diffs answer 500',
    size: { default: 3, unit: '%', search: [0.5, 3] },
    plant: (percent) => [{ kind: 'answer', on: summaries, share: percent / 100, status: 500 }],
    turnsRed: ['diff.error-rate'],
    rollback: 'backend',
  },
  'deployments-errors': {
    imitates: 'some lists of deployments answer 500',
    size: { default: 3, unit: '%', search: [0.5, 3] },
    plant: (percent) => [{ kind: 'answer', on: '/deploy(?:ments)?\\?', share: percent / 100, status: 500 }],
    turnsRed: ['deployments.error-rate'],
    rollback: 'backend',
  },
  'no-answers': {
    imitates: 'some diffs are never answered',
    size: { default: 4, unit: '%' },
    plant: (percent) => [{ kind: 'hang', on: summaries, share: percent / 100 }],
    turnsRed: ['diff.error-rate'],
    rollback: 'backend',
  },
  'cut-answers': {
    imitates: 'some diffs break off in the middle',
    size: { default: 3, unit: '%', search: [0.5, 3] },
    plant: (percent) => [{ kind: 'truncate', on: summaries, share: percent / 100 }],
    turnsRed: ['diff.error-rate'],
    rollback: 'backend',
  },
  'fast-failures': {
    imitates: 'every diff fails at once, which looks fast',
    plant: [{ kind: 'answer', on: diffs, status: 500 }],
    turnsRed: ['health.diff-answers', 'diff.error-rate'],
    leavesOpen: ['contract.summary-mode', 'contract.legacy-default'],
    rollback: 'backend',
  },
  'rate-limit': {
    imitates: 'some diffs are refused with 429',
    size: { default: 20, unit: '%' },
    plant: (percent) => [{ kind: 'answer', on: summaries, share: percent / 100, status: 429 }],
    leavesOpen: ['diff.error-rate', 'diff.latency-p95', 'diff.cache-hit-rate'],
    rollback: 'none',
  },
  // ---------------------------------------------------------------------------------------------- headers
  'cache-misses': {
    imitates: 'no diff comes from the cache any more',
    plant: [{ kind: 'header', on: diffs, name: 'X-Cache', value: 'MISS' }],
    turnsRed: ['diff.cache-hit-rate', 'metrics.cache-answers'],
    leavesOpen: ['diff.cached-equals-fresh'],
    rollback: 'backend',
  },
  'cache-lies': {
    imitates: 'misses are reported as hits, so the hit rate looks perfect',
    plant: [{ kind: 'header', on: diffs, name: 'X-Cache', value: 'HIT' }],
    turnsRed: ['metrics.cache-answers'],
    leavesOpen: ['diff.cache-hit-rate'],
    rollback: 'backend',
  },
  'no-cache-header': {
    imitates: 'answers no longer say whether they came from the cache',
    plant: [{ kind: 'header', on: diffs, name: 'X-Cache', value: null }],
    leavesOpen: ['diff.cache-hit-rate', 'diff.cached-equals-fresh', 'metrics.cache-answers'],
    rollback: 'none',
  },
  'no-metrics': {
    imitates: 'the API answers 404 where its metrics should be',
    plant: [{ kind: 'answer', on: '^/metrics', status: 404 }],
    leavesOpen: ['metrics.cache-answers', 'metrics.diff-error-rate', 'metrics.diff-latency'],
    rollback: 'none',
  },
  // --------------------------------------------------------------------------------------- changed answers
  'wrong-counts': {
    imitates: 'the summary counts one line too many in each file',
    plant: [{ kind: 'field', on: summaries, at: 'files.*.additions', change: { add: 1 } }],
    turnsRed: ['contract.summary-mode', 'scope-switch.stats-correct'],
    rollback: 'both',
  },
  'field-gone': {
    imitates: 'a field that old clients know is missing',
    plant: [{ kind: 'field', on: wholeDiffs, at: 'artifact_name', change: 'remove' }],
    turnsRed: ['contract.legacy-default'],
    rollback: 'backend',
  },
  undocumented: {
    imitates: 'the OpenAPI document knows no parameters',
    plant: [{ kind: 'field', on: '/openapi\\.json', at: 'paths.*.get.parameters', change: 'remove' }],
    turnsRed: ['contract.openapi'],
    rollback: 'backend',
  },
  'no-openapi': {
    imitates: 'there is no OpenAPI document',
    plant: [{ kind: 'answer', on: '/openapi\\.json', status: 404 }],
    leavesOpen: ['contract.openapi'],
    rollback: 'none',
  },
  'other-answers': {
    imitates: 'every other answer to the same question is another one, as from instances that do not agree',
    plant: [{ kind: 'field', on: diffs, share: 0.5, at: 'files.*.status', change: { set: 'unchanged' } }],
    turnsRed: ['diff.cached-equals-fresh', 'diff.key-isolation'],
    rollback: 'backend',
  },
  'other-project': {
    imitates: 'diffs of one project are answered with those of another',
    plant: [{ kind: 'field', on: diffs, at: 'project_path', change: { set: '/somebody/elses' } }],
    turnsRed: ['diff.key-isolation'],
    rollback: 'backend',
  },
  'always-changed': {
    imitates: 'a deploy and a sync change nothing in the answers',
    plant: [{ kind: 'field', on: summaries, at: 'has_changes', change: { set: true } }],
    turnsRed: ['diff.invalidation'],
    rollback: 'backend',
  },
  'no-lazy-markers': {
    imitates: 'the log no longer hears that a diff was loaded when it was opened',
    plant: [{ kind: 'answer', on: '^/frontend-log/', status: 204 }],
    turnsRed: ['logs.lazy-loaded'],
    spares: ['large-diff.guardrails'],
    rollback: 'frontend',
    // Too little of something is red only in a log that covers its window.
    budgets: { logWindow: '6s', minSamples: 2 },
  },
  // ------------------------------------------------------------------------------------ the page's scripts
  'more-scripts': {
    imitates: 'the page carries more JavaScript than it needs',
    size: { default: 8, unit: '%' },
    plant: (percent) => [{ kind: 'grow-scripts', by: percent / 100 }],
    turnsRed: ['bundle.js-growth'],
    rollback: 'frontend',
  },
  'console-error': {
    imitates: 'an error in the console again and again, from the start',
    plant: [{ kind: 'script', source: "setInterval(() => console.error('A fault of the drill'), 300);" }],
    turnsRed: ['cold-start.console-errors', 'sentry.js-errors'],
    rollback: 'frontend',
  },
  'thrown-on-click': {
    imitates: 'an exception on every click',
    plant: [
      {
        kind: 'script',
        source: "addEventListener('click', () => { throw new Error('A fault of the drill'); }, true);",
      },
    ],
    turnsRed: ['sentry.js-errors'],
    rollback: 'frontend',
  },
  'slow-clicks': {
    imitates: 'the page is busy after every click',
    size: { default: 400, unit: 'ms', search: [50, 400] },
    plant: (ms) => [{ kind: 'script', source: `addEventListener('click', () => { ${busyFor(ms)} }, true);` }],
    turnsRed: ['scope-switch.visible', 'large-diff.file-visible'],
    rollback: 'frontend',
  },
  'eager-parse': {
    imitates: 'the page parses the diffs of all files before it paints the list',
    size: { default: 150, unit: 'ms', search: [10, 150] },
    plant: (ms) => [
      {
        kind: 'script',
        source: `
          const read = Response.prototype.json;
          Response.prototype.json = async function () {
            const body = await read.call(this);
            if (new RegExp(${JSON.stringify(fileLists)}).test(this.url)) { ${busyFor(ms)} }
            return body;
          };
        `,
      },
    ],
    turnsRed: ['large-diff.list-visible'],
    rollback: 'frontend',
  },
  'no-pagination': {
    imitates: 'all rows of a large list are shown at once',
    plant: [{ kind: 'script', source: clicksButton('Load all \\d+ files') }],
    turnsRed: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'no-load-button': {
    imitates: 'a very large diff is rendered without asking',
    plant: [{ kind: 'script', source: clicksButton('Load diff') }],
    turnsRed: ['large-diff.guardrails'],
    rollback: 'frontend',
  },
  'asked-again': {
    imitates: 'closing and reopening the dialog asks for the diff again',
    plant: [{ kind: 'script', source: askedForAgain }],
    turnsRed: ['modal-reopen.duplicate-requests'],
    rollback: 'frontend',
  },
  'whole-diff-first': {
    imitates: 'the page asks for the whole diff before the summary',
    plant: [{ kind: 'script', source: askedForWholeFirst }],
    turnsRed: ['contract.page-uses-summary'],
    rollback: 'none',
  },
  // ------------------------------------------------------------------------------- what must not turn red
  'slightly-slower': {
    imitates: 'diffs take longer, within the limit',
    plant: [{ kind: 'delay', on: diffs, ms: 40 }],
    spares: ['diff.latency-p95', 'large-diff.file-visible'],
    rollback: 'none',
  },
  'few-errors': {
    imitates: 'fewer diffs fail than the limit allows',
    plant: [{ kind: 'answer', on: summaries, share: 0.003, status: 500 }],
    spares: ['diff.error-rate'],
    rollback: 'none',
    budgets: { load: { diff: { for: '20s', warmUp: '1s', timeout: '1s' } } },
  },
  'little-more-scripts': {
    imitates: 'the page carries a little more JavaScript, within the limit',
    plant: [{ kind: 'grow-scripts', by: 0.04 }],
    spares: ['bundle.js-growth'],
    rollback: 'none',
  },
};

const noRuns = 'a drill through a proxy makes no run that others could be compared with';
const countedInside = 'the API counts and times inside what the proxy stands before';

/** Why a proxy cannot turn the other criteria red. */
export const notThroughProxy: Readonly<Record<string, string>> = {
  'checklist.pre-deploy': 'its commands run on this machine and ask the target nothing',
  'cold-start.vs-baseline': noRuns,
  'diff.vs-baseline': noRuns,
  'contract.no-breaking-change': noRuns,
  'metrics.diff-error-rate': countedInside,
  'metrics.diff-latency': countedInside,
  'logs.timeouts': 'the target writes its log itself, whatever a proxy before it does',
  'logs.cache-invalidated': 'the target writes its log itself, whatever a proxy before it does',
  'logs.cache-hit-rate': 'the target writes its log itself, whatever a proxy before it does',
  'sentry.new-issues':
    'what a proxy plants is kept from Sentry, where it would stand as an issue of the release that the next gate finds',
};
