import { describe, expect, it } from 'vitest';
import { bothSides } from './errors.ts';
import { criterionOf, ratioOf } from './evidence.fixture.ts';
import { judgeRatio } from './judge-ratio.ts';

const criterion = criterionOf({ statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.9, unit: 'ratio' } });
const errors = bothSides(0.95);

describe('the judge of ratios', () => {
  it('calls its answer a ratio and an estimate, even of nothing', () => {
    expect(judgeRatio(criterion, ratioOf(0, 0), errors)).toMatchObject({ label: 'ratio', nature: 'sampled' });
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

describe('a ratio of which some may count or not', () => {
  const tenth = criterionOf({ statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.1, unit: 'ratio' } });
  const over = criterionOf({ statistic: { kind: 'ratio' }, limit: { op: '>', value: 0.6, unit: 'ratio' } });
  const between = (least: number, most: number) => ({
    ...ratioOf(least, 1000),
    unclear: { atMost: most, within: 'the buckets 0.1…0.25 s', needs: 'a bucket that ends at 0.2 s' },
  });

  // The observed value is that of the end nearer to the limit.
  it.each([
    ['all of it is within', tenth, 3, 50, 'pass', 0.05],
    ['all of it is beyond', tenth, 200, 900, 'fail', 0.2],
    ['neither end decides', tenth, 95, 98, 'inconclusive', 0.098],
    ['all of it is within a limit from below', over, 700, 990, 'pass', 0.7],
    ['all of it is beyond a limit from below', over, 10, 500, 'fail', 0.5],
  ] as const)('is judged where %s', (_name, asked, least, most, outcome, value) => {
    const part = judgeRatio(asked, between(least, most), errors);
    expect(part).toMatchObject({ outcome, observed: { value } });
    expect(part.message).toContain(
      `It is ${least} to ${most} failed answers in 1000 requests; the buckets 0.1…0.25 s do not tell more`,
    );
  });

  it.each([
    [3, 120, '0.30 % to 12.0 %'],
    [30, 300, '3.0 % to 30.0 %'],
    [95, 300, '9.5 % to 30.0 %'],
  ])('is too close to the limit where its ends, %d and %d, decide differently', (least, most, shares) => {
    const part = judgeRatio(tenth, between(least, most), errors);
    expect(part).toMatchObject({ outcome: 'inconclusive', reason: 'too-close-to-limit' });
    expect(part.message).toContain(`${least} to ${most} failed answers in 1000 requests (${shares})`);
    expect(part.message).toContain(
      'not decidable from the buckets 0.1…0.25 s, which leave the limit of < 10 % in between',
    );
    expect(part.needs).toBe('a bucket that ends at 0.2 s');
    expect(part.detects).toBeUndefined();
  });
});
