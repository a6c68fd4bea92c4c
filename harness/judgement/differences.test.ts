import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, mannWhitney, shiftBetween, type TwoSamples } from './differences.ts';

/** M. Hollander & D. A. Wolfe (1973), p. 69: the example of R's wilcox.test. */
const membranes: TwoSamples = {
  before: [1.15, 0.88, 0.9, 0.74, 1.21],
  after: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
};
const tied: TwoSamples = { before: [1, 2, 2, 3, 4, 5, 5, 6, 8, 9], after: [2, 4, 5, 7, 8, 8, 9, 10, 11, 12, 13] };
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

// Expected values: SciPy 1.17, mannwhitneyu and ks_2samp.
describe('the test of Mann and Whitney', () => {
  it.each([
    ['of Hollander and Wolfe’s membranes', membranes, 0.2544122544122544],
    ['of 20 and 24 drawn values', drawn, 0.14848331390414765],
  ])('is exact without ties: %s', (_name, samples, expected) => {
    expect(mannWhitney(samples)).toBeCloseTo(expected, 10);
  });

  it('is corrected for ties', () => {
    expect(mannWhitney(tied)).toBeCloseTo(0.02585951551109337, 7);
  });

  it('sees nothing where everything is the same', () => {
    const same = Array.from({ length: 20 }, () => 7);
    expect(mannWhitney({ before: same, after: same })).toBe(1);
  });

  it('refuses fewer than five', () => {
    expect(mannWhitney({ before: [1, 2, 3, 4], after: [5, 6, 7, 8, 9] })).toBeNull();
  });

  it('is nearly the same counted out and by the normal distribution', () => {
    const before = Array.from({ length: 50 }, (_, index) => index * 2);
    const after = Array.from({ length: 50 }, (_, index) => index * 2 + 15.5);
    const larger = { before: [...before, 50.3], after };
    const [exact, normal] = [mannWhitney({ before, after }) ?? 0, mannWhitney(larger) ?? 0];
    // Counted out in whole numbers for 2,500 pairs, and of the normal distribution in 30 digits for 2,550.
    expect(exact).toBeCloseTo(0.01645013729719, 12);
    expect(normal).toBeCloseTo(0.01634596338321, 12);
    expect(normal / exact).toBeGreaterThan(0.85);
    expect(normal / exact).toBeLessThan(1.15);
  });
});

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

  it('leaves zero out only where the test is significant', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const all = [...before, ...after];
        fc.pre(new Set(all).size === all.length);
        const samples = { before, after };
        const [lower, upper] = shiftBetween(samples, 0.95)?.interval ?? [0, 0];
        expect((mannWhitney(samples) ?? 1) <= 0.05).toBe(lower > 0 || upper < 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the test of Kolmogorov and Smirnov', () => {
  it.each([
    ['of Hollander and Wolfe’s membranes', membranes, 0.16583416583416583],
    ['of 20 and 24 drawn values', drawn, 0.09490812960048647],
  ])('is exact without ties: %s', (_name, samples, expected) => {
    expect(kolmogorovSmirnov(samples)).toBeCloseTo(expected, 10);
    const { before, after } = samples;
    expect(kolmogorovSmirnov({ before: after, after: before })).toBeCloseTo(expected, 10);
  });

  it('sees a change of shape that leaves the middle where it was', () => {
    const narrow = Array.from({ length: 40 }, (_, index) => 100 + (index - 19.5) / 10);
    const wide = Array.from({ length: 40 }, (_, index) => 100 + (index - 19.5) * 3);
    expect(kolmogorovSmirnov({ before: narrow, after: wide })).toBeLessThan(0.001);
    expect(mannWhitney({ before: narrow, after: wide })).toBeGreaterThan(0.5);
  });

  it('refuses fewer than five', () => {
    expect(kolmogorovSmirnov({ before: [1, 2, 3, 4, 5], after: [5] })).toBeNull();
  });
});
