/** The decision rule for everything that has an interval: pass or fail only when all of it lies on one side. */
import { defined } from '../lib/defined.ts';
import type { Limit } from '../model/criterion.ts';
import type { ReasonCode } from '../model/finding.ts';
import { decideEstimate } from './decide-part.ts';
import { beyondLimit, withinLimit } from './estimate-messages.ts';
import type { Answer, Estimate } from './judged-part.ts';
import { sideOf } from './limits.ts';

export interface EstimateQuestion {
  /** The value in words: `p95 is 143 ms over 1800 requests`. */
  readonly lead: string;
  readonly estimate: Estimate;
  readonly limit: Limit;
  /** Whether there are as many samples as the criterion asks for. */
  readonly isEnough: boolean;
  /** The smallest violation that would have failed, in words; `null` where none could have. */
  readonly detects: () => string | null;
  /** What is said where there are too few. */
  readonly tooFew: () => Undecided;
  /** What is said where the interval reaches across the limit. */
  readonly undecided: () => Undecided;
}

/** Why an estimate does not decide, and what would. */
export interface Undecided {
  readonly reason: ReasonCode;
  readonly message: string;
  readonly needs: string;
}

export function judgeEstimate(question: EstimateQuestion): Answer {
  const { estimate, limit, isEnough } = question;
  const decided = decideEstimate(sideOf(estimate.interval, limit), isEnough);
  const answer = { nature: 'sampled', observed: estimate, limit } as const;
  // With too few samples it is not known what would have failed.
  if (decided.reason === 'too-few-samples') return { ...answer, ...decided, ...question.tooFew() };
  const detecting = { ...answer, ...defined({ detects: question.detects() ?? undefined }) };
  switch (decided.reason) {
    case 'interval-within-limit':
      return { ...detecting, ...decided, message: withinLimit(question) };
    case 'interval-beyond-limit':
      return { ...detecting, ...decided, message: beyondLimit(question) };
    case 'interval-spans-limit':
      return { ...detecting, ...decided, ...question.undecided() };
  }
}
