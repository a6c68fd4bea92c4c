import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Criterion, Limit } from '../model/criterion.ts';
import type { Evidence, Measurement } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { worst } from '../model/outcome.ts';
import * as given from './evidence.fixture.ts';
import { judge } from './evidence.fixture.ts';

const under300: Limit = { op: '<', value: 300, unit: 'ms' };
const under200: Limit = { op: '<', value: 200, unit: 'ms' };
const noLongTask: Limit = { op: '<=', value: 50, unit: 'ms' };
const underHalfPercent: Limit = { op: '<', value: 0.005, unit: 'ratio' };
const over60Percent: Limit = { op: '>', value: 0.6, unit: 'ratio' };
const none: Limit = { op: '<=', value: 0, unit: 'count' };

function judgeOne(criterion: Partial<Criterion>, ...evidence: readonly Evidence[]): Finding {
  const [finding] = judge([given.criterionOf(criterion)], evidence);
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

function resultOf(criterion: Partial<Criterion>, measurement: Measurement): string {
  const { outcome, reason } = judgeOne(criterion, given.evidenceOf([measurement]));
  return `${outcome}: ${reason}`;
}

const p75 = { limit: under300 };
const p95 = { statistic: { kind: 'percentile', p: 95 }, limit: under200, minSamples: 100 } as const;
const errors = { statistic: { kind: 'ratio' }, limit: underHalfPercent, minSamples: 500 } as const;
const hits = { statistic: { kind: 'ratio' }, limit: over60Percent, minSamples: 50 } as const;
const seen = { statistic: { kind: 'count' }, limit: none, minSamples: 20 } as const;
const activity = { ...seen, limit: { op: '>', value: 5, unit: 'count' } } as const;
const checks = { statistic: { kind: 'all' }, limit: none, minSamples: 3 } as const;
const { equal, timingsOf, lossesOf, ratioOf, hitsOf, occurrencesOf, checksOf, distributionOf, sampleOf } = given;

/** 30 samples of which `over` took 400 ms and the others 200 ms. */
const mixed = (over: number) => timingsOf([...equal(30 - over, 200), ...equal(over, 400)]);

const cases: readonly (readonly [string, Partial<Criterion>, Measurement, string])[] = [
  // The ranks of a p75 of 30 are 18 and 28: up to 2 late samples pass, 13 and more fail.
  ['p75 passes with 2 of 30 late', p75, mixed(2), 'pass: interval-within-limit'],
  ['p75 is open with 3 of 30 late', p75, mixed(3), 'inconclusive: interval-spans-limit'],
  ['p75 is open with 12 of 30 late', p75, mixed(12), 'inconclusive: interval-spans-limit'],
  ['p75 fails with 13 of 30 late', p75, mixed(13), 'fail: interval-beyond-limit'],
  ['no sample at all', p75, timingsOf([]), 'inconclusive: too-few-samples'],
  ['no sample, and none asked for', { ...p75, minSamples: 0 }, timingsOf([]), 'inconclusive: too-few-samples'],
  ['fewer than the minimum, however good', p75, timingsOf(equal(4, 10)), 'inconclusive: too-few-samples'],
  [
    'fewer than the minimum, however good',
    { ...p75, minSamples: 30 },
    timingsOf(equal(29, 10)),
    'inconclusive: too-few-samples',
  ],
  ['fewer than the minimum, but a proven violation', p75, timingsOf(equal(4, 900)), 'fail: interval-beyond-limit'],
  ['too few to prove a violation', p75, timingsOf(equal(2, 900)), 'inconclusive: too-few-samples'],
  ['12 good ones do not bound a p75', p75, timingsOf(equal(12, 10)), 'inconclusive: too-few-samples'],
  ['13 good ones do', p75, timingsOf(equal(13, 10)), 'pass: interval-within-limit'],
  [
    '2 good ones do not bound a p75 with a lower limit',
    { ...p75, limit: { op: '>', value: 100, unit: 'ms' }, minSamples: 1 },
    timingsOf(equal(2, 500)),
    'inconclusive: too-few-samples',
  ],
  ['5 bad ones are enough to fail', p75, timingsOf(equal(5, 900)), 'fail: interval-beyond-limit'],
  [
    'exactly at a limit of < is beyond',
    p75,
    timingsOf(equal(20, 300), { uncertaintyMs: 0 }),
    'fail: interval-beyond-limit',
  ],
  [
    'exactly at a limit of <= is within',
    { limit: { ...under300, op: '<=' } },
    timingsOf(equal(20, 300), { uncertaintyMs: 0 }),
    'pass: interval-within-limit',
  ],
  [
    'nearer below the limit than the stopwatch is exact',
    p75,
    timingsOf(equal(20, 297)),
    'inconclusive: too-close-to-limit',
  ],
  [
    'nearer above the limit than the stopwatch is exact',
    p75,
    timingsOf(equal(20, 303)),
    'inconclusive: too-close-to-limit',
  ],
  ['just further than the stopwatch is exact', p75, timingsOf(equal(20, 295)), 'pass: interval-within-limit'],
  [
    'a percentile with a lower limit',
    { limit: { ...under300, op: '>' } },
    timingsOf(equal(20, 400)),
    'pass: interval-within-limit',
  ],
  [
    'a percentile below a lower limit',
    { limit: { ...under300, op: '>=' } },
    timingsOf(equal(20, 200)),
    'fail: interval-beyond-limit',
  ],

  // Losses
  [
    'never painted within more than the limit counts as late',
    p75,
    timingsOf(equal(17, 200), { losses: lossesOf(13, 'never-painted') }),
    'fail: interval-beyond-limit',
  ],
  [
    'never painted leaves a pass where few enough are late',
    p75,
    timingsOf(equal(28, 200), { losses: lossesOf(2, 'never-painted') }),
    'pass: interval-within-limit',
  ],
  [
    'never painted, but not waited for as long as the limit, is no observation',
    p75,
    timingsOf(equal(17, 200), { losses: lossesOf(13, 'never-painted', { waitedMs: 299 }) }),
    'inconclusive: evidence-doubted',
  ],
  [
    'never painted, and waited for as long as the limit to the millisecond, counts as late',
    p75,
    timingsOf(equal(7, 200), { losses: lossesOf(13, 'never-painted', { waitedMs: 300 }), uncertaintyMs: 0 }),
    'fail: interval-beyond-limit',
  ],
  [
    'a tenth of the attempts lost is tolerated',
    p75,
    timingsOf(equal(27, 200), { losses: lossesOf(3, 'step-failed') }),
    'pass: interval-within-limit',
  ],
  [
    'more than a tenth lost leaves no pass',
    p75,
    timingsOf(equal(26, 200), { losses: lossesOf(3, 'navigated-away') }),
    'inconclusive: evidence-doubted',
  ],
  [
    'more than a tenth lost leaves no fail',
    p75,
    timingsOf(equal(26, 900), { losses: lossesOf(3, 'already-painted') }),
    'inconclusive: evidence-doubted',
  ],
  [
    'lost attempts do not hide that there are too few samples',
    p75,
    timingsOf(equal(4, 200), { losses: lossesOf(9, 'step-failed') }),
    'inconclusive: too-few-samples',
  ],
  [
    'a suspect sample counts',
    p75,
    timingsOf(equal(20, 900, { suspect: 'a tab was busy' })),
    'fail: interval-beyond-limit',
  ],

  // A frame, and when the compositor presented it
  [
    'a pass holds with the presentation',
    p75,
    timingsOf(equal(20, 200, { presentedMs: 250 })),
    'pass: interval-within-limit',
  ],
  [
    'a frame within the limit makes no pass of a presentation beyond it',
    p75,
    timingsOf(equal(20, 250, { presentedMs: 340 })),
    'inconclusive: interval-spans-limit',
  ],
  ['a fail holds with the frame', p75, timingsOf(equal(20, 350, { presentedMs: 420 })), 'fail: interval-beyond-limit'],
  [
    'a presentation within the limit leaves no fail of a frame that was marked late',
    p75,
    timingsOf(equal(20, 320, { presentedMs: 280 })),
    'inconclusive: interval-spans-limit',
  ],
  [
    'a single late presentation changes nothing',
    p75,
    timingsOf([...equal(19, 200), ...equal(1, 200, { presentedMs: 900 })]),
    'pass: interval-within-limit',
  ],

  // A percentile so low that few samples cannot bound it from below
  [
    'a p5 within its limit, which nothing could have failed',
    { ...p75, statistic: { kind: 'percentile', p: 5 } },
    timingsOf(equal(20, 200)),
    'pass: interval-within-limit',
  ],

  [
    'a p5 that is open, and not bounded from below by so few',
    { ...p75, statistic: { kind: 'percentile', p: 5 } },
    timingsOf([...equal(2, 200), ...equal(18, 900)]),
    'inconclusive: interval-spans-limit',
  ],
  [
    'a p75 with a lower limit that is open, and not bounded from above by so few',
    { ...p75, limit: { op: '>', value: 100, unit: 'ms' } },
    timingsOf([...equal(3, 50), ...equal(5, 150)]),
    'inconclusive: interval-spans-limit',
  ],

  // A criterion with a confidence of its own
  [
    'three samples do not bound a median with 95 % confidence',
    { ...p75, statistic: { kind: 'percentile', p: 50 }, minSamples: 3 },
    timingsOf(equal(3, 200)),
    'inconclusive: too-few-samples',
  ],
  [
    'three samples bound a median with 75 % confidence',
    { ...p75, statistic: { kind: 'percentile', p: 50 }, minSamples: 3, confidence: 0.75 },
    timingsOf(equal(3, 200)),
    'pass: interval-within-limit',
  ],
  [
    'one of three beyond the limit leaves the median undecided with 75 % confidence',
    { ...p75, statistic: { kind: 'percentile', p: 50 }, minSamples: 3, confidence: 0.75 },
    timingsOf([...equal(2, 200), ...equal(1, 900)]),
    'inconclusive: interval-spans-limit',
  ],

  // A machine that was kept from running
  [
    'stolen time does not excuse what is slow without it',
    p75,
    timingsOf(equal(20, 900, { stolenMs: 300 })),
    'fail: interval-beyond-limit',
  ],
  [
    'stolen time leaves no fail that it may have caused',
    p75,
    timingsOf(equal(20, 900, { stolenMs: 700 })),
    'inconclusive: machine-disturbed',
  ],
  [
    'stolen time in a few samples changes nothing',
    p75,
    timingsOf([...equal(17, 900), ...equal(3, 900, { stolenMs: 700 })]),
    'fail: interval-beyond-limit',
  ],
  [
    'stolen time takes nothing from a pass, which had it and kept the limit',
    p75,
    timingsOf(equal(20, 200, { stolenMs: 150 })),
    'pass: interval-within-limit',
  ],
  [
    'stolen time makes no pass of what is slow as measured',
    p75,
    timingsOf(equal(20, 310, { stolenMs: 310 })),
    'inconclusive: machine-disturbed',
  ],
  [
    'a slowed machine does not excuse what would be slow on any',
    p75,
    timingsOf(equal(20, 900, { referenceMs: [16, 17] })),
    'fail: interval-beyond-limit',
  ],
  [
    'a slowed machine leaves no fail that it may have caused',
    p75,
    timingsOf(equal(20, 580, { referenceMs: [16, 17] })),
    'inconclusive: machine-disturbed',
  ],
  [
    'what was slow only before or only after a step is no slowed machine',
    p75,
    timingsOf([...equal(10, 580, { referenceMs: [8, 17] }), ...equal(10, 580, { referenceMs: [17, 8] })]),
    'fail: interval-beyond-limit',
  ],
  [
    'a machine faster than when it was calibrated changes nothing',
    p75,
    timingsOf(equal(20, 309, { referenceMs: [6, 6] })),
    'fail: interval-beyond-limit',
  ],
  [
    'a slowed machine takes nothing from a pass, which had it and kept the limit',
    p75,
    timingsOf(equal(20, 200, { referenceMs: [80, 80] })),
    'pass: interval-within-limit',
  ],
  [
    'a slowed machine may be the whole of a long task',
    { longestTask: { op: '<=', value: 50, unit: 'ms' } },
    timingsOf(equal(30, 100, { longTasksMs: [60], referenceMs: [16, 16] })),
    'inconclusive: machine-disturbed',
  ],
  [
    'a load on a slowed machine leaves no fail that it may have caused',
    p95,
    distributionOf([[300, 2000]], { referenceMs: [16, 17] }),
    'inconclusive: machine-disturbed',
  ],
  [
    'a load on a slowed machine fails where it would on any',
    p95,
    distributionOf([[500, 2000]], { referenceMs: [16, 17] }),
    'fail: interval-beyond-limit',
  ],
  [
    'a load on a slowed machine passes with what slowed it',
    p95,
    distributionOf([[150, 2000]], { referenceMs: [80, 80] }),
    'pass: interval-within-limit',
  ],
  [
    'stolen time may be the whole of a long task',
    { ...p75, longestTask: noLongTask },
    timingsOf(equal(30, 100, { longTasksMs: [60], stolenMs: 20 })),
    'inconclusive: machine-disturbed',
  ],

  // Long tasks: the same percentile of each sample's longest
  [
    'no long task passes',
    { ...p75, longestTask: noLongTask },
    timingsOf(equal(30, 100)),
    'pass: interval-within-limit',
  ],
  [
    'a long task in 2 of 30 samples passes',
    { ...p75, longestTask: noLongTask },
    timingsOf([...equal(28, 100, { longTasksMs: [40] }), ...equal(2, 100, { longTasksMs: [60] })]),
    'pass: interval-within-limit',
  ],
  [
    'a long task in 3 of 30 is open',
    { ...p75, longestTask: noLongTask },
    timingsOf([...equal(27, 100), ...equal(3, 100, { longTasksMs: [20, 60] })]),
    'inconclusive: interval-spans-limit',
  ],
  [
    'a long task in 14 of 30 fails, beside a timing that could have failed as well',
    { ...p75, longestTask: noLongTask },
    timingsOf([...equal(16, 100), ...equal(14, 100, { longTasksMs: [60, 20] })]),
    'fail: interval-beyond-limit',
  ],

  // Distributions
  [
    'p95 passes',
    p95,
    distributionOf([
      [143, 1990],
      [250, 10],
    ]),
    'pass: interval-within-limit',
  ],
  [
    'p95 fails',
    p95,
    distributionOf([
      [143, 1800],
      [250, 200],
    ]),
    'fail: interval-beyond-limit',
  ],
  [
    'p95 is open',
    p95,
    distributionOf([
      [143, 1900],
      [250, 100],
    ]),
    'inconclusive: interval-spans-limit',
  ],
  [
    'p95 with time-outs in its tail fails',
    p95,
    distributionOf(
      [
        [5, 900],
        [5000, 100],
      ],
      { timeouts: 100 },
    ),
    'fail: interval-beyond-limit',
  ],
  [
    'p95 within a bucket of the limit',
    p95,
    distributionOf([[199.95, 2000]], { uncertaintyMs: 0 }),
    'inconclusive: interval-spans-limit',
  ],
  ['p95 within the uncertainty', p95, distributionOf([[199.4, 2000]]), 'inconclusive: too-close-to-limit'],
  ['p95 of too few', p95, distributionOf([[10, 99]]), 'inconclusive: too-few-samples'],
  [
    'p95 of too few to bound it',
    { ...p95, minSamples: 10 },
    distributionOf([[10, 71]]),
    'inconclusive: too-few-samples',
  ],
  ['p95 of nothing', { ...p95, minSamples: 0 }, distributionOf([]), 'inconclusive: too-few-samples'],

  // Ratios: of 600 without an error the upper end is 0.61 %, of 800 it is 0.46 %
  ['no error in 600 requests does not show < 0.5 %', errors, ratioOf(0, 600), 'inconclusive: interval-spans-limit'],
  [
    'as many requests as asked for are not too few, only undecided',
    { ...errors, minSamples: 600 },
    ratioOf(0, 600),
    'inconclusive: interval-spans-limit',
  ],
  ['no error in 800 does', errors, ratioOf(0, 800), 'pass: interval-within-limit'],
  ['too few requests', errors, ratioOf(0, 499), 'inconclusive: too-few-samples'],
  [
    'too few requests, however good',
    { ...errors, minSamples: 5000 },
    ratioOf(0, 4999),
    'inconclusive: too-few-samples',
  ],
  ['too few requests, but a proven violation', errors, ratioOf(400, 499), 'fail: interval-beyond-limit'],
  ['no requests', { ...errors, minSamples: 0 }, ratioOf(0, 0), 'inconclusive: too-few-samples'],
  ['too many errors', errors, ratioOf(40, 3000), 'fail: interval-beyond-limit'],
  ['all errors', errors, ratioOf(3000, 3000), 'fail: interval-beyond-limit'],
  ['enough hits', hits, hitsOf(80, 100), 'pass: interval-within-limit'],
  ['too few hits', hits, hitsOf(40, 100), 'fail: interval-beyond-limit'],
  ['hits near the limit', hits, hitsOf(62, 100), 'inconclusive: interval-spans-limit'],

  // Counts
  ['nothing seen in enough visits', seen, occurrencesOf(0, 20), 'pass: count-within-limit'],
  ['nothing seen in too few visits', seen, occurrencesOf(0, 19), 'inconclusive: too-few-samples'],
  ['nothing seen in no visits', { ...seen, minSamples: 0 }, occurrencesOf(0, 0), 'inconclusive: too-few-samples'],
  ['one seen fails even in too few visits', seen, occurrencesOf(1, 3), 'fail: count-beyond-limit'],
  ['activity that was there', activity, occurrencesOf(6, 20), 'pass: count-within-limit'],
  ['activity that was not there', activity, occurrencesOf(5, 20), 'fail: count-beyond-limit'],
  [
    'too little activity in too few visits says nothing',
    activity,
    occurrencesOf(0, 19),
    'inconclusive: too-few-samples',
  ],

  // Checks
  ['all checks hold', checks, checksOf(true, true, true), 'pass: all-checks-hold'],
  ['a false check among too few', checks, checksOf(false), 'fail: check-failed'],
  ['true checks that are too few', checks, checksOf(true, true), 'inconclusive: too-few-samples'],
  ['no checks at all', { ...checks, minSamples: 0 }, checksOf(), 'inconclusive: too-few-samples'],

  // Measurements that the statistic is not for
  ['a percentile of a ratio', p75, ratioOf(0, 100), 'inconclusive: wrong-kind-of-evidence'],
  ['a ratio of timings', errors, timingsOf(equal(9, 9)), 'inconclusive: wrong-kind-of-evidence'],
  ['a count of checks', seen, checksOf(true), 'inconclusive: wrong-kind-of-evidence'],
  ['all of occurrences', checks, occurrencesOf(0, 99), 'inconclusive: wrong-kind-of-evidence'],
  [
    'groups of a distribution',
    { ...p95, groups: ['a'] },
    distributionOf([[1, 999]]),
    'inconclusive: wrong-kind-of-evidence',
  ],
  [
    'long tasks of a distribution',
    { ...p95, longestTask: noLongTask },
    distributionOf([[1, 999]]),
    'inconclusive: wrong-kind-of-evidence',
  ],
];

describe('judge', () => {
  it.each(cases)('%s', (_name, criterion, measurement, expected) => {
    expect(resultOf(criterion, measurement)).toBe(expected);
  });

  it('gives one finding per criterion, in the order of the criteria', () => {
    const criteria = ['c', 'a', 'b'].map((id) => given.criterionOf({ id }));
    expect(judge(criteria, []).map(({ criterion }) => criterion)).toEqual(['c', 'a', 'b']);
    expect(judge([], [given.evidenceOf([])])).toEqual([]);
  });

  it('carries what a report needs of the criterion and its evidence', () => {
    const alert: Limit = { op: '>', value: 500, unit: 'ms' };
    expect(judgeOne({ alert, scope: 'frontend', severity: 'advisory' }, given.evidenceOf([mixed(0)]))).toStrictEqual({
      criterion: 'the.criterion',
      title: 'The criterion',
      sli: 'the.sli',
      scope: 'frontend',
      severity: 'advisory',
      outcome: 'pass',
      reason: 'interval-within-limit',
      message:
        'p75 is 200 ms over 30 samples; with 95 % confidence it is in [196.0, 204.0] ms, all of it within the limit of < 300 ms.',
      observed: { statistic: 'p75', value: 200, unit: 'ms', interval: [196, 204], confidence: 0.95, samples: 30 },
      limit: under300,
      alert,
      alerting: false,
      warning: false,
      detects: 'a p75 above 304 ms would have failed',
      rationale: 'Because the test says so.',
      advice: 'Read the test.',
      checklist: ['S1'],
      evidence: ['evidence/the-probe.json'],
      parts: [],
    });
  });

  it('refuses to choose between two measurements of one SLI', () => {
    const twice = () => judgeOne({}, given.evidenceOf([mixed(0)]), given.evidenceOf([mixed(0)]));
    expect(twice).toThrow('the.sli is measured 2 times, by the-probe, the-probe');
    expect(() => judgeOne({}, given.evidenceOf([mixed(0), mixed(1)]))).toThrow('the.sli is measured 2 times');
  });

  it('refuses a histogram that does not hold what the evidence says', () => {
    expect(() => resultOf(p95, distributionOf([[10, 500]], { count: 501 }))).toThrow('holds 500 requests, not the 501');
  });

  it('alerts beyond the alert limit, whatever the outcome', () => {
    const above500 = { op: '>', value: 500, unit: 'ms' } as const;
    const alerting = (valueMs: number, count = 20) =>
      judgeOne({ ...p75, alert: above500 }, given.evidenceOf([timingsOf(equal(count, valueMs))]));
    expect(alerting(501)).toMatchObject({ outcome: 'fail', alerting: true });
    expect(alerting(500)).toMatchObject({ outcome: 'fail', alerting: false });
    expect(alerting(501, 2)).toMatchObject({ outcome: 'inconclusive', alerting: true });
    const below40 = { op: '<', value: 0.4, unit: 'ratio' } as const;
    expect(judgeOne({ ...hits, alert: below40 }, given.evidenceOf([hitsOf(39, 100)])).alerting).toBe(true);
    expect(judgeOne({ ...hits, alert: below40 }, given.evidenceOf([hitsOf(41, 100)])).alerting).toBe(false);
    expect(judgeOne({ ...p75, alert: above500 }).alerting).toBe(false);
  });

  it('warns within the limit, and hides no fail', () => {
    const warn = { op: '>', value: 250, unit: 'ms' } as const;
    const warned = (valueMs: number) => judgeOne({ ...p75, warn }, given.evidenceOf([timingsOf(equal(20, valueMs))]));
    expect(warned(250)).toMatchObject({ outcome: 'pass', warning: false, warn });
    expect(warned(251)).toMatchObject({ outcome: 'pass', warning: true });
    expect(warned(900)).toMatchObject({ outcome: 'fail', warning: true, alerting: false });
    expect(judgeOne({ ...p75, warn }).warning).toBe(false);
  });

  it('alerts as soon as one part is beyond the alert limit, and only where there is one', () => {
    const timings = timingsOf([...equal(20, 100, { group: 'a' }), ...equal(20, 501, { group: 'b' })]);
    const criterion = { ...p75, groups: ['a', 'b'] };
    const alert = { op: '>', value: 500, unit: 'ms' } as const;
    expect(judgeOne({ ...criterion, alert }, given.evidenceOf([timings]))).toMatchObject({ alert, alerting: true });
    const without = judgeOne(criterion, given.evidenceOf([timings]));
    expect(without.alerting).toBe(false);
    expect(without).not.toHaveProperty('alert');
    expect(without).not.toHaveProperty('warn');
  });

  it('does not alert on a long task beyond the alert limit of the timing', () => {
    const criterion = { ...p75, longestTask: noLongTask, alert: { op: '>', value: 500, unit: 'ms' } } as const;
    const timings = timingsOf(equal(20, 200, { longTasksMs: [900] }));
    expect(judgeOne(criterion, given.evidenceOf([timings])).alerting).toBe(false);
  });
});

describe('what was observed', () => {
  it.each([
    ['no samples', p75, timingsOf([])],
    ['no requests', errors, ratioOf(0, 0)],
    ['no checks', checks, checksOf()],
  ])('is left out where there was nothing to observe: %s', (_name, criterion, measurement) => {
    expect(judgeOne(criterion, given.evidenceOf([measurement]))).not.toHaveProperty('observed');
  });

  it.each([
    ['too few samples', p75, timingsOf(equal(2, 100)), { statistic: 'p75', value: 100, unit: 'ms', samples: 2 }],
    ['too few requests', errors, ratioOf(0, 4), { statistic: 'ratio', value: 0, unit: 'ratio', samples: 4 }],
    ['few requests', errors, ratioOf(1, 4), { statistic: 'ratio', value: 0.25, unit: 'ratio', samples: 4 }],
    ['a count', seen, occurrencesOf(2, 30), { statistic: 'count', value: 2, unit: 'count', samples: 30 }],
    ['too few checks', checks, checksOf(true), { statistic: 'failed checks', value: 0, unit: 'count', samples: 1 }],
    [
      'a false check',
      checks,
      checksOf(true, false),
      { statistic: 'failed checks', value: 1, unit: 'count', samples: 2 },
    ],
  ])('is there otherwise, decided or not: %s', (_name, criterion, measurement, observed) => {
    expect(judgeOne(criterion, given.evidenceOf([measurement])).observed).toMatchObject(observed);
  });
});

describe('an interval without an end', () => {
  it('says so, and that nothing could have failed', () => {
    const p5 = { ...p75, statistic: { kind: 'percentile', p: 5 } } as const;
    const finding = judgeOne(p5, given.evidenceOf([timingsOf(equal(20, 200))]));
    expect(finding).toMatchObject({ outcome: 'pass', observed: { interval: [null, 204] } });
    expect(finding).not.toHaveProperty('detects');
  });
});

describe('how many more samples would decide', () => {
  const needsOf = (criterion: Partial<Criterion>, measurement: Measurement) =>
    judgeOne(criterion, given.evidenceOf([measurement])).needs;

  it('is the same whether the late ones appeared late or never', () => {
    const late = timingsOf([...equal(26, 200), ...equal(4, 900)]);
    const never = timingsOf(equal(26, 200), { losses: lossesOf(4, 'never-painted') });
    expect(needsOf(p75, late)).toMatch(/^about \d+ more samples/);
    expect(needsOf(p75, never)).toBe(needsOf(p75, late));
  });

  it('counts no end that does not exist', () => {
    const above100 = { ...p75, limit: { op: '>', value: 100, unit: 'ms' } } as const;
    const open = timingsOf([...equal(3, 50), ...equal(5, 150)]);
    // Of twelve the lower rank is the sixth, and seven would lie above the limit; no upper rank exists.
    expect(needsOf(above100, open)).toBe('about 4 more samples, if they fall as these did');
  });
});

describe('missing evidence', () => {
  it.each([
    ['nothing ran', []],
    ['the probe did not measure this', [given.evidenceOf([])]],
    ['the probe was unavailable', [given.unavailableBecause(given.qualityIssueOf('target-unreachable'))]],
  ])('never passes or fails: %s', (_name, evidence) => {
    for (const criterion of [p75, p95, errors, seen, checks]) {
      const finding = judgeOne(criterion, ...evidence);
      expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'no-evidence', alerting: false });
      expect(finding.needs).toBeTruthy();
      expect(finding).not.toHaveProperty('observed');
      expect(finding).not.toHaveProperty('detects');
    }
  });

  it('is explained by the doubts of the probe that should have brought it, and by no other', () => {
    const other = { ...given.unavailableBecause(given.qualityIssueOf('rate-limited')), probe: 'another-probe' };
    const finding = judgeOne({}, given.unavailableBecause(given.qualityIssueOf('probe-crashed')), other);
    expect(finding.message).toBe('the.sli was not measured: What happened was probe-crashed.');
    expect(finding.evidence).toEqual(['evidence/the-probe.json']);
  });
});

describe('groups', () => {
  const groups = { ...p75, groups: ['a', 'b'] };
  const grouped = (a: readonly number[], b: readonly number[]) =>
    timingsOf([
      ...a.map((valueMs) => sampleOf(valueMs, { group: 'a' })),
      ...b.map((valueMs) => sampleOf(valueMs, { group: 'b' })),
    ]);
  const many = (valueMs: number) => Array.from({ length: 20 }, () => valueMs);

  it.each([
    ['all pass: the nearest to its limit is shown', many(100), many(250), 'pass', 'b: 250'],
    ['one fails: it decides', many(400), many(100), 'fail', 'a: 400'],
    ['all are equal: the first is shown', many(100), many(100), 'pass', 'a: 100'],
    ['both fail: the further beyond is shown', many(400), many(500), 'fail', 'b: 500'],
    ['one undecided beats one passed', many(299), many(100), 'inconclusive', 'a: 299'],
    ['one failed beats one undecided', many(299), many(400), 'fail', 'b: 400'],
  ])('are judged alone: %s', (_name, a, b, outcome, shown) => {
    const finding = judgeOne(groups, given.evidenceOf([grouped(a, b)]));
    expect(finding.outcome).toBe(outcome);
    expect(finding.message).toContain(`${shown.split(':')[0]}: `);
    expect(finding.observed?.value).toBe(Number(shown.split(': ')[1]));
    expect(finding.parts.map(({ label }) => label)).toEqual(['a', 'b']);
  });

  it('are not saved by samples of another group', () => {
    const finding = judgeOne(groups, given.evidenceOf([grouped(many(100), [])]));
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'group-missing', needs: 'samples of b' });
    expect(finding.message).toBe(
      'b: Nothing was measured for b, which must be there. Of 2 parts, 0 failed, 1 undecided, 1 passed.',
    );
  });

  it('that are missing come before groups that are only undecided', () => {
    expect(judgeOne(groups, given.evidenceOf([grouped(many(299), [])])).reason).toBe('group-missing');
    expect(judgeOne(groups, given.evidenceOf([grouped([], many(299))])).reason).toBe('group-missing');
  });

  it('that are not asked for are not judged', () => {
    const timings = timingsOf([...grouped(many(100), many(100)).samples, ...equal(50, 900, { group: 'c' })]);
    expect(judgeOne(groups, given.evidenceOf([timings])).outcome).toBe('pass');
  });

  it('that only have lost attempts have too few samples', () => {
    const timings = { ...grouped(many(100), []), losses: lossesOf(3, 'step-failed', { group: 'b' }) };
    const finding = judgeOne(groups, given.evidenceOf([timings]));
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'too-few-samples' });
    expect(finding.message).toContain('3 of 3 attempts gave no sample (step-failed: the heading was gone).');
  });

  it('each have their own long-task part, and its limit stands in the finding when it decides', () => {
    const busy = equal(20, 100, { group: 'b', longTasksMs: [90] });
    const timings = timingsOf([...equal(20, 100, { group: 'a' }), ...busy]);
    const finding = judgeOne({ ...groups, longestTask: noLongTask }, given.evidenceOf([timings]));
    expect(finding.parts.map(({ label, outcome }) => [label, outcome])).toEqual([
      ['a', 'pass'],
      ['a, longest task', 'pass'],
      ['b', 'pass'],
      ['b, longest task', 'fail'],
    ]);
    expect(finding).toMatchObject({
      outcome: 'fail',
      limit: noLongTask,
      observed: { statistic: 'longest task', value: 90 },
    });
  });
});

describe('properties', () => {
  const value = fc.integer({ min: 1, max: 600 });
  const values = fc.array(value, { minLength: 0, maxLength: 60 });
  const outcomeOf = (list: readonly number[]) =>
    judgeOne(p75, given.evidenceOf([timingsOf(list.map((each) => sampleOf(each)))])).outcome;

  it('the order of samples does not matter', () => {
    fc.assert(
      fc.property(values, (list) => {
        const timings = (order: readonly number[]) =>
          given.evidenceOf([timingsOf(order.map((each) => sampleOf(each)))]);
        expect(judgeOne(p75, timings([...list].reverse()))).toEqual(judgeOne(p75, timings(list)));
      }),
    );
  });

  it('slower samples never give a better outcome', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(400), { minLength: 60, maxLength: 60 }), (list, delays) => {
        const slower = list.map((each, index) => each + (delays[index] ?? 0));
        expect(worst(outcomeOf(list), outcomeOf(slower))).toBe(outcomeOf(slower));
      }),
    );
  });

  it('a sample that never appears instead of appearing late is no better', () => {
    fc.assert(
      fc.property(values, fc.nat(20), (list, lost) => {
        const kept = list.slice(lost);
        const samples = kept.map((each) => sampleOf(each));
        const losses = lossesOf(list.length - kept.length, 'never-painted');
        const { outcome } = judgeOne(p75, given.evidenceOf([timingsOf(samples, { losses })]));
        expect(worst(outcomeOf(list), outcome)).toBe(outcome);
      }),
    );
  });

  it('more of the same never loses certainty', () => {
    fc.assert(
      fc.property(values, (list) => {
        const once = outcomeOf(list);
        if (once !== 'inconclusive') expect(outcomeOf([...list, ...list])).toBe(once);
      }),
    );
  });

  it('more errors never give a better outcome, nor do fewer hits', () => {
    const share = fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => ratioOf(Math.min(a, b), Math.max(a, b, 1)));
    fc.assert(
      fc.property(share, (ratio) => {
        const more = { ...ratio, numerator: Math.min(ratio.numerator + 1, ratio.denominator) };
        const outcome = (criterion: Partial<Criterion>, one: Measurement) =>
          judgeOne({ ...criterion, minSamples: 1 }, given.evidenceOf([one])).outcome;
        expect(worst(outcome(errors, ratio), outcome(errors, more))).toBe(outcome(errors, more));
        expect(worst(outcome(hits, ratio), outcome(hits, more))).toBe(outcome(hits, ratio));
      }),
    );
  });

  it('what the run is said to detect would have failed', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 13, maxLength: 60 }), (list) => {
        const { observed, detects } = judgeOne(p75, given.evidenceOf([timingsOf(list.map((each) => sampleOf(each)))]));
        const detected = Number(/above ([\d.]+) ms/.exec(detects ?? '')?.[1]);
        const shift = detected + 1 - (observed?.value ?? Number.NaN);
        expect(outcomeOf(list.map((each) => each + shift))).toBe('fail');
      }),
    );
  });
});
