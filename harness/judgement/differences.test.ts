import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftBetween, type TwoSamples } from './differences.ts';

/** M. Hollander & D. A. Wolfe (1973), p. 69: the example of R's wilcox.test. */
const membranes: TwoSamples = {
  before: [1.15, 0.88, 0.9, 0.74, 1.21],
  after: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
};
const drawn: TwoSamples = {
  before: [
    103.456, 108.216, 103.304, 86.968, 109.054, 104.464, 94.63, 105.811, 103.646, 102.941, 100.284, 105.467, 92.635,
    98.371, 95.179, 105.988, 100.397, 97.075, 92.181, 97.428,
  ],
  after: [
    106.081, 103.244, 118.941, 116.067, 78.888, 87.11, 104.252, 101.778, 108.136, 108.173, 127.178, 94.88, 102.224,
    126.428, 112.467, 112.631, 100.86, 89.519, 107.675, 107.09, 93.726, 99.168, 105.28, 96.552,
  ],
};

/** The two-sided p of Mann and Whitney's test by its definition: over all ways to deal the ranks out. */
function significance({ before, after }: TwoSamples): number {
  const all = [...before, ...after].toSorted((a, b) => a - b);
  const below = (sum: number): number => Math.min(sum, before.length * (all.length + 1) - sum);
  const seen = below(before.reduce((sum, value) => sum + all.indexOf(value) + 1, 0));
  const sums = (rank: number, wanted: number, sum: number): number[] => {
    if (wanted === 0) return [sum];
    return rank > all.length ? [] : [...sums(rank + 1, wanted - 1, sum + rank), ...sums(rank + 1, wanted, sum)];
  };
  const ways = sums(1, before.length, 0);
  return ways.filter((sum) => below(sum) <= seen).length / ways.length;
}

describe('the shift of Hodges and Lehmann', () => {
  it('agrees with the reference', () => {
    expect(shiftBetween(drawn, 0.95)).toEqual({
      estimate: expect.closeTo(3.7855, 10),
      interval: [expect.closeTo(-1.215, 10), expect.closeTo(9.304, 10)],
    });
    expect(shiftBetween(membranes, 0.95)?.estimate).toBeCloseTo(0.305, 10);
  });

  it('of many pairs rests on the normal distribution, and holds what was put in', () => {
    const before = Array.from({ length: 60 }, (_, index) => 100 + index);
    const { estimate, interval } = shiftBetween({ before, after: before.map((value) => value + 12.5) }, 0.95) ?? {};
    expect(estimate).toBeCloseTo(12.5, 10);
    expect(interval?.[0]).toBeGreaterThan(4);
    expect(interval?.[0]).toBeLessThan(12.5);
    expect(interval?.[1]).toBeLessThan(21);
  });

  // The differences are whole numbers without a gap or a tie, so that the interval tells the ranks of its ends: 965 below it
  // of 2,500 counted out in whole numbers, 1,425 of 3,600 by the normal distribution.
  it.each([
    [50, { estimate: 1200.5, interval: [965 - 49, 2450 - 965] }],
    [60, { estimate: 1740.5, interval: [1425 - 59, 3540 - 1425] }],
  ])('leaves a known number of differences out on either side: %i with %i', (size, expected) => {
    const before = Array.from({ length: size }, (_, index) => index);
    expect(shiftBetween({ before, after: before.map((value) => value * size) }, 0.95)).toEqual(expected);
  });

  it('may have all differences as its interval', () => {
    const shift = shiftBetween({ before: [1, 2, 3, 4, 5], after: [6, 7, 8, 9, 10] }, 0.99);
    expect(shift).toEqual({ estimate: 5, interval: [1, 9] });
  });

  it('does not exist where the samples cannot give so much confidence', () => {
    expect(shiftBetween({ before: [1, 2, 3, 4], after: [5, 6, 7, 8, 9] }, 0.95)).toBeNull();
    expect(shiftBetween({ before: [1, 2, 3, 4, 5], after: [5, 6, 7, 8, 9] }, 0.999)).toBeNull();
  });

  const values = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 8, maxLength: 60 });

  it('moves with the samples, and turns round with them', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: -500, max: 500 }), (before, after, by) => {
        const shift = shiftBetween({ before, after }, 0.9);
        const moved = shiftBetween({ before, after: after.map((value) => value + by) }, 0.9);
        const turned = shiftBetween({ before: after, after: before }, 0.9);
        if (shift === null || moved === null || turned === null) throw new Error('too few');
        expect(moved.estimate).toBeCloseTo(shift.estimate + by, 6);
        expect(turned.estimate).toBeCloseTo(-shift.estimate, 6);
        expect(turned.interval[0]).toBeCloseTo(-shift.interval[1], 6);
        expect(shift.interval[0]).toBeLessThanOrEqual(shift.estimate);
        expect(shift.interval[1]).toBeGreaterThanOrEqual(shift.estimate);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves zero out only where the test of Mann and Whitney is significant', () => {
    // SciPy 1.17, mannwhitneyu.
    expect(significance(membranes)).toBeCloseTo(0.2544122544122544, 10);
    const few = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 13, maxLength: 14 });
    fc.assert(
      fc.property(few, (values) => {
        const samples = { before: values.slice(0, 6), after: values.slice(6) };
        const [lower, upper] = shiftBetween(samples, 0.95)?.interval ?? [0, 0];
        expect(significance(samples) <= 0.05).toBe(lower > 0 || upper < 0);
      }),
      { numRuns: 100 },
    );
  });
});
