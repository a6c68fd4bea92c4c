/** What was done of a way back: one execution, step by step, as it is kept beside the run. */

import type { Outcome, Verdict } from '../../model/outcome.ts';
import type { RollbackPlan, RollbackStep } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import type { Instant } from '../../model/units.ts';

/**
 * `verified`: done, and seen to have worked. `looked`: ran, and changes nothing. `not-verified`: it ran, and nobody saw that it
 * worked. `failed`: its command did not end well. `skipped` and `declined`: somebody said so. `not-run`: something before it
 * stopped the execution.
 */
export type StepState =
  | 'running'
  | 'verified'
  | 'looked'
  | 'done-before'
  | 'failed'
  | 'not-verified'
  | 'skipped'
  | 'declined'
  | 'not-run';

export interface LoggedStep extends Pick<RollbackStep, 'title' | 'layer' | 'role' | 'command' | 'reversible'> {
  readonly state: StepState;
  /** A sentence with the values. */
  readonly because: string;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  /** The file with all that its command said, relative to the log's folder. */
  readonly output?: string;
  /** Whether the address that tells answered as it should. */
  readonly settled?: { readonly ok: boolean; readonly message: string };
  readonly proof?: StepProof;
}

/** A small gate on the criteria that the step must keep. */
export interface StepProof {
  readonly verdict: Verdict;
  /** Its run folder, relative to the log's; null: it could not be run. */
  readonly run: string | null;
  readonly findings: readonly { readonly criterion: string; readonly outcome: Outcome; readonly message: string }[];
}

/** `log.json` of an execution, schema version 1. */
export interface RollbackLog {
  readonly schemaVersion: 1;
  /** The name of its folder. */
  readonly id: string;
  /** The no-go run that it belongs to; null where somebody named the layers. */
  readonly run: string | null;
  readonly target: TargetIdentity;
  readonly scope: RollbackPlan['scope'];
  readonly by: string;
  /** `asked`: before each step. `typed`: once, for all of it. */
  readonly confirmed: 'asked' | 'typed';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly outcome: 'running' | 'done' | 'stopped' | 'left' | 'interrupted';
  /** A sentence. */
  readonly because: string;
  readonly steps: readonly LoggedStep[];
}

/** Whether a step acted on the target, whatever came of it. */
export function hasActed({ role, state }: LoggedStep): boolean {
  return role !== 'look' && ['running', 'verified', 'failed', 'not-verified'].includes(state);
}
