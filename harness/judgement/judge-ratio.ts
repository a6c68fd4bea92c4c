/** Judges a ratio of counts by its exact interval. */
import type { Criterion, Limit, Ratio } from '../model.ts';
import { judgeEstimate, refuseEstimate } from './judge-estimate.ts';
import { type Answer, atLeastOne, confidence, type Estimate, type JudgedPart } from './judged-part.ts';
import { limitsFromAbove, sideOf } from './limits.ts';
import * as messages from './messages.ts';
import { ratioInterval, type Share } from './ratio-interval.ts';
import { smallestInteger } from './smallest-integer.ts';

export function judgeRatio({ limit, minSamples }: Criterion, ratio: Ratio): JudgedPart {
  return { label: 'ratio', ...answerOf(limit, minSamples, ratio) };
}

function answerOf(limit: Limit, minSamples: number, ratio: Ratio): Answer {
  const needed = atLeastOne(minSamples);
  const { denominator, of } = ratio;
  const reason = 'too-few-samples';
  if (denominator === 0) {
    const told = messages.nothingMeasured(needed, of.denominator);
    return { nature: 'estimate', outcome: 'inconclusive', reason, limit, ...told };
  }
  const estimate = estimateOf(ratio);
  const lead = messages.ratioLead(ratio, estimate, limit);
  if (denominator < needed && sideOf(estimate.interval, limit) !== 'beyond') {
    const told = messages.tooFew({ lead, more: needed - denominator, needed, things: of.denominator });
    return refuseEstimate({ lead, estimate, limit }, { reason, ...told });
  }
  const violation = smallestViolation(limit, denominator);
  const detects = violation === null ? null : messages.detectsRatio(ratio, violation);
  return judgeEstimate({ lead, estimate, limit, detects }, () => ({
    reason: 'interval-spans-limit',
    ...messages.ratioSpansLimit({ lead, estimate, limit }, ratio, moreClean(limit, ratio)),
  }));
}

function estimateOf({ numerator, denominator }: Ratio): Estimate {
  const interval = ratioInterval({ numerator, denominator }, confidence);
  const value = numerator / denominator;
  return { statistic: 'ratio', value, unit: 'ratio', interval, confidence, samples: denominator };
}

/** The numerator nearest the limit that would have failed; `null` when none would. */
function smallestViolation(limit: Limit, denominator: number): number | null {
  const distance = smallestInteger({ from: 0, to: denominator }, (steps) => {
    const numerator = limitsFromAbove(limit) ? steps : denominator - steps;
    return sideOfShare({ numerator, denominator }, limit) === 'beyond';
  });
  if (distance === null) return null;
  return limitsFromAbove(limit) ? distance : denominator - distance;
}

const mostToAskFor = 10_000_000;

/** How many more, all of them on the good side, would make the ratio pass; `null` when no number would. */
function moreClean(limit: Limit, { numerator, denominator }: Ratio): number | null {
  return smallestInteger({ from: 1, to: mostToAskFor }, (more) => {
    const share = { numerator: limitsFromAbove(limit) ? numerator : numerator + more, denominator: denominator + more };
    return sideOfShare(share, limit) === 'within';
  });
}

function sideOfShare(share: Share, limit: Limit) {
  return sideOf(ratioInterval(share, confidence), limit);
}
