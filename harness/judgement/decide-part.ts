/** Decision rules that the gate and the watch share; each adds its own sentences. */
import type { Limit } from '../model/criterion.ts';
import type { FindingPart } from '../model/finding.ts';
import { holds, limitsFromAbove, type Side } from './limits.ts';

type Decided<O extends FindingPart['outcome'], R extends FindingPart['reason']> = {
  readonly outcome: O;
  readonly reason: R;
};

export type TooFew = Decided<'inconclusive', 'too-few-samples'>;
const tooFew: TooFew = { outcome: 'inconclusive', reason: 'too-few-samples' };

export type DecidedEstimate =
  | Decided<'fail', 'interval-beyond-limit'>
  | TooFew
  | Decided<'pass', 'interval-within-limit'>
  | Decided<'inconclusive', 'interval-spans-limit'>;

/** Passes or fails only where the whole interval lies on one side. Too few samples may fail but never pass. */
export function decideEstimate(side: Side, isEnough: boolean): DecidedEstimate {
  if (side === 'beyond') return { outcome: 'fail', reason: 'interval-beyond-limit' };
  if (!isEnough) return tooFew;
  if (side === 'within') return { outcome: 'pass', reason: 'interval-within-limit' };
  return { outcome: 'inconclusive', reason: 'interval-spans-limit' };
}

export interface SeenCount {
  readonly count: number;
  /** The count of the whole time window at the pace seen so far. */
  readonly projected: number;
  /** Whether there were as many exposures as the criterion asks for. */
  readonly isEnough: boolean;
  /** Whether everything that happened was counted; only then can too few of something be a failure. */
  readonly isComplete: boolean;
}

/** Too many always fail. Too few of something fail only where there were enough exposures to expect it. */
export function decideCount({ count, projected, isEnough, isComplete }: SeenCount, limit: Limit) {
  const isKept = holds(count, limit);
  if (!isKept && (limitsFromAbove(limit) || (isEnough && isComplete))) {
    return { outcome: 'fail', reason: 'count-beyond-limit' } as const;
  }
  if (isEnough && isKept && holds(projected, limit)) return { outcome: 'pass', reason: 'count-within-limit' } as const;
  return tooFew;
}

/** One false check fails, however few were made. */
export function decideChecks({ made, failed }: { readonly made: number; readonly failed: number }, needed: number) {
  if (failed > 0) return { outcome: 'fail', reason: 'check-failed' } as const;
  return made < needed ? tooFew : ({ outcome: 'pass', reason: 'all-checks-hold' } as const);
}
