/** The decision rule for everything that has an interval: pass or fail only when all of it lies on one side. */
import type { Limit } from '../model/criterion.ts';
import type { ReasonCode } from '../model/finding.ts';
import type { Answer, Estimate } from './judged-part.ts';
import { sideOf } from './limits.ts';
import { beyondLimit, withinLimit } from './messages.ts';

export interface EstimateQuestion {
  /** The value in words: `p95 is 143 ms over 1800 requests`. */
  readonly lead: string;
  readonly estimate: Estimate;
  readonly limit: Limit;
  /** The smallest violation that would have failed, in words; `null` where none could have. */
  readonly detects: string | null;
}

/** Why an estimate does not decide, and what would. */
export interface Undecided {
  readonly reason: ReasonCode;
  readonly message: string;
  readonly needs: string;
}

/** Pass or fail where the interval decides; otherwise inconclusive, as `undecided` explains it. */
export function judgeEstimate(question: EstimateQuestion, undecided: () => Undecided): Answer {
  switch (sideOf(question.estimate.interval, question.limit)) {
    case 'within':
      return { ...common(question), outcome: 'pass', reason: 'interval-within-limit', message: withinLimit(question) };
    case 'beyond':
      return { ...common(question), outcome: 'fail', reason: 'interval-beyond-limit', message: beyondLimit(question) };
    case 'across':
      return { ...common(question), outcome: 'inconclusive', ...undecided() };
  }
}

/** Inconclusive whatever the estimate says, so that no violation could have failed either. */
export function refuseEstimate(question: Omit<EstimateQuestion, 'detects'>, undecided: Undecided): Answer {
  return { ...common({ ...question, detects: null }), outcome: 'inconclusive', ...undecided };
}

function common({ estimate, limit, detects }: EstimateQuestion) {
  return {
    nature: 'estimate',
    observed: estimate,
    limit,
    ...(detects === null ? {} : { detects }),
  } as const;
}
