/**
 * Whether two sets of timings differ, and by how much, without assuming a shape.
 *
 * Sources: H. B. Mann & D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
 * other", Ann. Math. Statist. 18 (1947) 50–60; J. L. Hodges & E. L. Lehmann, "Estimates of location based on rank tests",
 * ibid. 34 (1963) 598–611; M. Hollander & D. A. Wolfe, "Nonparametric Statistical Methods" (2nd ed. 1999), sections 4.1 to
 * 4.3. Samples are taken to be independent of each other.
 */
import { median } from '../lib/percentile.ts';
import { itemAt } from './item-at.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Both in the same unit; neither is changed. */
export interface TwoSamples {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** With fewer on either side, no difference could be significant. */
const fewestToCompare = 5;

/** Up to this many pairs the distribution of ranks is computed exactly; beyond, the normal approximation is good enough. */
const mostPairsCounted = 2500;

export interface Shift {
  /** The Hodges–Lehmann estimate of how much greater `after` is: the median of all differences. */
  readonly estimate: number;
  readonly interval: readonly [number, number];
}

/** The shift with its interval; null where either side has too few samples for it. */
export function shiftBetween({ before, after }: TwoSamples, confidence: number): Shift | null {
  if (Math.min(before.length, after.length) < fewestToCompare) return null;
  const differences = after.flatMap((later) => before.map((earlier) => later - earlier)).sort((a, b) => a - b);
  const left = pairsBelow({ before, after }, (1 - confidence) / 2);
  if (left < 0) return null;
  const interval = [itemAt(differences, left), itemAt(differences, differences.length - 1 - left)] as const;
  return { estimate: median(differences), interval };
}

/** How much more often `after` is the greater one of a pair than the smaller one, -1 to 1. Both have at least one sample. */
export function dominance(samples: TwoSamples): number {
  const pairs = samples.before.length * samples.after.length;
  return (2 * rankStatistic(samples)) / pairs - 1;
}

/** Of all pairs, those in which `after` is the greater one; ties count half. */
function rankStatistic({ before, after }: TwoSamples): number {
  const all = [...before.map((value) => ({ value, later: false })), ...after.map((value) => ({ value, later: true }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && itemAt(all, to).value === itemAt(all, from).value) to += 1;
    const rank = (from + 1 + to) / 2;
    ranks += rank * all.slice(from, to).filter(({ later }) => later).length;
    from = to;
  }
  return ranks - (after.length * (after.length + 1)) / 2;
}

/** How many differences at either end lie outside the interval; below 0 when none may. */
function pairsBelow({ before, after }: TwoSamples, error: number): number {
  const pairs = before.length * after.length;
  if (pairs > mostPairsCounted) {
    const deviation = Math.sqrt((pairs / 12) * (before.length + after.length + 1));
    return Math.floor(pairs / 2 - normalQuantile(1 - error) * deviation) - 1;
  }
  let sum = 0;
  let count = 0;
  for (const probability of rankDistribution(before.length, after.length)) {
    sum += probability;
    // Stryker disable next-line EqualityOperator: no sum is exactly as large as an error
    if (sum > error) break;
    count += 1;
  }
  return count - 1;
}

const counted = new Map<string, readonly number[]>();

/**
 * The probability of each value of the statistic when both samples are of one kind. The greatest of all values belongs to
 * either sample with the probability of its share, which leads to smaller samples: sums only, so that no digits are lost.
 */
function rankDistribution(first: number, second: number): readonly number[] {
  const key = `${first} ${second}`;
  const known = counted.get(key);
  // Stryker disable next-line ConditionalExpression: about speed
  if (known !== undefined) return known;
  // rows[n]: the distribution for `m` of the first and `n` of the second, as m grows.
  let rows: number[][] = Array.from({ length: second + 1 }, () => [1]);
  for (let m = 1; m <= first; m += 1) {
    const next: number[][] = [[1]];
    for (let n = 1; n <= second; n += 1) {
      const fromFirst = itemAt(rows, n);
      const fromSecond = itemAt(next, n - 1);
      next.push(
        Array.from(
          { length: m * n + 1 },
          (_, value) => (m * (fromFirst[value - n] ?? 0) + n * (fromSecond[value] ?? 0)) / (m + n),
        ),
      );
    }
    rows = next;
  }
  const distribution = itemAt(rows, second);
  // Stryker disable next-line CallExpression: about speed
  counted.set(key, distribution);
  return distribution;
}
