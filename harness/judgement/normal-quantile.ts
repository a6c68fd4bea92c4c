/** Quantiles of the normal distribution and of Student's t, for judging how well a variance is known. */

/**
 * The normal quantile of a probability above one half and below 1.
 *
 * M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988)
 * 477–484, the variant PPND7: about seven digits.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  // Stryker disable next-line EqualityOperator: where they meet, both approximations hold
  if (q <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = Math.sqrt(-Math.log(1 - probability));
  // Stryker disable next-line EqualityOperator: where they meet, both approximations hold
  if (r <= 5) {
    const s = r - 1.6;
    return (
      (((0.17023821103 * s + 1.3067284816) * s + 2.75681539) * s + 1.4234372777) /
      ((0.12021132975 * s + 0.7370016425) * s + 1)
    );
  }
  const s = r - 5;
  return (
    (((0.017337203997 * s + 0.42868294337) * s + 3.081226386) * s + 6.657905115) /
    ((0.012258202635 * s + 0.24197894225) * s + 1)
  );
}

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
 * P(Z >= z) of a standard normal variable, for z >= 0.
 *
 * W. J. Cody's rational approximations are more than is needed here: the continued fraction of Abramowitz & Stegun 26.2.14
 * from 2 on and the series 26.2.11 below it, both to twelve digits.
 */
export function normalUpperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  // Stryker disable next-line EqualityOperator: where they meet, both approximations hold
  if (z < 2) {
    let term = z;
    let sum = z;
    // Stryker disable next-line EqualityOperator: a term so small changes no digit
    for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let step = 100; step >= 1; step -= 1) fraction = step / (z + fraction);
  return density / (z + fraction);
}
