import fc from 'fast-check';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { bothSides } from './errors.ts';
import { observeValues as observeBounded, observeHistogram } from './observations.ts';
import { quantileInterval, quantileRanks, samplesToBound } from './quantile-interval.ts';

const median = { percentile: 50, errors: bothSides(0.95) };
const p75 = { percentile: 75, errors: bothSides(0.95) };
const p95 = { percentile: 95, errors: bothSides(0.95) };

const observeValues = (valuesMs: readonly number[], waitedMs: readonly number[]) =>
  observeBounded(
    valuesMs.map((valueMs) => ({ lowMs: valueMs, valueMs, highMs: valueMs })),
    waitedMs,
  );

describe('ranks that bound a percentile', () => {
  // The textbook table of 95 % intervals of a median, which is that of the sign test.
  it.each([
    [5, null, null],
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
    [30, 10, 21],
    [100, 40, 61],
  ])('of the median of %i are those of the published table', (count, lower, upper) => {
    expect(quantileRanks(count, median)).toMatchObject({ lower, upper });
  });

  // Computed from SciPy's binom.cdf by trying every rank.
  it.each([
    [2, { percentile: 99, errors: bothSides(0.95) }, { point: 2, lower: 2, upper: null }],
    [12, p75, { point: 9, lower: 6, upper: null }],
    [13, p75, { point: 10, lower: 7, upper: 13 }],
    // Three fair coins fall the same way with a probability of exactly an eighth.
    [3, { percentile: 50, errors: bothSides(0.75) }, { point: 2, lower: 1, upper: 3 }],
    [30, p75, { point: 23, lower: 18, upper: 28 }],
    [30, p95, { point: 29, lower: 26, upper: null }],
    [1_000_000, p75, { point: 750_000, lower: 749_151, upper: 750_849 }],
    [1_000_000, p95, { point: 950_000, lower: 949_572, upper: 950_428 }],
  ])('of %i observations agree with the reference', (count, question, expected) => {
    expect(quantileRanks(count, question)).toEqual(expected);
  });

  it('estimates by nearest rank, untroubled by floating point', () => {
    const point = (count: number, percentile: number) =>
      quantileRanks(count, { percentile, errors: bothSides(0.95) }).point;
    expect(point(1, 1)).toBe(1);
    expect(point(20, 55)).toBe(11);
    expect(point(1000, 99.9)).toBe(999);
    expect(point(4, 75)).toBe(3);
    expect(point(5, 75)).toBe(4);
  });

  it.each([
    [p75, 'upper', 13],
    [p75, 'lower', 3],
    [{ ...p75, designEffect: 2.5 }, 'upper', 33],
    [p95, 'upper', 72],
    [median, 'lower', 6],
  ] as const)('exist from a known number of observations on: %o, %s side, %i', (question, side, count) => {
    expect(samplesToBound(question, side)).toBe(count);
    expect(quantileRanks(count - 1, question)[side]).toBeNull();
    expect(quantileRanks(count, question)[side]).not.toBeNull();
  });

  it('never lose certainty by more of the same', () => {
    for (const question of [median, p75, p95, { percentile: 99, errors: bothSides(0.95) }]) {
      for (let count = 1; count <= 400; count += 1) {
        const once = quantileRanks(count, question);
        const twice = quantileRanks(2 * count, question);
        // Rank r of the samples is ranks 2r − 1 and 2r of the samples taken twice.
        if (once.lower !== null) expect(Math.ceil((twice.lower ?? 0) / 2)).toBeGreaterThanOrEqual(once.lower);
        if (once.upper !== null) expect(Math.ceil((twice.upper ?? Infinity) / 2)).toBeLessThanOrEqual(once.upper);
      }
    }
  });
});

describe('interval of a percentile', () => {
  const samples = fc.array(fc.double({ min: 0, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 80 });

  it('does not depend on the order of the samples', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const reversed = quantileInterval(observeValues([...values].reverse(), []), p75);
        expect(quantileInterval(observeValues(values, []), p75)).toEqual(reversed);
      }),
    );
  });

  it('leaves open what was never seen to end: such observations rank above every sample', () => {
    const estimate = quantileInterval(observeValues([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5000, 5000, 5000, 5000]), p75);
    expect(estimate).toMatchObject({ valueMs: 5000, openEnded: true, interval: [7, null] });
  });

  it('of a histogram holds the exact one, and is no wider than its buckets', () => {
    const microseconds = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 80, maxLength: 300 });
    fc.assert(
      fc.property(microseconds, (values) => {
        const histogram = build({
          lowestDiscernibleValue: 1,
          highestTrackableValue: 60_000_000,
          numberOfSignificantValueDigits: 3,
        });
        for (const value of values) histogram.recordValue(value);
        const counted = observeHistogram(encodeIntoCompressedBase64(histogram));
        const exact = quantileInterval(
          observeValues(
            values.map((value) => value / 1000),
            [],
          ),
          p95,
        );
        const estimate = quantileInterval(counted, p95);
        expect(counted.count).toBe(values.length);
        for (const end of [0, 1] as const) {
          const exactEnd = exact.interval[end] ?? Number.NaN;
          const width = exactEnd * 0.001 + 0.001;
          const outward = (exactEnd - (estimate.interval[end] ?? Number.NaN)) * (end === 0 ? 1 : -1);
          expect(outward).toBeGreaterThanOrEqual(0);
          expect(outward).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not exist without observations', () => {
    expect(() => quantileInterval(observeValues([], []), p75)).toThrow('no item');
  });
});
