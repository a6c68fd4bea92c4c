/** Judges a ratio of counts by its exact interval. */
import type { Criterion, Limit } from '../model/criterion.ts';
import type { Ratio } from '../model/evidence.ts';
import { designEffect } from './design-effect.ts';
import { confidenceOf, type Errors } from './errors.ts';
import * as messages from './estimate-messages.ts';
import { judgeEstimate, type Undecided } from './judge-estimate.ts';
import { type Answer, atLeastOne, type Estimate, headroom, type JudgedPart } from './judged-part.ts';
import { limitsFromAbove, sideOf } from './limits.ts';
import { ratioIntervalOfMany } from './ratio-interval.ts';
import { smallestInteger } from './smallest-integer.ts';

export function judgeRatio(criterion: Criterion, ratio: Ratio, errors: Errors): JudgedPart {
  const effect = designEffect(
    // Stryker disable next-line ArrayDeclaration: one slice, of whatever kind, is as good as none
    (ratio.slices ?? []).map(({ numerator, denominator }) => ({ hits: numerator, count: denominator })),
  );
  const question = { limit: criterion.limit, minSamples: criterion.minSamples, errors, effect };
  const answer = answerOfBoth(question, ratio);
  return {
    label: 'ratio',
    ...answer,
    message: messages.withDependenceNoted(answer.message, { count: ratio.denominator, effect }),
  };
}

interface RatioQuestion {
  readonly limit: Limit;
  readonly minSamples: number;
  readonly errors: Errors;
  /** How many of the counted things say as much as one independent one would. */
  readonly effect: number;
}

/** Judges both ends of an unclear count; they must agree. */
function answerOfBoth(question: RatioQuestion, ratio: Ratio): Answer {
  const least = answerOf(question, ratio);
  const { unclear } = ratio;
  if (unclear === undefined) return least;
  const most = answerOf(question, { ...ratio, numerator: unclear.atMost });
  if (least.outcome !== most.outcome) {
    const { detects: _, ...rest } = least;
    const explanation = messages.unclearRatio(ratio, unclear, question.limit);
    return { ...rest, outcome: 'inconclusive', reason: 'too-close-to-limit', ...explanation };
  }
  // Stryker disable next-line EqualityOperator: either will do where both are as near
  const nearest = Math.abs(headroom(most)) < Math.abs(headroom(least)) ? most : least;
  return { ...nearest, message: messages.withUnclearNoted(nearest.message, ratio, unclear) };
}

function answerOf(question: RatioQuestion, ratio: Ratio): Answer {
  const { limit, minSamples } = question;
  const needed = atLeastOne(minSamples);
  const { denominator, of } = ratio;
  const reason = 'too-few-samples';
  if (denominator === 0) {
    const explanation = messages.nothingMeasured(needed, of.denominator);
    return { nature: 'sampled', outcome: 'inconclusive', reason, limit, ...explanation };
  }
  const estimate = estimateOf(question, ratio);
  const lead = messages.ratioLead(ratio, estimate, limit);
  const tooFew = (): Undecided => ({
    reason,
    ...messages.tooFew({ lead, more: needed - denominator, needed, things: of.denominator }),
  });
  const undecided = (): Undecided => ({
    reason: 'interval-spans-limit',
    ...messages.ratioSpansLimit({ lead, estimate, limit }, ratio, moreClean(question, ratio)),
  });
  const detects = () => {
    const violation = smallestViolation(question, denominator);
    return violation === null ? null : messages.detectsRatio(ratio, violation);
  };
  return judgeEstimate({ lead, estimate, limit, isEnough: denominator >= needed, detects, tooFew, undecided });
}

function estimateOf(question: RatioQuestion, { numerator, denominator }: Ratio): Estimate {
  const interval = ratioIntervalOfMany({ numerator, denominator }, question);
  const value = numerator / denominator;
  const confidence = confidenceOf(question.errors);
  return { statistic: 'ratio', value, unit: 'ratio', interval, confidence, samples: denominator };
}

/** The numerator nearest the limit that would have failed; `null` when none would. */
function smallestViolation(question: RatioQuestion, denominator: number): number | null {
  const { limit } = question;
  const distance = smallestInteger({ from: 0, to: denominator }, (steps) => {
    const numerator = limitsFromAbove(limit) ? steps : denominator - steps;
    return sideOf(ratioIntervalOfMany({ numerator, denominator }, question), limit) === 'beyond';
  });
  if (distance === null) return null;
  return limitsFromAbove(limit) ? distance : denominator - distance;
}

const mostToAskFor = 10_000_000;

/** How many more, all of them on the good side, would make the ratio pass; `null` when no number would. */
function moreClean(question: RatioQuestion, { numerator, denominator }: Ratio): number | null {
  const { limit } = question;
  return smallestInteger({ from: 1, to: mostToAskFor }, (more) => {
    const share = { numerator: limitsFromAbove(limit) ? numerator : numerator + more, denominator: denominator + more };
    return sideOf(ratioIntervalOfMany(share, question), limit) === 'within';
  });
}
