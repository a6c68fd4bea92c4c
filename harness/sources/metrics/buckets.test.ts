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
    expect(countOver(buckets, 0.2)).toEqual({ least: 40, most: 40, all: 1000, between: [0.2, 0.2] });
  });

  it('are known to lie between two counts where none does, and between which edges', () => {
    expect(countOver(withoutLimit, 0.2)).toEqual({ least: 30, most: 120, all: 1000, between: [0.1, 0.25] });
    expect(countOver(buckets, 0.05)).toEqual({ least: 120, most: 1000, all: 1000, between: [0, 0.1] });
    expect(countOver(buckets, 3)).toEqual({ least: 0, most: 30, all: 1000, between: [0.25, Infinity] });
  });

  it('are exact all the same where the bucket with the limit in it is empty', () => {
    const empty = withoutLimit.map((bucket) => (bucket.edge === 0.25 ? { ...bucket, upTo: 880 } : bucket));
    expect(countOver(empty, 0.2)).toMatchObject({ least: 120, most: 120 });
  });

  it('are found by the value of an edge, not by how it is written', () => {
    const written = [
      { edge: 0.20000000298, upTo: 1 },
      { edge: Infinity, upTo: 3 },
    ];
    expect(countOver(written, 0.2)).toMatchObject({ least: 2, most: 2 });
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
