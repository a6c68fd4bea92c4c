import { describe, expect, it } from 'vitest';
import { bothSides } from './errors.ts';
import { criterionOf, ratioOf } from './fixtures.ts';
import { judgeRatio } from './judge-ratio.ts';

const criterion = criterionOf({ statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.9, unit: 'ratio' } });
const errors = bothSides(0.95);

describe('the judge of ratios', () => {
  it('calls its answer a ratio and an estimate, even of nothing', () => {
    expect(judgeRatio(criterion, ratioOf(0, 0), errors)).toMatchObject({ label: 'ratio', nature: 'estimate' });
  });

  // Slices of 50 that are all or nothing: 50 requests are one, which is taken for 56.3 because thirty slices tell a variance
  // only so well. Intervals of Clopper and Pearson of 13 in 26, and of 8 and of 9 in 26, in 40 digits with mpmath.
  it.each([
    ['half of the slices', [0, 50], 0.2992721794415965, 0.7007278205584036],
    ['a third of the slices, rounded outwards', [0, 0, 50], 0.143259997927704, 0.55667192604239],
  ] as const)('gives the interval of as many as are independent: %s', (_name, pattern, lower, upper) => {
    const hits = Array.from({ length: 30 / pattern.length }, () => pattern).flat();
    const all = hits.reduce((sum: number, one) => sum + one, 0);
    const slices = hits.map((numerator, second) => ({ second, numerator, denominator: 50 }));
    expect(judgeRatio(criterion, { ...ratioOf(all, 1500), slices }, errors).observed?.interval).toEqual([
      expect.closeTo(lower, 12),
      expect.closeTo(upper, 12),
    ]);
  });
});
