/**
 * Intervals for a percentile that assume nothing about the shape of the distribution.
 *
 * Source: H. A. David & H. N. Nagaraja, "Order Statistics" (3rd ed. 2003), section 7.1; G. J. Hahn & W. Q. Meeker,
 * "Statistical Intervals" (1991), section 5.2. For observations that resemble their neighbours, the effective
 * sample size of `design-effect.ts` takes the place of their number: R. S. Woodruff, "Confidence intervals for medians and other position
 * measures", JASA 47 (1952) 635–646.
 */
import { nearestRank } from '../lib/percentile.ts';
import { binomialLowerTail, binomialUpperTail } from './binomial.ts';
import type { Errors } from './errors.ts';
import type { Observations } from './observations.ts';
import { smallestInteger } from './smallest-integer.ts';

/** Which percentile (0 to 100, both excluded), and how often its interval may miss it on each side. */
export interface QuantileQuestion {
  readonly percentile: number;
  readonly errors: Errors;
  /** Observations per independent one; 1 when left out. */
  readonly designEffect?: number;
}

/** Ranks of the observations that estimate and bound a percentile; `null` where there are too few to bound it. */
export interface QuantileRanks {
  readonly point: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface QuantileEstimate {
  readonly valueMs: number;
  /** True when the value is only known to be at least `valueMs`. */
  readonly openEnded: boolean;
  readonly ranks: QuantileRanks;
  readonly interval: readonly [number | null, number | null];
}

/** The percentile by nearest rank, with its interval. Throws without observations. */
export function quantileInterval(observations: Observations, question: QuantileQuestion): QuantileEstimate {
  const ranks = quantileRanks(observations.count, question);
  const measured = observations.valueAt(ranks.point);
  return {
    valueMs: measured ?? observations.lowAt(ranks.point),
    openEnded: measured === null,
    ranks,
    interval: [
      ranks.lower === null ? null : observations.lowAt(ranks.lower),
      ranks.upper === null ? null : observations.highAt(ranks.upper),
    ],
  };
}

/**
 * The ranks for `count` observations: the k-th smallest lies above the percentile when at most k − 1 of them fall
 * below it, which is a binomial event. Ranks of an effective sample are stretched to the whole one, outwards.
 */
export function quantileRanks(
  count: number,
  { percentile, errors, designEffect = 1 }: QuantileQuestion,
): QuantileRanks {
  const effective = Math.floor(count / designEffect);
  const trials = { count: effective, probability: percentile / 100 };
  const range = { from: 1, to: effective };
  // Stryker disable EqualityOperator: no tail is exactly as large as an error and its slack
  const tooHigh = smallestInteger(range, (rank) => binomialLowerTail(rank - 1, trials) > slack(errors.lower));
  const upper = smallestInteger(range, (rank) => binomialUpperTail(rank, trials) <= slack(errors.upper));
  // Stryker restore EqualityOperator
  const lower = (tooHigh ?? effective + 1) - 1;
  return {
    point: nearestRank(count, percentile),
    lower: lower === 0 ? null : Math.floor(((lower - 1) * count) / effective) + 1,
    upper: upper === null ? null : Math.ceil((upper * count) / effective),
  };
}

/** How many observations it takes to bound the percentile on this side at all. */
export function samplesToBound(
  { percentile, errors, designEffect = 1 }: QuantileQuestion,
  side: 'lower' | 'upper',
): number {
  const share = side === 'upper' ? percentile / 100 : 1 - percentile / 100;
  return Math.ceil(Math.ceil(Math.log(errors[side]) / Math.log(share) - roundingSlack) * designEffect - roundingSlack);
}

function slack(error: number): number {
  return error * (1 + roundingSlack);
}

/** Rounding must not decide whether a tail equals an error: 0.5³ counts as an eighth. */
const roundingSlack = 1e-9;
