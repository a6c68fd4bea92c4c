import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthByChance, poissonInterval, poissonLowerTail } from './counts.ts';

describe('the interval of a count', () => {
  // Garwood's table, as SciPy 1.17 gives it through chi2.ppf.
  it.each([
    [0, 0, 3.6888794541139354],
    [1, 0.025317807984289876, 5.571643390938898],
    [5, 1.6234863901184207, 11.66833207932267],
    [20, 12.216519585403944, 30.8883779026746],
    [100, 81.36399125092314, 121.62679379242638],
  ])('of %i is the published one', (count, expectedLower, expectedUpper) => {
    const [lower, upper] = poissonInterval(count, 0.025);
    expect(lower).toBeCloseTo(expectedLower, 8);
    expect(upper).toBeCloseTo(expectedUpper, 8);
  });

  it('holds the count, and moves up with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (count) => {
        const [lower, upper] = poissonInterval(count, 0.025);
        const [lowerWithMore, upperWithMore] = poissonInterval(count + 1, 0.025);
        expect(lower).toBeLessThanOrEqual(count);
        expect(upper).toBeGreaterThan(count);
        expect(lowerWithMore).toBeGreaterThan(lower);
        expect(upperWithMore).toBeGreaterThan(upper);
      }),
      { numRuns: 50 },
    );
  });

  it('rests on the right tail', () => {
    expect(poissonLowerTail(3, 5.5)).toBeCloseTo(0.20169919870252867, 12);
    expect(poissonLowerTail(100, 120)).toBeCloseTo(0.03466803469442497, 12);
    expect(poissonLowerTail(0, 0)).toBe(1);
    expect(poissonLowerTail(3, 0)).toBe(1);
  });
});

describe('growth of a count', () => {
  it('is seen where there was nothing before', () => {
    const before = { count: 0, exposure: 60 };
    expect(growthByChance(before, { count: 5, exposure: 60 })).toBeCloseTo(0.03125, 12);
    expect(growthByChance(before, { count: 10, exposure: 60 })).toBeLessThan(0.001);
  });

  it('counts by the exposure of either side', () => {
    expect(growthByChance({ count: 3, exposure: 120 }, { count: 9, exposure: 60 })).toBeCloseTo(
      0.0038555549910526277,
      12,
    );
    expect(growthByChance({ count: 9, exposure: 120 }, { count: 5, exposure: 60 })).toBeGreaterThan(0.3);
  });

  it('of nothing to nothing is no growth', () => {
    expect(growthByChance({ count: 0, exposure: 60 }, { count: 0, exposure: 60 })).toBe(1);
  });
});
