/**
 * Whether two sets of timings differ, and by how much, without assuming a shape.
 *
 * Sources: H. B. Mann & D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
 * other", Ann. Math. Statist. 18 (1947) 50–60; J. L. Hodges & E. L. Lehmann, "Estimates of location based on rank tests",
 * ibid. 34 (1963) 598–611; M. Hollander & D. A. Wolfe, "Nonparametric Statistical Methods" (2nd ed. 1999), sections 4.1 to 4.3
 * and 5.4. Samples are taken to be independent of each other.
 */
import { entry } from './get-or-create.ts';
import { normalQuantile, normalUpperTail } from './normal-quantile.ts';

/** Both in the same unit; neither is changed. */
export interface TwoSamples {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Fewer than this on either side tell nothing that could be significant. */
const fewestToCompare = 5;

/** Up to this many pairs the distribution of ranks is counted out; beyond, it is normal for all purposes. */
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
  const interval = [entry(differences, left), entry(differences, differences.length - 1 - left)] as const;
  return { estimate: medianOf(differences), interval };
}

/**
 * The probability that samples of one kind differ so much or more, in either direction. Exact without ties and for up to
 * 2,500 pairs, otherwise normal with a correction for ties and continuity. Null where there are too few.
 */
export function mannWhitney(samples: TwoSamples): number | null {
  const { before, after } = samples;
  if (Math.min(before.length, after.length) < fewestToCompare) return null;
  const { statistic, ties } = rankStatistic(samples);
  const pairs = before.length * after.length;
  const extreme = Math.min(statistic, pairs - statistic);
  if (ties === 0 && pairs <= mostPairsCounted) {
    const lower = rankDistribution(before.length, after.length)
      .slice(0, extreme + 1)
      .reduce((sum, probability) => sum + probability, 0);
    return Math.min(1, 2 * lower);
  }
  const deviation = Math.sqrt(varianceOf(samples, ties));
  return Math.min(1, 2 * normalUpperTail(Math.max(0, (pairs / 2 - extreme - 0.5) / deviation)));
}

/** How much more often `after` is the greater one of a pair than the smaller one, -1 to 1. Both have at least one sample. */
export function dominance(samples: TwoSamples): number {
  const pairs = samples.before.length * samples.after.length;
  return (2 * rankStatistic(samples).statistic) / pairs - 1;
}

/** Of all pairs, those in which `after` is the greater one; ties count half. */
function rankStatistic({ before, after }: TwoSamples): { readonly statistic: number; readonly ties: number } {
  const all = [...before.map((value) => ({ value, later: false })), ...after.map((value) => ({ value, later: true }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && entry(all, to).value === entry(all, from).value) to += 1;
    const size = to - from;
    const rank = (from + 1 + to) / 2;
    ranks += rank * all.slice(from, to).filter(({ later }) => later).length;
    ties += size ** 3 - size;
    from = to;
  }
  return { statistic: ranks - (after.length * (after.length + 1)) / 2, ties };
}

function varianceOf({ before, after }: TwoSamples, ties: number): number {
  const all = before.length + after.length;
  return ((before.length * after.length) / 12) * (all + 1 - ties / (all * (all - 1)));
}

/** How many differences at either end lie outside the interval; below 0 when none may. */
function pairsBelow({ before, after }: TwoSamples, error: number): number {
  const pairs = before.length * after.length;
  if (pairs > mostPairsCounted) {
    const deviation = Math.sqrt(varianceOf({ before, after }, 0));
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
      const fromFirst = entry(rows, n);
      const fromSecond = entry(next, n - 1);
      next.push(
        Array.from(
          { length: m * n + 1 },
          (_, value) => (m * (fromFirst[value - n] ?? 0) + n * (fromSecond[value] ?? 0)) / (m + n),
        ),
      );
    }
    rows = next;
  }
  const distribution = entry(rows, second);
  // Stryker disable next-line CallExpression: about speed
  counted.set(key, distribution);
  return distribution;
}

/**
 * The probability that samples of one kind have distributions so far apart or farther (two-sample Kolmogorov–Smirnov): it
 * sees a change of shape that leaves the middle where it was. Exact; with ties it errs on the careful side. Null where
 * there are too few.
 */
export function kolmogorovSmirnov({ before, after }: TwoSamples): number | null {
  if (Math.min(before.length, after.length) < fewestToCompare) return null;
  const distance = greatestDistance({ before, after });
  return 1 - staysCloserThan(distance, before.length, after.length);
}

function greatestDistance({ before, after }: TwoSamples): number {
  const sorted = { before: before.toSorted((a, b) => a - b), after: after.toSorted((a, b) => a - b) };
  const values = [...new Set([...before, ...after])].sort((a, b) => a - b);
  let [first, second, greatest] = [0, 0, 0];
  for (const value of values) {
    while ((sorted.before[first] ?? Infinity) <= value) first += 1;
    while ((sorted.after[second] ?? Infinity) <= value) second += 1;
    greatest = Math.max(greatest, Math.abs(first * after.length - second * before.length));
  }
  return greatest;
}

/** The share of all orders of the two samples whose distribution functions nowhere come as far apart: paths on a grid. */
function staysCloserThan(distance: number, first: number, second: number): number {
  // Stryker disable next-line ArrayDeclaration: the row before the first counts zero times
  let row: number[] = [];
  for (let m = 0; m <= first; m += 1) {
    const next: number[] = [];
    for (let n = 0; n <= second; n += 1) {
      const close = Math.abs(m * second - n * first) < distance;
      const reached = m + n === 0 ? 1 : (m * (row[n] ?? 0) + n * (next[n - 1] ?? 0)) / (m + n);
      next.push(close ? reached : 0);
    }
    row = next;
  }
  return entry(row, second);
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return (entry(sorted, Math.floor(middle)) + entry(sorted, Math.ceil(middle))) / 2;
}
