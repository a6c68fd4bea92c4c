/** Counts of things that happen by chance: how many were to be expected, and whether there are more than before. */
import { binomialUpperTail } from './binomial.ts';

/** So many in so much time, visits or requests. */
export interface Counted {
  readonly count: number;
  /** Greater than 0, in the same unit on both sides of a comparison. */
  readonly exposure: number;
}

/**
 * The exact interval of the expected count behind an observed one; each end errs with at most the stated probability.
 *
 * Source: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936) 437–442.
 */
export function poissonInterval(count: number, errorPerSide: number): readonly [number, number] {
  // Stryker disable EqualityOperator: moves an end beyond its last digit
  const lower = count === 0 ? 0 : solve((mean) => 1 - poissonLowerTail(count - 1, mean) > errorPerSide);
  const upper = solve((mean) => poissonLowerTail(count, mean) <= errorPerSide);
  // Stryker restore EqualityOperator
  return [lower, upper];
}

/** P(X <= count) of a Poisson variable. */
export function poissonLowerTail(count: number, mean: number): number {
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let value = 1; value <= count; value += 1) {
    logTerm += Math.log(mean / value);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/**
 * The probability of so many after or more, given the total, if nothing had changed. From nothing before to something
 * after is seen as well as any other growth.
 *
 * Source: J. Przyborowski & H. Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940)
 * 313–323.
 */
export function growthByChance(before: Counted, after: Counted): number {
  const total = before.count + after.count;
  const probability = after.exposure / (before.exposure + after.exposure);
  return binomialUpperTail(after.count, { count: total, probability });
}

/** Where a statement about a mean, false at 0 and true far above, becomes true; to twelve digits. */
function solve(holds: (mean: number) => boolean): number {
  let below = 0;
  let above = 1;
  while (!holds(above)) above *= 2;
  // Stryker disable next-line EqualityOperator: one halving more or less is beyond the twelfth digit
  while (above - below > 1e-12 * above) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
