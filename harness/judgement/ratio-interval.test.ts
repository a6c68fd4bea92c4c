import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothSides } from './errors.ts';
import { ratioInterval } from './ratio-interval.ts';

describe('Clopper–Pearson interval', () => {
  it("gives the interval of W. J. Conover's plants (1971, p. 97), the example of R's binom.test", () => {
    const [lower, upper] = ratioInterval({ numerator: 682, denominator: 925 }, bothSides(0.95));
    expect(lower).toBeCloseTo(0.7076683, 7);
    expect(upper).toBeCloseTo(0.7654066, 7);
  });

  // SciPy 1.17: binomtest(k, n).proportion_ci(0.95, 'exact')
  it.each([
    [7, 10, 0.3475471499399921, 0.9332604888222655],
    [25, 3000, 0.00539994533307635, 0.012277219701608],
    [4998, 1_000_000, 0.004860719339233474, 0.0051381597611582265],
    [500_000, 1_000_000, 0.4990195191953118, 0.5009804808046883],
  ])('of %i in %i agrees with the reference', (numerator, denominator, expectedLower, expectedUpper) => {
    const [lower, upper] = ratioInterval({ numerator, denominator }, bothSides(0.95));
    expect(lower).toBeCloseTo(expectedLower, 10);
    expect(upper).toBeCloseTo(expectedUpper, 10);
  });

  it('of none and of all reaches the edge and has the closed form on the other side', () => {
    const [, upper] = ratioInterval({ numerator: 0, denominator: 600 }, bothSides(0.95));
    expect(ratioInterval({ numerator: 0, denominator: 600 }, bothSides(0.95))[0]).toBe(0);
    expect(upper).toBeCloseTo(1 - 0.025 ** (1 / 600), 14);
    expect(ratioInterval({ numerator: 600, denominator: 600 }, bothSides(0.95))).toEqual([
      expect.closeTo(1 - upper, 14),
      1,
    ]);
  });

  it('holds the observed ratio, and only moves up with the numerator', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (denominator, share) => {
          const numerator = Math.floor(share * (denominator - 1));
          const [lower, upper] = ratioInterval({ numerator, denominator }, bothSides(0.95));
          const [lowerWithMore, upperWithMore] = ratioInterval(
            { numerator: numerator + 1, denominator },
            bothSides(0.95),
          );
          expect(lower).toBeLessThanOrEqual(numerator / denominator);
          expect(upper).toBeGreaterThanOrEqual(numerator / denominator);
          expect(lowerWithMore).toBeGreaterThan(lower);
          expect(upperWithMore).toBeGreaterThanOrEqual(upper);
        },
      ),
    );
  });

  it('never loses certainty by more of the same', () => {
    for (let denominator = 1; denominator <= 60; denominator += 1) {
      for (let numerator = 0; numerator <= denominator; numerator += 1) {
        const [lower, upper] = ratioInterval({ numerator, denominator }, bothSides(0.95));
        const [twiceLower, twiceUpper] = ratioInterval(
          { numerator: 2 * numerator, denominator: 2 * denominator },
          bothSides(0.95),
        );
        expect(twiceLower).toBeGreaterThanOrEqual(lower);
        expect(twiceUpper).toBeLessThanOrEqual(upper);
      }
    }
  });
});
