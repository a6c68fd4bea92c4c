/** Judges a percentile of ordered observations, with the instrument's own uncertainty on top. */
import type { Criterion, Limit } from '../model/criterion.ts';
import type { MachineNoise } from '../model/evidence.ts';
import { confidenceOf, type Errors, passEnd } from './errors.ts';
import * as messages from './estimate-messages.ts';
import { judgeEstimate, type Undecided } from './judge-estimate.ts';
import { type Answer, atLeastOne, type Estimate } from './judged-part.ts';
import { holds, type Interval, limitsFromAbove, type Side, sideOf } from './limits.ts';
import type { Noise } from './machine-noise.ts';
import type { Observations } from './observations.ts';
import { type QuantileEstimate, quantileInterval, quantileRanks, samplesToBound } from './quantile-interval.ts';
import { smallestInteger } from './smallest-integer.ts';
import type { Explanation } from './wording.ts';

export interface QuantileCriterion {
  /** Name of the observed statistic: `p75`, `longest task`. */
  readonly statistic: string;
  readonly percentile: number;
  readonly limit: Limit;
  readonly minSamples: number;
  /** Of the instrument. */
  readonly uncertaintyMs: number;
  /** Of the machine. */
  readonly noise: Noise;
  readonly errors: Errors;
  /** Of observations that resemble their neighbours; 1 when left out. */
  readonly designEffect?: number;
  /** What the observations are, in words: `samples`, `requests`. */
  readonly things: string;
}

/** A criterion on a percentile, and how often its interval may miss. */
export interface PercentileQuestion {
  readonly criterion: Criterion;
  readonly percentile: number;
  readonly errors: Errors;
  readonly noise: MachineNoise;
}

export function judgeQuantile(criterion: QuantileCriterion, observations: Observations): Answer {
  const { limit, minSamples, things } = criterion;
  const samples = observations.count;
  const asked = Math.max(atLeastOne(minSamples), samplesToBoundGoodSide(criterion));
  if (samples === 0) return nothingObserved(limit, messages.nothingMeasured(asked, things));

  const exact = quantileInterval(observations, criterion);
  const estimate = estimateOf(criterion, exact, samples);
  const lead = messages.quantileLead(estimate, { ...criterion, openEnded: exact.openEnded });
  const tooFew = (): Undecided => ({
    reason: 'too-few-samples',
    ...messages.tooFew({ lead, more: asked - samples, needed: asked, things }),
  });
  const undecided = (): Undecided => {
    const alone = sideOf(exact.interval, limit);
    if (alone !== 'across') {
      return tooNear(criterion, { lead, estimate, limit }, { alone, exact });
    }
    if (samples < samplesToBoundGoodSide(criterion)) return tooFew();
    const more = moreSamples(criterion, observations);
    return { reason: 'interval-spans-limit', ...messages.spansLimit({ lead, estimate, limit }, more, things) };
  };
  const isEnough = samples >= atLeastOne(minSamples);
  const detects = () => detectsOf(criterion, estimate);
  return judgeEstimate({ lead, estimate, limit, isEnough, detects, tooFew, undecided });
}

interface Alone {
  readonly exact: QuantileEstimate;
  /** The side of the limit on which the samples alone lie. */
  readonly alone: Exclude<Side, 'across'>;
}

/** The samples decide, but the instrument or the machine is not that exact. */
function tooNear(
  { uncertaintyMs, noise }: QuantileCriterion,
  stated: messages.Stated,
  { alone, exact }: Alone,
): Undecided {
  const alwaysMs = { tooLongMs: uncertaintyMs, tooShortMs: uncertaintyMs };
  if (sideOf(widened(exact.interval, alwaysMs), stated.limit) === 'across') {
    return { reason: 'too-close-to-limit', ...messages.tooClose(stated, alone, uncertaintyMs) };
  }
  const isBelow = (alone === 'within') === limitsFromAbove(stated.limit);
  const apartMs = isBelow ? noise.tooShortMs : noise.tooLongMs;
  return { reason: 'within-noise-floor', ...messages.withinNoiseFloor(stated, alone, apartMs) };
}

function nothingObserved(limit: Limit, explanation: Explanation): Answer {
  return { nature: 'sampled', outcome: 'inconclusive', reason: 'too-few-samples', limit, ...explanation };
}

/** The end of the interval that must keep the limit for a pass exists only from this many observations on. */
function samplesToBoundGoodSide(criterion: QuantileCriterion): number {
  return samplesToBound(criterion, passEnd(criterion.limit));
}

function estimateOf(criterion: QuantileCriterion, exact: QuantileEstimate, samples: number): Estimate {
  return {
    statistic: criterion.statistic,
    value: exact.valueMs,
    unit: 'ms',
    interval: widened(exact.interval, {
      tooLongMs: Math.max(criterion.uncertaintyMs, criterion.noise.tooLongMs),
      tooShortMs: Math.max(criterion.uncertaintyMs, criterion.noise.tooShortMs),
    }),
    confidence: confidenceOf(criterion.errors),
    samples,
  };
}

function widened([lower, upper]: Interval, { tooLongMs, tooShortMs }: Noise): Interval {
  return [lower === null ? null : Math.max(0, lower - tooLongMs), upper === null ? null : upper + tooShortMs];
}

/**
 * All observations shifted by the same time towards the limit and beyond it, until the interval's better end reaches
 * the limit: the percentile is then at its value and that shift.
 */
function detectsOf({ limit }: QuantileCriterion, { statistic, value, interval: [lower, upper] }: Estimate) {
  const betterEnd = limitsFromAbove(limit) ? lower : upper;
  if (betterEnd === null) return null;
  return messages.detectsQuantile(statistic, value + (limit.value - betterEnd), limit);
}

const mostSamplesToAskFor = 100_000;

/** How many more observations would decide, if they fall as these did; `null` where it would take too many. */
function moreSamples(criterion: QuantileCriterion, observations: Observations): number | null {
  const { below, above } = sharesAround(criterion.limit, observations);
  const needed = smallestInteger({ from: observations.count + 1, to: mostSamplesToAskFor }, (count) => {
    const { lower, upper } = quantileRanks(count, criterion);
    const wouldLieBelow = Math.floor(below * count) >= (upper ?? Infinity);
    const wouldLieAbove = Math.floor(above * count) > count - (lower ?? 0);
    return wouldLieBelow || wouldLieAbove;
  });
  return needed === null ? null : needed - observations.count;
}

/** The shares of observations that are known to lie on the smaller and on the greater side of the limit. */
function sharesAround(limit: Limit, { count, lowAt, highAt }: Observations) {
  const smallKeeps = limitsFromAbove(limit);
  let below = 0;
  let above = 0;
  for (let rank = 1; rank <= count; rank += 1) {
    const high = highAt(rank);
    if (high !== null && holds(high, limit) === smallKeeps) below += 1;
    if (holds(lowAt(rank), limit) !== smallKeeps) above += 1;
  }
  return { below: below / count, above: above / count };
}
