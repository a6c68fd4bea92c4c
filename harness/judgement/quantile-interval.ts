/**
 * Intervals for a percentile that assume nothing about the shape of the distribution.
 *
 * Source: H. A. David & H. N. Nagaraja, "Order Statistics" (3rd ed. 2003), section 7.1; G. J. Hahn & W. Q. Meeker,
 * "Statistical Intervals" (1991), section 5.2. The observations are taken to be independent of each other.
 */
import { binomialLowerTail, binomialUpperTail } from './binomial.ts';
import type { Observations } from './observations.ts';
import { smallestInteger } from './smallest-integer.ts';

/** Which percentile (0 to 100, both excluded), and with what confidence (0 to 1) its interval is to hold it. */
export interface QuantileQuestion {
  readonly percentile: number;
  readonly confidence: number;
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

/** The percentile by nearest rank, with its two-sided interval. Throws without observations. */
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
 * below it, which is a binomial event. Each side errs with at most half of what the confidence leaves.
 */
export function quantileRanks(count: number, { percentile, confidence }: QuantileQuestion): QuantileRanks {
  const trials = { count, probability: percentile / 100 };
  const errorPerSide = ((1 - confidence) / 2) * (1 + roundingSlack);
  const tooHigh = smallestInteger({ from: 1, to: count }, (rank) => binomialLowerTail(rank - 1, trials) > errorPerSide);
  const upper = smallestInteger({ from: 1, to: count }, (rank) => binomialUpperTail(rank, trials) <= errorPerSide);
  const lower = (tooHigh ?? count + 1) - 1;
  return { point: nearestRank(count, percentile), lower: lower === 0 ? null : lower, upper };
}

/** How many observations it takes to bound the percentile on this side at all. */
export function samplesToBound({ percentile, confidence }: QuantileQuestion, side: 'lower' | 'upper'): number {
  const share = side === 'upper' ? percentile / 100 : 1 - percentile / 100;
  return Math.ceil(Math.log((1 - confidence) / 2) / Math.log(share) - roundingSlack);
}

function nearestRank(count: number, percentile: number): number {
  return Math.max(1, Math.ceil((percentile * count) / 100 - roundingSlack));
}

/** Keeps 99.9 % of 1000, which floating point makes a hair more than 999, at 999; and an eighth at 0.5³. */
const roundingSlack = 1e-9;
