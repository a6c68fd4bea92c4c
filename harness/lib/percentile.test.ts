import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, nearestRank, percentile } from './percentile.ts';

describe('the median', () => {
  it('is the middle value, or halfway between the two middle ones', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(median([30, 10, 20, 40])).toBe(25);
    expect(median([7])).toBe(7);
  });

  it('is not a number where there is nothing', () => {
    expect(median([])).toBeNaN();
  });

  it('has as many values on one side as on the other, and changes no list', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const before = [...values];
        const middle = median(values);
        const [below, above] = [values.filter((one) => one < middle), values.filter((one) => one > middle)];
        expect(Math.max(below.length, above.length)).toBeLessThanOrEqual(values.length / 2);
        expect(values).toEqual(before);
      }),
    );
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [hundred, 95, 95],
    [hundred, 99.9, 100],
    [[3, 1, 2], 75, 3],
    [[7], 1, 7],
    // Of two the smaller one: nearest rank takes values that were measured.
    [[2, 1], 50, 1],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(percentile(values, p)).toBe(expected);
  });

  it('is not a number where there is nothing', () => {
    expect(percentile([], 50)).toBeNaN();
  });

  it('has the rank that exact arithmetic gives, and 1 at least', () => {
    expect(nearestRank(1000, 99.9)).toBe(999);
    expect(nearestRank(1001, 99.9)).toBe(1000);
    expect(nearestRank(200, 0.1)).toBe(1);
    expect(nearestRank(0, 50)).toBe(1);
  });
});
