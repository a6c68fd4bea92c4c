import { describe, expect, it } from 'vitest';
import { distributionOf } from './evidence.fixture.ts';
import {
  bucketsOfHistogram,
  type Observations,
  observeHistogram,
  observeHistograms,
  observeValues,
} from './observations.ts';

const allOf = ({ count, lowAt, valueAt, highAt }: Observations) =>
  Array.from({ length: count }, (_, index) => [lowAt(index + 1), valueAt(index + 1), highAt(index + 1)]);

describe('single observations', () => {
  it('are ordered at each end alone, and those that were only waited for stand where their wait puts them', () => {
    const values = [
      { lowMs: 90, valueMs: 100, highMs: 110 },
      { lowMs: 9, valueMs: 10, highMs: 120 },
    ];
    expect(allOf(observeValues(values, [500, 50]))).toEqual([
      [9, 10, 110],
      [50, 100, 120],
      [90, null, null],
      [500, null, null],
    ]);
  });
});

describe('observations in a histogram', () => {
  const { histogram } = distributionOf([
    [5, 1],
    [1, 2],
    [10, 1],
  ]);

  it('are known to their buckets, which are four microseconds wide from 4,096 on and eight from 8,192 on', () => {
    expect(allOf(observeHistogram(histogram))).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [5, 5.003, 5.003],
      [10, 10.007, 10.007],
    ]);
  });

  it('are counted bucket by bucket, and those of several together', () => {
    expect(bucketsOfHistogram(histogram).map(({ countToHere, highMs }) => [countToHere, highMs])).toEqual([
      [2, 1],
      [3, 5.003],
      [4, 10.007],
    ]);
    expect(observeHistograms([histogram, histogram]).count).toBe(8);
  });

  it('are none beyond their number', () => {
    expect(() => observeHistogram(histogram).lowAt(5)).toThrow('no item');
    const nothing = observeHistogram(distributionOf([]).histogram);
    expect(nothing.count).toBe(0);
    expect(() => nothing.lowAt(1)).toThrow('no item');
  });
});
