/**
 * By how much pairs differ, without assuming a shape: the Hodges–Lehmann estimate of paired differences, with the interval
 * that inverts Wilcoxon's signed-rank test.
 *
 * Sources: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945) 80–83; J. L. Hodges & E. L.
 * Lehmann, "Estimates of location based on rank tests", Ann. Math. Statist. 34 (1963) 598–611; M. Hollander & D. A. Wolfe,
 * "Nonparametric Statistical Methods" (2nd ed. 1999), sections 3.1 to 3.3. Pairs are taken to be independent of each other,
 * and differences to be symmetric where nothing changed; measuring A B, B A in turn ensures that.
 */

import type { Errors } from '../errors.ts';
import { itemAt } from '../item-at.ts';
import type { Interval } from '../limits.ts';

export interface PairedShift {
  /** The median of all averages of two differences, each with itself included. */
  readonly estimate: number;
  /** `null` where there are too few pairs to bound that side. */
  readonly interval: Interval;
}

/** The shift of at least one pair; each end misses it with at most its stated probability. Ties make it conservative. */
export function pairedShift(differences: readonly number[], errors: Errors): PairedShift {
  const averages = walshAverages(differences);
  const last = averages.length - 1;
  const [below, above] = [outside(differences.length, errors.lower), outside(differences.length, errors.upper)];
  return {
    estimate: (itemAt(averages, Math.floor(last / 2)) + itemAt(averages, Math.ceil(last / 2))) / 2,
    interval: [below < 0 ? null : itemAt(averages, below), above < 0 ? null : itemAt(averages, last - above)],
  };
}

/** The fewest pairs that bound a side at all: all differences having one sign must be rare enough. */
export function pairsToBound(error: number): number {
  return Math.ceil(-Math.log2(error) - 1e-9);
}

function walshAverages(differences: readonly number[]): number[] {
  return differences
    .flatMap((one, index) => differences.slice(index).map((other) => (one + other) / 2))
    .sort((a, b) => a - b);
}

/** How many averages at an end lie outside the interval; below 0 when none may. */
function outside(pairs: number, error: number): number {
  let sum = 0;
  let count = 0;
  for (const ways of signedRankWays(pairs)) {
    sum += ways / 2 ** pairs;
    // Stryker disable next-line EqualityOperator: no sum is exactly as large as an error and its slack
    if (sum > error * (1 + 1e-9)) break;
    count += 1;
  }
  return count - 1;
}

/** In how many of all orders of signs the ranks of one sign sum up to each value: a whole number up to 50 pairs. */
function signedRankWays(pairs: number): readonly number[] {
  let ways: number[] = [1];
  for (let rank = 1; rank <= pairs; rank += 1) {
    const without = ways;
    ways = Array.from({ length: without.length + rank }, (_, sum) => (without[sum] ?? 0) + (without[sum - rank] ?? 0));
  }
  return ways;
}
