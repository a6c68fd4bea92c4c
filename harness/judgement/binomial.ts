/**
 * Exact tails of the binomial distribution, sound to a million trials.
 *
 * A tail is a regularized incomplete beta function (DLMF 8.17.5). Its leading factor is a binomial probability, taken
 * from the saddle-point expansion of C. Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000),
 * which loses no digits where log-gamma would; the rest is the continued fraction DLMF 8.17.22.
 */

/** So many independent trials, each a success with `probability`. */
export interface Trials {
  readonly count: number;
  readonly probability: number;
}

/** P(X <= successes), the cumulative distribution function. */
export function binomialLowerTail(successes: number, trials: Trials): number {
  const failures = { count: trials.count, probability: 1 - trials.probability };
  return upperTail(trials.count - successes, failures, trials.probability);
}

/** P(X >= successes). */
export function binomialUpperTail(successes: number, trials: Trials): number {
  return upperTail(successes, trials, 1 - trials.probability);
}

/** P(X >= successes), with the complement of the probability given so that it is not rounded twice. */
function upperTail(successes: number, trials: Trials, complement: number): number {
  const { count, probability } = trials;
  if (successes <= 0) return 1;
  if (successes > count) return 0;
  // Stryker disable next-line ArithmeticOperator,EqualityOperator: about speed; near the boundary both ways lead there
  const converges = probability < (successes + 1) / (count + 3);
  if (converges) return rightTail(successes, trials, complement);
  return 1 - rightTail(count - successes + 1, { count, probability: complement }, probability);
}

/** P(X >= successes) where the continued fraction converges: to the right of the mean. */
function rightTail(successes: number, trials: Trials, complement: number): number {
  const leading = probabilityOf(successes, trials, complement) * complement;
  return leading / continuedFraction(successes, trials.count - successes + 1, trials.probability);
}

/** P(X = successes) for 0 < probability < 1, after Loader (2000). */
function probabilityOf(successes: number, { count, probability }: Trials, complement: number): number {
  const failures = count - successes;
  if (failures === 0) return Math.exp(count * Math.log(probability));
  const exponent =
    stirlingError(count) -
    stirlingError(successes) -
    stirlingError(failures) -
    deviance(successes, count * probability) -
    deviance(failures, count * complement);
  return Math.sqrt(count / (2 * Math.PI * successes * failures)) * Math.exp(exponent);
}

/** log(n!) less Stirling's approximation of it; the series is accurate to 16 digits above 15. */
function stirlingError(n: number): number {
  // Stryker disable next-line EqualityOperator: at 15 both are good
  if (n <= 15) return Math.log(factorial(n)) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

function factorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor += 1) product *= factor;
  return product;
}

/** observed · log(observed / expected) + expected − observed, as a series where the two nearly cancel. */
function deviance(observed: number, expected: number): number {
  const difference = observed - expected;
  const ratio = difference / (observed + expected);
  // Stryker disable next-line EqualityOperator: at the boundary both are good
  if (Math.abs(ratio) > 0.1) return observed * Math.log(observed / expected) - difference;
  let sum = difference * ratio;
  let power = 2 * observed * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** The denominator of DLMF 8.17.22, by Lentz's method; converges in some √max(a, b) steps where x < (a+1)/(a+b+2). */
function continuedFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let step = 1; ; step += 1) {
    const term = coefficient({ a, b, x }, step);
    /* v8 ignore start -- exactly zero is not met where the fraction converges, and must not be divided by all the same */
    denominator = 1 / (1 + term * denominator || tiny);
    numerator = 1 + term / numerator || tiny;
    /* v8 ignore stop */
    const change = numerator * denominator;
    value *= change;
    // Stryker disable next-line EqualityOperator: one step more or less changes no digit
    if (Math.abs(change - 1) < 1e-15) return value;
  }
}

function coefficient({ a, b, x }: { readonly a: number; readonly b: number; readonly x: number }, step: number) {
  const m = Math.floor(step / 2);
  if (step % 2 === 0) return (m * (b - m) * x) / ((a + step - 1) * (a + step));
  return (-(a + m) * (a + b + m) * x) / ((a + step - 1) * (a + step));
}
