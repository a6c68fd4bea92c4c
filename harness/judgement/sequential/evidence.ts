/**
 * Evidence against a bound that stays valid however often it is looked at.
 *
 * For a bound on a share p or on a rate, each number below is the likelihood ratio of Wald's sequential test (A. Wald,
 * "Sequential tests of statistical hypotheses", Ann. Math. Statist. 16 (1945) 117–186) between the bound and a world with
 * other odds, averaged over several such worlds (H. Robbins, "Statistical methods related to the law of the iterated
 * logarithm", Ann. Math. Statist. 41 (1970) 1397–1409). While the bound holds it is an e-process: it begins at 1, is expected
 * not to grow, and so ever reaches 1/α with a probability of at most α, however often it is looked at (J. Ville, "Étude
 * critique de la notion de collectif", 1939). Turned around it is a confidence sequence (S. R. Howard, A. Ramdas,
 * J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Ann. Statist. 49 (2021)
 * 1055–1080); for a quantile, what is counted is how many observations lie beyond it (S. R. Howard, A. Ramdas, "Sequential
 * estimation of quantiles with applications to A/B testing and best-arm identification", Bernoulli 28 (2022) 1704–1728).
 *
 * The share may change over time: it is only assumed that each one's probability, given those before, keeps the bound.
 */

/** Hits of a number, or in a time. */
export interface Counted {
  readonly hits: number;
  /** How many there were; of a rate how long, in the bound's unit of time. */
  readonly exposure: number;
}

export interface Bound {
  /** `share`: hits of exposure, 0 to 1. `rate`: hits for each unit of exposure. */
  readonly kind: 'share' | 'rate';
  readonly value: number;
}

/** Against which side of the bound evidence is wanted: that there are `more` hits than it allows, or `fewer`. */
export type Against = 'more' | 'fewer';

/** How many times as high, or low, the odds are in the worlds that are held against the bound. */
export const oddsOf: { readonly [against in Against]: readonly number[] } = {
  more: [1.25, 1.5, 2, 3, 5, 10, 30, 100],
  fewer: [0, 0.1, 0.25, 0.5, 0.7, 0.85],
};

/** The logarithm of the likelihood ratio: of odds that are `odds` times those of the bound, against the bound itself. */
export function logRatio({ hits, exposure }: Counted, { kind, value }: Bound, odds: number): number {
  // Zero hits contribute nothing, also with odds of zero.
  const ofHits = hits === 0 ? 0 : hits * Math.log(odds);
  const ofExposure = kind === 'rate' ? (odds - 1) * value : Math.log1p((odds - 1) * value);
  return exposure === 0 ? ofHits : ofHits - exposure * ofExposure;
}

/** The logarithm of the average over all odds of one side. */
export function logEvidence(counted: Counted, bound: Bound, against: Against): number {
  return logMean(oddsOf[against].map((odds) => logRatio(counted, bound, odds)));
}

/** ln of the mean of e^x, without leaving what a number can hold. At least one of them is finite. */
function logMean(logarithms: readonly number[]): number {
  return logSum(logarithms) - Math.log(logarithms.length);
}

export function logSum(logarithms: readonly number[]): number {
  const largest = Math.max(...logarithms);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(logarithms.reduce((sum, one) => sum + Math.exp(one - largest), 0));
}
