import { describe, expect, it } from 'vitest';
import { countOver, percentileBetween } from './buckets.ts';

const buckets = [
  { edge: Infinity, upTo: 1000 },
  { edge: 0.1, upTo: 880 },
  { edge: 0.2, upTo: 960 },
  { edge: 0.25, upTo: 970 },
];
const withoutLimit = buckets.filter(({ edge }) => edge !== 0.2);

describe('observations over a limit', () => {
  it('are exact where a bucket ends there', () => {
    expect(countOver(buckets, { edge: 0.2, unit: 's' })).toEqual({ over: 40, all: 1000 });
  });

  it('are not decidable between two edges, and the message has both, and how many it could be', () => {
    expect(() => countOver(withoutLimit, { edge: 0.2, unit: 's' })).toThrow(
      'not decidable from the buckets 0.1…0.25 s, between which 0.2 s lies: 30 to 120 of 1000 observations (3 to 12 %) are over it',
    );
  });

  it('are not decidable below the first edge and beyond the last', () => {
    expect(() => countOver(buckets, { edge: 0.05, unit: 's' })).toThrow('from the buckets 0…0.1 s');
    expect(() => countOver(buckets, { edge: 3, unit: '' })).toThrow('from the buckets 0.25…∞, between');
  });

  it('are exact all the same where the bucket with the limit in it is empty', () => {
    const empty = withoutLimit.map((bucket) => (bucket.edge === 0.25 ? { ...bucket, upTo: 880 } : bucket));
    expect(countOver(empty, { edge: 0.2, unit: 's' })).toEqual({ over: 120, all: 1000 });
  });

  it('are found by the value of an edge, not by how it is written', () => {
    expect(
      countOver(
        [
          { edge: 0.20000000298, upTo: 1 },
          { edge: Infinity, upTo: 3 },
        ],
        { edge: 0.2, unit: 's' },
      ).over,
    ).toBe(2);
  });
});

describe('a percentile', () => {
  it.each([
    [50, [0, 0.1]],
    [88, [0, 0.1]],
    [95, [0.1, 0.2]],
    [99, [0.25, Infinity]],
  ])('p%d lies between the edges %j', (p, edges) => {
    expect(percentileBetween(buckets, p)).toEqual(edges);
  });

  it('of nothing lies nowhere', () => {
    expect(percentileBetween([{ edge: Infinity, upTo: 0 }], 95)).toBeNull();
    expect(percentileBetween([], 95)).toBeNull();
  });
});
