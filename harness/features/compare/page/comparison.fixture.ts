/** Comparisons for the tests of their documents. */
import type { ComparedCriterion, ComparedPart, ComparedSide, ComparisonReport } from '../../../model/comparison.ts';

function side(given: Partial<ComparedSide>): ComparedSide {
  return {
    name: 'demo',
    target: { name: 'demo', web: 'http://localhost:5173', api: 'http://localhost:8080/api/v1', release: 'demo@1.0.0' },
    run: null,
    measuredAt: '2026-11-28T03:00:00.000Z',
    environment: {
      machineClass: '2 × a processor, 8 GiB, x64',
      os: 'Linux 6.1',
      node: 'v24.21.0',
      browser: 'Chromium 156',
    },
    ...given,
  };
}

/** A time of 240 ms that changed by so much. */
function time(label: string, changeMs: number, given: Partial<ComparedPart>): ComparedPart {
  const before = { statistic: 'p50', value: 240, unit: 'ms', samples: 48 } as const;
  return {
    label,
    outcome: 'same',
    worse: 'no',
    reason: 'interval-within-negligible',
    message: `What was said of ${label}.`,
    before,
    after: { ...before, value: 240 + changeMs },
    change: {
      value: changeMs,
      unit: 'ms',
      ofBefore: changeMs / 240,
      interval: [changeMs - 8.2, changeMs + 7.9],
      confidence: 0.98,
    },
    effect: { kind: 'cliffs-delta', value: changeMs / 100, size: changeMs > 20 ? 'medium' : 'negligible' },
    negligible: 12,
    ...given,
  };
}

function criterion(id: string, part: ComparedPart, given: Partial<ComparedCriterion> = {}): ComparedCriterion {
  return {
    ...part,
    criterion: id,
    title: `Title of ${id}`,
    scope: 'frontend',
    severity: 'blocking',
    parts: [],
    ...given,
  };
}

const errors = criterion('diff.error-rate', {
  ...time('ratio', 0, { reason: 'equal-as-seen', effect: null, negligible: null }),
  before: { statistic: 'ratio', value: 0, unit: 'ratio', samples: 3200 },
  after: { statistic: 'ratio', value: 0, unit: 'ratio', samples: 3200 },
  change: { value: 0, unit: 'ratio', ofBefore: null },
});

const scopes = ['collection-vs-project', 'source-vs-collection', 'source-vs-project'];

/** Nothing became worse, in turn. */
export const sameComparison: ComparisonReport = {
  schemaVersion: 1,
  comparison: {
    id: '20261128T030000Z-compare-41c0',
    rollout: 'sync-status-performance-refactor',
    profile: 'pre-ramp',
    design: { kind: 'in-turn', blocks: { planned: 16, measured: 16 } },
    startedAt: '2026-11-28T03:00:00.000Z',
    finishedAt: '2026-11-28T03:12:30.000Z',
    tool: { version: '0.1.0', commit: '77ab3c1' },
    configHash: 'sha256:0',
    endedEarly: null,
  },
  verdict: 'nothing-worse',
  before: side({}),
  after: side({
    name: 'demo-next',
    target: {
      name: 'demo-next',
      web: 'http://localhost:5174',
      api: 'http://localhost:8081/api/v1',
      release: 'demo@1.1.0',
    },
  }),
  criteria: [
    criterion('cold-start.diff-visible', time('p75', 1.3, {})),
    criterion('scope-switch.visible', time('collection-vs-project', -2, {}), {
      parts: scopes.map((scope) => time(scope, -2, {})),
    }),
    criterion('large-diff.file-visible', time('p75', -31, { outcome: 'different', reason: 'interval-excludes-none' })),
    errors,
  ],
  notCompared: [
    { criterion: 'logs.timeouts', title: 'API log: time-outs', reason: 'it is not measured in turn' },
    { criterion: 'logs.lazy-loaded', title: 'Frontend log: lazy-load markers', reason: 'it is not measured in turn' },
  ],
  negligible: { ofValue: 0.05, ofLimit: 0.01 },
  errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
};

const hostile = '</td><script>alert(1)</script> \u001B[31mred | `code` @somebody';

/** One of each trouble between two saved runs, with messages that nobody vouches for. */
export const worseComparison: ComparisonReport = {
  ...sameComparison,
  comparison: { ...sameComparison.comparison, design: { kind: 'apart' }, endedEarly: 'somebody interrupted it' },
  verdict: 'worse',
  before: side({ name: 'reports/20261127T030000Z-nightly-0001', run: '20261127T030000Z-nightly-0001' }),
  after: side({ name: 'latest', run: '20261128T030000Z-nightly-0002' }),
  criteria: [
    errors,
    criterion(
      'cold-start.diff-visible',
      time('p75', 24.1, { outcome: 'different', worse: 'yes', reason: 'interval-excludes-none', message: hostile }),
    ),
    criterion(
      'diff.latency-p95',
      time('p95', 6, {
        outcome: 'undecided',
        worse: 'open',
        reason: 'too-few-samples',
        needs: 'about 800 requests on either side',
        change: { value: 6, unit: 'ms', ofBefore: 0.025, interval: [null, 31], confidence: 0.9993 },
      }),
    ),
    criterion('contract.openapi', {
      ...time('key', 0, {}),
      outcome: 'undecided',
      worse: 'open',
      reason: 'not-comparable',
      message: 'It is not compared: another profile: nightly, not pre-ramp.',
      before: null,
      after: null,
      change: null,
      effect: null,
      negligible: null,
    }),
    criterion(
      'cold-start.first-contentful-paint',
      time('p50', 18, { outcome: 'different', worse: 'yes', reason: 'interval-excludes-none' }),
      { severity: 'advisory' },
    ),
  ],
  notCompared: [],
};

/** Nothing to say anything about. */
export const emptyComparison: ComparisonReport = {
  ...sameComparison,
  verdict: 'undecided',
  criteria: [],
  notCompared: [],
};
