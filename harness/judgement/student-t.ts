/** Student's t: its quantiles, and the probability of its tails. */
import { normalQuantile } from './normal-quantile.ts';

/**
 * Student's quantile of a probability above one half, for 5 degrees of freedom or more: the expansion of Abramowitz &
 * Stegun, 26.7.5, to its fourth term.
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const x = normalQuantile(probability);
  const x2 = x * x;
  const terms = [
    (x * (x2 + 1)) / 4,
    (x * ((5 * x2 + 16) * x2 + 3)) / 96,
    (x * (((3 * x2 + 19) * x2 + 17) * x2 - 15)) / 384,
    (x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945)) / 92_160,
  ];
  return terms.reduce((sum, term, index) => sum + term / degreesOfFreedom ** (index + 1), x);
}

/**
 * P(|T| >= |t|) of Student's t with a whole number of degrees of freedom, 1 or more; both tails.
 *
 * The finite sums of M. Abramowitz & I. A. Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentTails(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degreesOfFreedom));
  const cosine2 = Math.cos(angle) ** 2;
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degreesOfFreedom - 2; power += 2) {
    term *= (cosine2 * (power - 1)) / power;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - within);
}
