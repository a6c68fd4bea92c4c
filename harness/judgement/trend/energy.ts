/** The distance between two neighbouring parts of a series, for every place to cut it. Pure. */
import { itemAt } from '../item-at.ts';

/** Scores a cut of a series: `from..at` against `at..to`, ends excluded. 0 or less where they are alike. */
export type Divergence = (from: number, at: number, to: number) => number;

/**
 * The empirical divergence Q of D. S. Matteson & N. A. James, "A Nonparametric Approach for Multiple Change Point Analysis
 * of Multivariate Data", J. Am. Stat. Assoc. 109 (2014) 334–345, with exponent 1:
 * mn/(m+n) (2 mean|x − y| − mean|x − x'| − mean|y − y'|).
 *
 * The sums of distances come from one table of cumulated sums, so that each score takes constant time.
 */
export function divergence(values: readonly number[]): Divergence {
  const size = values.length + 1;
  const cumulated = new Float64Array(size * size);
  const upTo = (row: number, column: number): number => itemAt(cumulated, row * size + column);
  values.forEach((one, row) => {
    let inRow = 0;
    values.forEach((other, column) => {
      inRow += Math.abs(one - other);
      cumulated[(row + 1) * size + column + 1] = upTo(row, column + 1) + inRow;
    });
  });
  const within = (from: number, to: number): number => upTo(to, to) - 2 * upTo(from, to) + upTo(from, from);
  return (from, at, to) => {
    const m = at - from;
    const n = to - at;
    const between = upTo(at, to) - upTo(at, at) - upTo(from, to) + upTo(from, at);
    const apart = (2 * between) / (m * n) - within(from, at) / (m * (m - 1)) - within(at, to) / (n * (n - 1));
    return ((m * n) / (m + n)) * apart;
  };
}
