import { describe, expect, it } from 'vitest';
import { nights } from '../../../bench/random-series.ts';
import { withoutStrays } from './outliers.ts';

describe('what strays from the runs around it', () => {
  const series = nights(30, { seed: 1, level: (night) => (night >= 15 ? 160 : 100) });

  it('is replaced by their middle, one or two in a row', () => {
    const kept = withoutStrays(series.with(8, 900).with(9, 950), 5);
    expect(kept[8]).toBeCloseTo(100, -1);
    expect(kept[9]).toBeCloseTo(100, -1);
    expect(kept.toSpliced(8, 2)).toEqual(series.toSpliced(8, 2));
  });

  it('is not the first or the last run of a level', () => {
    expect(withoutStrays(series, 5)).toEqual(series);
  });

  it('is the last run where it is far off, until a side of a change has joined it', () => {
    expect(withoutStrays([...series, 500], 5).at(-1)).toBeLessThan(200);
    const level = [500, 505, 495, 502, 498];
    expect(withoutStrays([...series, ...level], 5).slice(-5)).toEqual(level);
  });

  it('is no run that is just as far off as a run may be', () => {
    // The runs around it are 1 from their medians, and 0 is the median of those after it.
    const most = 4 * 1.4826;
    expect(withoutStrays([-2, -2, -2, -1, 2, -2, 2, most, -1, -1, 1, 0, 0, 2, 0], 5)[7]).toBe(most);
  });

  it('is nothing of what is all the same', () => {
    const same = Array.from({ length: 12 }, () => 3);
    expect(withoutStrays(same, 5)).toEqual(same);
    expect(withoutStrays([1], 5)).toEqual([1]);
  });
});
