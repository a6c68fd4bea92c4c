import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialLowerTail, binomialUpperTail } from './binomial.ts';

/** P(X <= successes) and P(X >= successes), from SciPy 1.17 `binom.cdf` and `binom.sf` (Boost, double precision). */
const reference: readonly (readonly [number, number, number, number, number])[] = [
  [3, 10, 0.5, 0.171875, 0.9453125],
  [0, 10, 0.1, 0.3486784401, 1],
  [5, 20, 0.75, 3.813027433352545e-6, 0.9999996134683897],
  [400, 1_000_000, 0.0005, 2.0673408133485798e-6, 0.9999983614653264],
  [499_000, 1_000_000, 0.5, 0.0228041499326948, 0.9773038320453267],
  [999_000, 1_000_000, 0.9991, 0.000546973600765705, 0.9995120295575453],
];

/** The same far out in the tail, summed in 40 digits with mpmath. */
const farOut: readonly (readonly [number, number, number, number])[] = [
  [495_000, 1_000_000, 0.5, 7.6907775219536759e-24],
  [10, 1_000_000, 0.0001, 1.1330837812965759e-30],
];

describe('binomial tails', () => {
  it.each(reference)('P(X <= %i) of %i at %f agrees with the reference', (successes, count, probability, low, high) => {
    const trials = { count, probability };
    expect(binomialLowerTail(successes, trials) / low).toBeCloseTo(1, 11);
    expect(binomialUpperTail(successes, trials) / high).toBeCloseTo(1, 11);
  });

  it.each(farOut)(
    'keeps eleven digits far out in the tail: P(X <= %i) of %i at %f',
    (successes, count, probability, low) => {
      expect(binomialLowerTail(successes, { count, probability }) / low).toBeCloseTo(1, 11);
    },
  );

  // Whole numbers over a power of two.
  it.each([
    [4, 16, 0.5, 0.0384063720703125, 0.9893646240234375],
    [10, 16, 0.25, 0.9997147608082742, 0.0016444653738290071],
    [20, 40, 0.25, 0.9998251459141954, 0.0005724311071761385],
  ])('keeps fourteen digits where few are counted: %i of %i at %f', (successes, count, probability, low, high) => {
    const trials = { count, probability };
    expect(Math.abs(binomialLowerTail(successes, trials) / low - 1)).toBeLessThan(1e-14);
    expect(Math.abs(binomialUpperTail(successes, trials) / high - 1)).toBeLessThan(1e-14);
  });

  it('is certain or impossible at the edges', () => {
    expect(binomialUpperTail(0, { count: 5, probability: 0.3 })).toBe(1);
    expect(binomialUpperTail(6, { count: 5, probability: 0.3 })).toBe(0);
    expect(binomialUpperTail(2, { count: 5, probability: 0 })).toBe(0);
    expect(binomialUpperTail(2, { count: 5, probability: 1 })).toBe(1);
    expect(binomialUpperTail(5, { count: 5, probability: 0 })).toBe(0);
    expect(binomialUpperTail(5, { count: 5, probability: 1 })).toBe(1);
    expect(binomialLowerTail(5, { count: 5, probability: 0.3 })).toBe(1);
    expect(binomialLowerTail(-1, { count: 5, probability: 0.3 })).toBe(0);
  });

  it('gives tails that complete each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (count, p) => {
          const trials = { count, probability: p };
          const middle = Math.round(count * p);
          expect(binomialLowerTail(middle, trials) + binomialUpperTail(middle + 1, trials)).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('never rises as more successes are asked for', () => {
    for (let successes = 1; successes <= 200; successes += 1) {
      const trials = { count: 200, probability: 0.37 };
      expect(binomialUpperTail(successes, trials)).toBeLessThanOrEqual(binomialUpperTail(successes - 1, trials));
    }
  });
});
