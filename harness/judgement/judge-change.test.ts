import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaselineRun } from '../model/baseline.ts';
import type { Limit } from '../model/criterion.ts';
import type { Distribution, MachineNoise, Measurement, TimingSample } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import {
  acceptedRun,
  criterionOf,
  distributionOf,
  evidenceOf,
  judge,
  lossesOf,
  machineOf,
  ratioOf,
  sampleOf,
  timingsOf,
} from './evidence.fixture.ts';

const within: Limit = { op: '<=', value: 50, unit: 'ms' };

interface Comparison {
  readonly before: readonly Measurement[];
  readonly after: Measurement;
  readonly limit?: Limit;
  readonly p?: number;
  readonly minSamples?: number;
  readonly noise?: Partial<MachineNoise>;
  readonly unavailable?: string;
}

/** The finding of a percentile after, against that of one accepted run for each measurement before. */
function compare({ before, after, limit = within, p = 75, minSamples = 5, noise, unavailable }: Comparison): Finding {
  const runs = before.map(
    (one, index): BaselineRun =>
      acceptedRun({ id: `run-${index}`, measurements: [one], ...(noise === undefined ? {} : { noise }) }),
  );
  const [first, ...others] = runs;
  const statistic = {
    kind: 'change' as const,
    p,
    ...(first === undefined ? {} : { baseline: [first, ...others] as const }),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
  const [finding] = judge([criterionOf({ limit, statistic, minSamples })], [evidenceOf([after])]);
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

/** So many samples from `ms - 10` to `ms + 10`. */
const around = (ms: number, count = 60): TimingSample[] =>
  Array.from({ length: count }, (_, index) => sampleOf(ms - 10 + (20 * index) / (count - 1)));

const exact = { uncertaintyMs: 0 };
const timings = (ms: number, count = 60) => timingsOf(around(ms, count), exact);

describe('a change against a baseline', () => {
  it('passes when it is within the tolerance, and says what was compared', () => {
    const finding = compare({ before: [timings(200)], after: timings(202) });
    expect(finding).toMatchObject({ outcome: 'pass', reason: 'interval-within-limit' });
    expect(finding.observed).toMatchObject({ statistic: 'change of p75', unit: 'ms', samples: 60 });
    expect(finding.observed?.value).toBeCloseTo(2);
    expect(finding.observed?.compared?.nowMs).toBeCloseTo(207, 0);
    expect(finding.observed?.compared?.beforeMs).toBeCloseTo(205, 0);
    expect(finding.observed?.compared?.runs).toEqual(['run-0']);
    expect(finding.message).toMatch(
      /^p75 went from 205 ms \(60 samples of run-0, release r1, accepted by somebody on 2026-11-01\) to 207 ms \(60 samples\), a change of 2\.0 ms; with 95 % confidence/,
    );
    expect(finding.message).not.toContain('than the baseline');
  });

  it('fails when it is beyond the tolerance and beyond noise, and says from where on it would have', () => {
    const finding = compare({ before: [timings(200)], after: timings(270) });
    expect(finding).toMatchObject({ outcome: 'fail', reason: 'interval-beyond-limit' });
    expect(finding.message).toContain('It is slower than the baseline.');
    expect(finding.detects).toMatch(/^a change of p75 above 5\d\.\d ms would have failed$/);
  });

  it('passes what became faster, and says so', () => {
    const { outcome, message } = compare({ before: [timings(200)], after: timings(150) });
    expect(outcome).toBe('pass');
    expect(message).toContain('It is faster than the baseline.');
  });

  it('does not decide what the samples do not decide', () => {
    const { outcome, reason, needs } = compare({ before: [timings(200)], after: timings(250) });
    expect([outcome, reason]).toEqual(['inconclusive', 'interval-spans-limit']);
    expect(needs).toContain('more samples');
  });

  it('counts the uncertainty of both instruments', () => {
    const inexact = (ms: number) => ({ ...timings(ms), uncertaintyMs: 40 });
    const finding = compare({ before: [inexact(200)], after: inexact(202) });
    expect(finding.reason).toBe('too-close-to-limit');
    expect(finding.message).toContain('exact only to 56.6 ms');
  });

  it.each([
    ['too slow at the time of the baseline: a regression would not show', 202, 'within'],
    ['too slow now: it would look like a regression', 270, 'beyond'],
  ])('does not decide on a machine that may have been %s', (_, ms, side) => {
    const noisy = { timingsRatio: 0.5 };
    const before = [timings(200)];
    const now = side === 'beyond' ? {} : { noise: noisy };
    const finding =
      side === 'beyond' ? onNoisyMachine(before, timings(ms)) : compare({ before, after: timings(ms), ...now });
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'within-noise-floor' });
    expect(finding.message).toContain(`The samples alone are ${side} the limit`);
  });

  it('is doubted on a machine that was not calibrated', () => {
    const unknown = { timingsRatio: null, loadsMs: null };
    const statistic = {
      kind: 'change' as const,
      p: 75,
      baseline: [acceptedRun({ id: 'run-0', measurements: [timings(200)], noise: unknown })] as const,
    };
    const machine = { ...machineOf({}), measurements: [] };
    const [finding] = judge([criterionOf({ limit: within, statistic })], [machine, evidenceOf([timings(200)])]);
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'evidence-doubted' });
    const load = distributionOf([[100, 2000]], exact);
    expect(compare({ before: [load], after: load, p: 95, noise: unknown }).outcome).toBe('pass');
  });

  it('takes a tolerance that is a share of the baseline', () => {
    const limit: Limit = { op: '<=', value: 0.1, unit: 'ratio' };
    const finding = compare({ before: [timings(200)], after: timings(260), limit });
    expect(finding.outcome).toBe('fail');
    expect(finding.observed).toMatchObject({ unit: 'ratio' });
    expect(finding.observed?.value).toBeCloseTo(60 / 205, 1);
    expect(compare({ before: [timings(200)], after: timings(201), limit }).outcome).toBe('pass');
  });

  it('compares the percentile of many nightly runs put together', () => {
    const { message, outcome } = compare({ before: [timings(200), timings(204), timings(208)], after: timings(204) });
    expect(outcome).toBe('pass');
    expect(message).toContain('(180 samples of 3 nightly runs, the newest run-0)');
  });

  it('takes the noise of the middle one of many nights', () => {
    const nights = (noises: readonly number[]) => {
      const [first, ...others] = noises.map((timingsRatio, night) =>
        acceptedRun({ id: `night-${night}`, measurements: [timings(200)], noise: { timingsRatio } }),
      );
      if (first === undefined) throw new Error('no night');
      const statistic = { kind: 'change' as const, p: 75, baseline: [first, ...others] as const };
      return judge([criterionOf({ limit: within, statistic })], [evidenceOf([timings(202)])])[0]?.outcome;
    };
    expect(nights([0.02, 0.5, 0.01])).toBe('pass');
    expect(nights([0.5, 0.02, 0.5])).toBe('inconclusive');
    expect(nights([0.5, 0.01])).toBe('inconclusive');
  });

  it('compares loads, request by request', () => {
    const load = (ms: number) =>
      distributionOf(
        [
          [ms, 1900],
          [ms + 5, 100],
        ],
        exact,
      );
    expect(compare({ before: [load(100), load(101)], after: load(104), p: 95 }).outcome).toBe('pass');
    expect(compare({ before: [load(100)], after: load(160), p: 95 }).outcome).toBe('fail');
  });

  it('counts neighbouring requests of a stall once, where it decides', () => {
    const slices = (stallMs: number) =>
      Array.from({ length: 40 }, (_, second) => {
        const { histogram, count } = distributionOf([[second < 4 ? stallMs : 100, 50]]);
        return { second, histogram, count };
      });
    const load = (stallMs: number, given: Partial<Distribution> = {}) =>
      distributionOf(
        [
          [100, 1800],
          [stallMs, 200],
        ],
        { ...exact, ...given },
      );
    const steady = [distributionOf([[100, 2000]], exact)];
    // Four of forty seconds were slow: independent, they would prove that 10 % of all requests are.
    expect(compare({ before: steady, after: load(300), p: 95 }).outcome).toBe('fail');
    expect(compare({ before: steady, after: load(300, { slices: slices(300) }), p: 95 }).outcome).toBe('inconclusive');
    // A stall within the tolerance decides nothing.
    expect(compare({ before: steady, after: load(120, { slices: slices(120) }), p: 95 }).outcome).toBe('pass');
  });

  it('does not fail for a machine that was slowed down, nor pass against one that was', () => {
    const slowed = (ms: number): Measurement =>
      timingsOf(
        around(ms).map((sample) => ({ ...sample, referenceMs: [16, 16] as const })),
        exact,
      );
    expect(compare({ before: [timings(200)], after: slowed(270) }).outcome).toBe('inconclusive');
    expect(compare({ before: [slowed(200)], after: timings(202), noise: { referenceMs: 8 } }).outcome).toBe(
      'inconclusive',
    );
    const load = distributionOf([[200, 2000]], exact);
    const after = distributionOf([[270, 2000]], { ...exact, referenceMs: [16, 16] });
    expect(compare({ before: [load], after, p: 95 }).outcome).toBe('inconclusive');
  });

  it('takes what was never painted for longer than it was waited for', () => {
    const withLosses = { ...timingsOf(around(200, 30), exact), losses: lossesOf(20, 'never-painted') };
    const { outcome, observed } = compare({ before: [timings(200)], after: withLosses });
    expect(outcome).toBe('fail');
    expect(observed?.samples).toBe(50);
    expect(compare({ before: [withLosses], after: timings(200) }).observed?.interval?.[0]).toBeNull();
  });

  it('does not rely on a run that lost too many attempts', () => {
    const lossy = { ...timings(202), losses: lossesOf(30, 'step-failed') };
    expect(compare({ before: [timings(200)], after: lossy })).toMatchObject({
      outcome: 'inconclusive',
      reason: 'evidence-doubted',
    });
  });

  it('needs enough samples on either side', () => {
    const few = { before: [timings(200, 8)], after: timings(202), minSamples: 15 };
    expect(compare(few)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      needs: 'at least 7 more samples',
    });
    expect(compare({ before: [timings(200)], after: timings(202, 6) }).reason).toBe('too-few-samples');
    const nothing = { before: [timings(200)], after: timingsOf([], exact) };
    expect(compare(nothing)).toMatchObject({ outcome: 'inconclusive', reason: 'too-few-samples' });
    expect(compare({ before: [timingsOf([], exact)], after: timings(200) }).reason).toBe('too-few-samples');
    const one = compare({ before: [timingsOf([sampleOf(200)], exact)], after: timingsOf([sampleOf(200)], exact) });
    expect(one).toMatchObject({ outcome: 'inconclusive', observed: { interval: [null, null] } });
    expect(one.detects).toBeUndefined();
    // What is beyond doubt needs no more of them.
    expect(compare({ before: [timings(200, 14)], after: timings(900), minSamples: 15 }).outcome).toBe('fail');
  });

  it('is a mistake of the configuration where the two are of different kinds, or of another kind', () => {
    const load = distributionOf([[200, 2000]]);
    for (const comparison of [
      { before: [load], after: timings(200) },
      { before: [timings(200)], after: ratioOf(1, 100) },
      { before: [], after: timings(200) },
    ]) {
      expect(compare(comparison).reason).toBe('wrong-kind-of-evidence');
    }
  });

  it('is undecided where the store did not say what there is to compare with', () => {
    const finding = compare({ before: [], after: timings(200), unavailable: 'the store does not answer' });
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'baseline-unavailable' });
    expect(finding.message).toContain('the store does not answer');
  });

  it('never becomes better when every sample takes longer', () => {
    const ranks = { pass: 0, inconclusive: 1, fail: 2 };
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 300 }), fc.integer({ min: 0, max: 100 }), (ms, more) => {
        const before = [timings(200)];
        const [faster, slower] = [timings(ms), timings(ms + more)].map((after) => compare({ before, after }).outcome);
        expect(ranks[slower ?? 'pass']).toBeGreaterThanOrEqual(ranks[faster ?? 'fail']);
      }),
      { numRuns: 50 },
    );
  });
});

/** On a machine whose own clicks differ by half from one run to the next. */
function onNoisyMachine(before: readonly Measurement[], after: Measurement): Finding {
  const [first] = before.map((one) => acceptedRun({ id: 'run-0', measurements: [one] }));
  if (first === undefined) throw new Error('nothing before');
  const slow = Array.from({ length: 24 }, () => 150);
  const fast = Array.from({ length: 24 }, () => 100);
  const statistic = { kind: 'change' as const, p: 75, baseline: [first] as const };
  const [finding] = judge(
    [criterionOf({ limit: within, statistic, minSamples: 5 })],
    [machineOf({ clicksMs: [fast, slow] }), evidenceOf([after])],
  );
  if (finding === undefined) throw new Error('no finding');
  return finding;
}
