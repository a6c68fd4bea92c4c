import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designEffect } from './design-effect.ts';
import { criterionOf, distributionOf, evidenceOf, judge, ratioOf } from './evidence.fixture.ts';

const slices = (...hits: readonly number[]) => hits.map((one) => ({ count: 50, hits: one }));
const repeat = (times: number, ...hits: readonly number[]) => Array.from({ length: times }, () => hits).flat();

describe('design effect', () => {
  it('is one where every slice says the same', () => {
    expect(designEffect(slices(...repeat(30, 5)))).toBe(1);
  });

  it('is one where the slices differ as much as independent requests would, to the letter', () => {
    // Half of 144 in each of ten slices, with a variance between them of 144 · ½ · ½: (4 · 9²) ÷ 9 is 36.
    const hits = [81, 63, 81, 63, 72, 72, 72, 72, 72, 72];
    expect(designEffect(hits.map((one) => ({ count: 144, hits: one })))).toBe(1);
  });

  it('is one where there is nothing, or nothing but hits', () => {
    expect(designEffect(slices(...repeat(30, 0)))).toBe(1);
    expect(designEffect(slices(...repeat(30, 50)))).toBe(1);
    expect(designEffect([])).toBe(1);
  });

  it('is not told from fewer than ten slices', () => {
    expect(designEffect(slices(50, ...repeat(8, 0)))).toBe(1);
    expect(designEffect(slices(50, ...repeat(9, 0)))).toBeGreaterThan(1);
  });

  it('of whole slices is their size, enlarged for a variance known from thirty', () => {
    // Each slice is all or nothing: 50 requests are one. (t₂₉ ÷ z)² is 1.089.
    const effect = designEffect(slices(...repeat(15, 0, 50)));
    expect(effect).toBeCloseTo(50 * (30 / 29) * 1.0889, 1);
  });

  it('sees a dependence longer than a slice', () => {
    const stalls = slices(...repeat(4, 0, 0, 0, 0, 50, 50, 50, 50));
    const mixed = slices(...repeat(16, 0, 50));
    expect(designEffect(stalls)).toBeGreaterThan(1.8 * designEffect(mixed));
    // Sixteen blocks of two slices, each all or nothing: 100 requests are one. Student's t₁₅ is 2.13145, z is 1.95996.
    expect(designEffect(stalls)).toBeCloseTo(100 * (16 / 15) * (2.13145 / 1.95996) ** 2, 1);
  });

  it('is never less than one', () => {
    const slice = fc.record({ count: fc.integer({ min: 1, max: 100 }), hits: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(fc.array(slice, { maxLength: 60 }), (all) => {
        expect(designEffect(all)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('a ratio whose failures come together', () => {
  const errors = criterionOf({ statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.005, unit: 'ratio' } });
  const inSeconds = (...failures: readonly number[]) => ({
    ...ratioOf(
      failures.reduce((sum, one) => sum + one, 0),
      failures.length * 50,
    ),
    slices: failures.map((numerator, second) => ({ second, numerator, denominator: 50 })),
  });

  it('fails when they are spread, and is undecided when all are of one moment', () => {
    const spread = judge([errors], [evidenceOf([inSeconds(...repeat(10, 1, 0, 1))])]);
    expect(spread).toMatchObject([{ outcome: 'fail' }]);
    const together = judge([errors], [evidenceOf([inSeconds(20, ...repeat(29, 0))])]);
    expect(together).toMatchObject([
      { outcome: 'inconclusive', message: expect.stringContaining('Neighbours in time resembled each other') },
    ]);
  });
});

describe('a percentile of requests', () => {
  const latency = criterionOf({
    statistic: { kind: 'percentile', p: 95 },
    limit: { op: '<', value: 200, unit: 'ms' },
    minSamples: 100,
  });
  const inSeconds = (...late: readonly number[]) => {
    const slices = late.map((slow, second) => {
      const { histogram, count } = distributionOf([
        [50, 50 - slow],
        [900, slow],
      ]);
      return { second, histogram, count };
    });
    const all = late.reduce((sum, slow) => sum + slow, 0);
    return {
      ...distributionOf([
        [50, 50 * late.length - all],
        [900, all],
      ]),
      slices,
    };
  };

  it('fails when a tenth is late all over the load, and is undecided when one stall made it so', () => {
    const spread = judge([latency], [evidenceOf([inSeconds(...repeat(30, 5))])]);
    expect(spread).toMatchObject([{ outcome: 'fail' }]);
    const together = judge([latency], [evidenceOf([inSeconds(50, 50, 50, ...repeat(27, 0))])]);
    expect(together).toMatchObject([
      { outcome: 'inconclusive', message: expect.stringContaining('Neighbours in time resembled each other') },
    ]);
  });

  it('is not made uncertain by what happens well within the limit', () => {
    const [finding] = judge([latency], [evidenceOf([inSeconds(...repeat(30, 0))])]);
    expect(finding).toMatchObject({ outcome: 'pass', message: expect.not.stringContaining('Neighbours') });
  });
});
