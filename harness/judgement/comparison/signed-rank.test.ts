import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothSides } from '../errors.ts';
import { pairedShift, pairsToBound } from './signed-rank.ts';

/** Hamilton depression scale factor before and after tranquillizers (Hollander & Wolfe, table 3.1). */
const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
const published = after.map((value, index) => value - (before[index] ?? 0));

describe('the shift of pairs', () => {
  it('is the published one, with the published interval of 96.1 %', () => {
    const { estimate, interval } = pairedShift(published, bothSides(0.96));
    expect(estimate).toBeCloseTo(-0.46, 3);
    expect(interval[0]).toBeCloseTo(-0.786, 3);
    expect(interval[1]).toBeCloseTo(-0.01, 3);
  });

  it('has no ends where even the rarest order of signs is not rare enough', () => {
    // Five pairs of one sign have a probability of 1 in 32 on either side.
    expect(pairedShift([1, 2, 3, 4, 5], { lower: 1 / 33, upper: 1 / 32 }).interval).toEqual([null, 5]);
    expect(pairsToBound(1 / 33)).toBe(6);
    expect(pairsToBound(1 / 32)).toBe(5);
  });

  it('takes the middle of an even number of averages', () => {
    expect(pairedShift([1, 3, 8], bothSides(0.5)).estimate).toBe((3 + 4.5) / 2);
    expect(pairedShift([1, 3], bothSides(0.5)).estimate).toBe(2);
  });

  it('turns round and moves with the differences', () => {
    const differences = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 8, maxLength: 20 });
    fc.assert(
      fc.property(differences, fc.integer({ min: -50, max: 50 }), (all, by) => {
        const errors = bothSides(0.95);
        const { estimate, interval } = pairedShift(all, errors);
        const moved = pairedShift(
          all.map((one) => one + by),
          errors,
        );
        const turned = pairedShift(
          all.map((one) => -one),
          errors,
        );
        expect(moved).toEqual({
          estimate: estimate + by,
          interval: [(interval[0] ?? 0) + by, (interval[1] ?? 0) + by],
        });
        expect(turned.estimate).toBeCloseTo(-estimate, 9);
        expect(turned.interval[0]).toBeCloseTo(-(interval[1] ?? 0), 9);
      }),
    );
  });

  it('leaves zero out as often as it may where the signs are chance, over all orders of signs', () => {
    const sizes = [3, 7, 1, 9, 12, 4, 15, 20];
    const orders = Array.from({ length: 2 ** sizes.length }, (_, order) =>
      sizes.map((size, index) => ((order >> index) & 1 ? size : -size)),
    );
    const missed = orders.filter((order) => {
      const [lower, upper] = pairedShift(order, { lower: 0.025, upper: 0.025 }).interval;
      return (lower ?? -1) > 0 || (upper ?? 1) < 0;
    });
    expect(missed.length / orders.length).toBeLessThanOrEqual(0.05);
    expect(missed.length / orders.length).toBeGreaterThan(0.03);
  });
});
