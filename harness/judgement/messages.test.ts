import { describe, expect, it } from 'vitest';
import type { Change, Criterion, Limit } from '../model/criterion.ts';
import type { Evidence, Measurement, QualityIssue } from '../model/evidence.ts';
import { withDependenceNoted } from './estimate-messages.ts';
import * as given from './evidence.fixture.ts';
import { judge } from './evidence.fixture.ts';

const p75 = {};
const p95 = { statistic: { kind: 'percentile', p: 95 }, limit: { op: '<', value: 200, unit: 'ms' } } as const;
const errors = { statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.005, unit: 'ratio' } } as const;
const noErrorEver = { ...errors, limit: { op: '<=', value: 0, unit: 'ratio' } } as const;
const hits = { statistic: { kind: 'ratio' }, limit: { op: '>', value: 0.6, unit: 'ratio' } } as const;
const seen = { statistic: { kind: 'count' }, limit: { op: '<=', value: 0, unit: 'count' }, minSamples: 20 } as const;
const fewSeen = { ...seen, limit: { op: '<', value: 3, unit: 'count' } } as const;
const activity = { ...seen, limit: { op: '>', value: 5, unit: 'count' } } as const;
const someActivity = { ...seen, limit: { op: '>=', value: 5, unit: 'count' } } as const;
const checks = { statistic: { kind: 'all' }, limit: { op: '<=', value: 0, unit: 'count' }, minSamples: 3 } as const;
const growth = {
  statistic: { kind: 'growth' },
  limit: { op: '<', value: 0.05, unit: 'ratio' },
  minSamples: 2,
} as const;
const longestTask: Limit = { op: '<=', value: 50, unit: 'ms' };
const referenceMs = [20, 16] as const;
const window = { coveredMs: 240_000, plannedMs: 600_000 };
const { equal, timingsOf, lossesOf, distributionOf, ratioOf, hitsOf, occurrencesOf, checksOf, growthOf } = given;

const neverSeen = lossesOf(2, 'never-painted');
const disturbed = equal(1, 410, { suspect: 'a task of 120 ms ran.' });
const error = 'TypeError: cannot read properties of undefined\n    at render (viewer.js:12)';

const within75: Limit = { op: '<=', value: 75, unit: 'ms' };
const exact = { uncertaintyMs: 1 };
const accepted = [timingsOf(equal(40, 200), exact), distributionOf([[100, 2000]])];
const oneRun = given.acceptedRun({ id: '20261101T000000Z-pre-ramp-7f3a', measurements: accepted });
const change = (p: number, baseline: Change['baseline'] = [oneRun]) =>
  ({ statistic: { kind: 'change', p, ...(baseline === undefined ? {} : { baseline }) }, limit: within75 }) as const;
const share = { ...change(75), limit: { op: '<=', value: 0.15, unit: 'ratio' } } as const;
const unavailable = {
  ...change(75),
  statistic: { kind: 'change', p: 75, unavailable: 'the store does not answer' },
} as const;

const measured: readonly (readonly [string, Partial<Criterion>, Measurement])[] = [
  ['a p75 that passes', p75, timingsOf([...equal(29, 143.21), ...equal(1, 800)])],
  ['a p75 that is open', p75, timingsOf([...equal(27, 200), ...equal(3, 400)])],
  ['a p75 that fails', p75, timingsOf([...equal(10, 200), ...equal(20, 301.5)], { uncertaintyMs: 1 })],
  ['a p75 with a lower limit', { limit: { op: '>', value: 100, unit: 'ms' } }, timingsOf(equal(20, 150))],
  ['too few samples', p75, timingsOf([...equal(3, 200), ...equal(1, 400)])],
  ['too few samples to bound a p75', p75, timingsOf(equal(12, 200))],
  ['no sample', p75, timingsOf([])],
  ['good, but too close for the instrument', p75, timingsOf(equal(20, 297.5))],
  ['bad, but too close for the instrument', p75, timingsOf(equal(20, 302))],
  [
    'late, disturbed and lost',
    p75,
    timingsOf([...equal(19, 400), ...disturbed], { losses: [...neverSeen, ...lossesOf(1, 'step-failed')] }),
  ],
  [
    'beyond only with stolen time',
    p75,
    timingsOf([...equal(10, 200), ...equal(12, 400, { stolenMs: 150 }), ...equal(8, 400, { stolenMs: 140 })]),
  ],
  [
    'never painted',
    p75,
    timingsOf(equal(10, 200), {
      losses: [...lossesOf(12, 'never-painted'), ...lossesOf(1, 'never-painted', { waitedMs: 8000 })],
    }),
  ],
  [
    'beyond only on a slowed machine',
    p75,
    timingsOf([...equal(10, 200), ...equal(12, 400, { referenceMs }), ...equal(8, 400, { referenceMs: [13, 13] })]),
  ],
  [
    'beyond only with stolen time and slowed',
    p75,
    timingsOf([...equal(10, 200, { referenceMs }), ...equal(20, 400, { stolenMs: 150 })]),
  ],
  ['a load beyond only on a slowed machine', p95, distributionOf([[300, 2000]], { referenceMs })],
  [
    'too many lost',
    p75,
    timingsOf(equal(20, 200), { losses: [...lossesOf(2, 'step-failed'), ...lossesOf(3, 'navigated-away')] }),
  ],
  ['a long task', { longestTask }, timingsOf([...equal(15, 200), ...equal(15, 210, { longTasksMs: [80, 30] })])],
  ['no long task', { longestTask }, timingsOf(equal(27, 200))],
  [
    'a p95 that passes',
    p95,
    distributionOf(
      [
        [143, 1950],
        [180, 50],
      ],
      { timeouts: 0 },
    ),
  ],
  [
    'a p95 that is open, with time-outs',
    p95,
    distributionOf(
      [
        [143, 1890],
        [250, 107],
        [5000, 3],
      ],
      { timeouts: 3 },
    ),
  ],
  ['a p95 exactly at its limit', p95, distributionOf([[199.95, 2000]])],
  ['an error rate that passes', errors, ratioOf(1, 3000)],
  ['an error rate that fails', errors, ratioOf(40, 3000)],
  ['an error rate of too few requests to tell', errors, ratioOf(0, 600)],
  ['an error rate of too few requests', errors, ratioOf(0, 1)],
  ['an error rate of no request', errors, ratioOf(0, 0)],
  ['an error rate that no number of requests can show', noErrorEver, ratioOf(0, 100)],
  ['a hit rate that passes', hits, hitsOf(80, 100)],
  ['a hit rate that is open', hits, hitsOf(62, 100)],
  ['a hit rate that no result of so few could fail', { ...hits, minSamples: 1 }, hitsOf(2, 2)],
  ['nothing seen', seen, occurrencesOf(0, 21)],
  ['one seen', seen, occurrencesOf(1, 21, [error])],
  ['many seen, in few visits', seen, occurrencesOf(4, 5, ['first', 'second', 'third', 'fourth '.repeat(40)])],
  ['three seen', seen, occurrencesOf(3, 21, ['first', ' second ', 'as long as may be quoted '.padEnd(160, '-')])],
  ['a long text seen', seen, occurrencesOf(1, 20, ['word '.repeat(60)])],
  ['nothing seen in too few visits', seen, occurrencesOf(0, 4)],
  ['as many seen as may be', fewSeen, occurrencesOf(2, 21, ['first', 'second'])],
  ['too little activity', activity, occurrencesOf(3, 30)],
  ['too little in a part of the time', activity, { ...occurrencesOf(3, 30, ['one']), window }],
  ['none in a part of the time', seen, { ...occurrencesOf(0, 30), window }],
  ['enough activity', someActivity, occurrencesOf(5, 30)],
  ['all checks hold', checks, checksOf(true, true, true)],
  ['the only check holds', { ...checks, minSamples: 1 }, checksOf(true)],
  ['a false check', checks, checksOf(true, false)],
  ['many false checks', checks, checksOf(true, false, false, false, false)],
  ['too few checks', checks, checksOf(true)],
  ['growth that passes', growth, growthOf({ index: [90_000, 91_000], react: [9000, 9000] })],
  ['no growth', growth, growthOf({ index: [90_000, 90_000], react: [9000, 9000] })],
  ['less than before', growth, growthOf({ index: [90_000, 84_000], react: [9000, null], vendor: [null, 3000] })],
  ['growth that fails', growth, growthOf({ index: [90_000, 93_600], react: [9000, 9060], vendor: [null, 3000] })],
  ['growth just beyond its limit', growth, growthOf({ index: [90_000, 94_530], react: [9000, 9423] })],
  ['growth of too few', growth, growthOf({ index: [90_000, 91_000] })],
  ['growth from nothing', growth, growthOf({ index: [null, 9000] })],
  ['growth of checks', growth, checksOf(true)],
  ['a percentile of growth', p75, growthOf({ index: [9000, 9000] })],
  ['a ratio of timings', errors, timingsOf([])],
  ['a ratio of a distribution', errors, distributionOf([[10, 100]])],
  ['a percentile of a ratio', p75, ratioOf(0, 100)],
  ['a count of checks', seen, checksOf(true)],
  ['checks of occurrences', checks, occurrencesOf(0, 99)],
  ['a missing group', { groups: ['collection-vs-project'] }, timingsOf(equal(20, 200))],
];

const noisy = given.machineOf({
  clicksMs: [equal(24, 100), equal(24, 110)].map((one) => one.map(({ valueMs }) => valueMs)) as [number[], number[]],
});
const uncalibrated: Evidence = { ...given.unavailableBecause(given.qualityIssueOf('probe-crashed')), probe: 'machine' };
const otherQualityIssues: readonly QualityIssue[] = [
  { code: 'probe-crashed', message: ' The answer was 2.1 and not understood. ' },
  given.qualityIssueOf('interrupted'),
  given.qualityIssueOf('generator-saturated'),
  given.qualityIssueOf('nothing-served'),
  given.qualityIssueOf('rate-limited'),
  given.qualityIssueOf('signal-absent'),
  given.qualityIssueOf('control-not-seen'),
  given.qualityIssueOf('counted-in-part'),
  given.qualityIssueOf('scenario-crashed'),
  given.qualityIssueOf('scenario-stopped'),
  given.qualityIssueOf('no-baseline'),
];

const compared: readonly (readonly [string, Partial<Criterion>, Measurement])[] = [
  ['a change that passes', change(75), timingsOf(equal(40, 202), exact)],
  ['an improvement', change(75), timingsOf(equal(40, 150), exact)],
  ['a change that fails', change(75), timingsOf(equal(40, 300), exact)],
  ['a change that is open', change(75), timingsOf([...equal(28, 200), ...equal(12, 400)], exact)],
  ['a change that is too close for both instruments', change(75), timingsOf(equal(40, 274.5), exact)],
  ['a share that fails', share, timingsOf(equal(40, 300), exact)],
  ['a change against nightly runs', change(95, [oneRun, oneRun]), distributionOf([[101, 2000]])],
  ['a change of too few', change(75), timingsOf(equal(3, 202), exact)],
  ['a change that nobody knows the baseline of', unavailable, timingsOf(equal(40, 202), exact)],
  ['a change of what is no time', change(75), checksOf(true)],
];

const unmeasured: readonly (readonly [string, readonly Evidence[]])[] = [
  ['a probe that did not run', []],
  ['a probe that brought something else', [given.evidenceOf([])]],
  ['a probe that was unavailable', [given.unavailableBecause(given.qualityIssueOf('target-unreachable'))]],
  ['a pass under doubt', [given.evidenceOf([timingsOf(equal(20, 100))], [given.qualityIssueOf('schedule-not-kept')])]],
  ['good, but within the noise floor', [noisy, given.evidenceOf([timingsOf(equal(20, 290))])]],
  ['bad, but within the noise floor', [noisy, given.evidenceOf([timingsOf(equal(20, 320))])]],
  ['a machine that nobody calibrated', [uncalibrated, given.evidenceOf([timingsOf(equal(20, 100))])]],
  ['a pass under many doubts', [given.evidenceOf([timingsOf(equal(20, 100))], otherQualityIssues)]],
  [
    'a fail that stands under doubt',
    [given.evidenceOf([timingsOf(equal(20, 900))], [given.qualityIssueOf('load-stopped')])],
  ],
];

function sentencesOf(name: string, criterion: Partial<Criterion>, evidence: readonly Evidence[]): string {
  const [finding] = judge([given.criterionOf(criterion)], evidence);
  if (finding === undefined) throw new Error('no finding');
  const { outcome, reason, message, detects, needs } = finding;
  const lines = [`# ${name}`, `${outcome}: ${reason}`, message];
  if (detects !== undefined) lines.push(`detects: ${detects}`);
  if (needs !== undefined) lines.push(`needs: ${needs}`);
  return lines.join('\n');
}

describe('sentences', () => {
  it('say what was found, what would have been, and what is needed', async () => {
    const sentences = [
      ...[...measured, ...compared].map(([name, criterion, measurement]) =>
        sentencesOf(name, criterion, [given.evidenceOf([measurement])]),
      ),
      ...unmeasured.map(([name, evidence]) => sentencesOf(name, {}, evidence)),
    ];
    // A new wording is accepted by reading the difference and running vitest with -u.
    await expect(`${sentences.join('\n\n')}\n`).toMatchFileSnapshot('golden/sentences.txt');
  });

  it('speak of neighbours in time from a tenth more on', () => {
    expect(withDependenceNoted('So it is.', { count: 100, effect: 1.1 })).toContain('100 say no more than 90');
    expect(withDependenceNoted('So it is.', { count: 100, effect: 1.09 })).toBe('So it is.');
  });
});
