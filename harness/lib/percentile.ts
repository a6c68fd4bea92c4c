/** Medians and percentiles of plain values: the same wherever the project takes one. */

/** The middle value, or halfway between the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = (ascending.length - 1) / 2;
  return ((ascending[Math.floor(middle)] ?? Number.NaN) + (ascending[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The value at a percentile (0 to 100) by nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  return values.toSorted((a, b) => a - b)[nearestRank(values.length, p) - 1] ?? Number.NaN;
}

/** The rank of a percentile among so many values in ascending order; the first is 1. */
export function nearestRank(count: number, p: number): number {
  return Math.max(1, Math.ceil((p * count) / 100 - roundingSlack));
}

/** Keeps 99.9 % of 1000, which floating point makes a hair more than 999, at 999. */
const roundingSlack = 1e-9;
