/** What a run judges by: saved before anything is measured. */
import type { Baselines } from './baseline.ts';
import type { ChecklistRun } from './checklist-run.ts';
import type { Criterion, ErrorBudget, SuccessCriterion, Waiver } from './criterion.ts';
import type { DrillProof } from './finding.ts';
import type { NotExercised } from './gate-report.ts';
import type { Preflight, RollbackPolicy } from './rollback.ts';
import type { DrillMark, Environment, RunClock, RunIdentity, TargetIdentity } from './run.ts';
import type { Instant } from './units.ts';

/** What findings are concluded from, beside the evidence. */
export interface JudgingPolicy {
  readonly rollout: string;
  readonly configHash: string;
  readonly profile: string;
  readonly successCriteria: readonly SuccessCriterion[];
  /** Those this run decides; what the profile or `--only` leaves out is in `leftOut`. */
  readonly criteria: readonly Criterion[];
  readonly leftOut: readonly NotExercised[];
  readonly waivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly rollback: RollbackPolicy;
  /** Where the profile sets bounds to what a run may take. */
  readonly bounds?: RunBounds;
}

/** What a run may take, and so what its verdict can mean. */
export interface RunBounds {
  /** Requests to the target at the most; what would exceed them is not begun. */
  readonly maxRequests: number;
  /** Measuring ends so long after the run began. */
  readonly withinMs: number;
  /** What somebody may take a go for, in a sentence. */
  readonly goMeans: string;
}

/** A judging policy together with the run it is for: saved before anything is measured. */
export interface RunPlan extends JudgingPolicy {
  readonly run: {
    readonly id: string;
    readonly startedAt: Instant;
    readonly tool: RunIdentity['tool'];
    readonly target: TargetIdentity;
    readonly machine: Omit<Environment, 'browser'>;
    readonly clock?: RunClock;
    readonly drill?: DrillMark;
  };
  /** What was accepted before it began; absent where no criterion compares. */
  readonly baselines?: Baselines;
  /** What people have answered for of this target's checklists; absent where nobody has. */
  readonly checklistRuns?: readonly ChecklistRun[];
  /** What drills say of each criterion; absent in a run that is itself part of a drill. */
  readonly proofs?: { readonly [criterion: string]: DrillProof };
  /** What `rollback --check` last found out about the target; absent where nobody has checked. */
  readonly preflight?: Preflight;
}
