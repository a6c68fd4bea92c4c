/** `gate.json`: the interface others build on. */
import type { ChecklistRun } from './checklist-run.ts';
import type { ErrorBudget, Limit, SuccessCriterion, Waiver } from './criterion.ts';
import type { Attachment, MachineNoise } from './evidence.ts';
import type { Finding, Observed } from './finding.ts';
import type { Outcome, Verdict } from './outcome.ts';
import type { RollbackPlan } from './rollback.ts';
import type { Environment, RunIdentity } from './run.ts';
import type { Instant } from './units.ts';

export interface SuccessCriterionResult extends SuccessCriterion {
  readonly outcome: Outcome | 'not-exercised';
  /** Ids of the criteria that answer it. */
  readonly findings: readonly string[];
  /** Ids of what it also asks for and this run did not look at: with any, a pass is a pass in part. */
  readonly notExercised: readonly string[];
}

/** Something the rollout asks for that this run did not look at. */
export interface NotExercised {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  /** Rows of the checklist's success criteria that ask for it. */
  readonly checklist: readonly string[];
}

/** A probe that was not proved to see in one respect: its positive control was not tried, or did not show. */
export interface NotProven {
  readonly probe: string;
  readonly control: string;
  /** A sentence with the values. */
  readonly reason: string;
}

/** `gate.json`, schema version 1: the interface others build on. */
export interface GateReport {
  readonly schemaVersion: 1;
  readonly run: RunIdentity;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly successCriteria: readonly SuccessCriterionResult[];
  readonly notExercised: readonly NotExercised[];
  /** Where a probe was not proved to see. */
  readonly notProven: readonly NotProven[];
  /** Waivers that were over when the run began, and so count for nothing. */
  readonly expiredWaivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly machineNoise: MachineNoise;
  /** What the run took of its target and of the time it had; absent where the profile sets no bounds. */
  readonly footprint?: Footprint;
  /** The newest walk of each checklist of this target, as it was when the run began; absent where there was none. */
  readonly checklistRuns?: readonly ChecklistRun[];
  readonly rollback: RollbackPlan;
  /** Where the run's other documents are, relative to the run folder. */
  readonly documents: readonly Attachment[];
}

/** What a bounded run took, beside what it might. */
export interface Footprint {
  /** To the target, by the run itself and by the pages it visited. */
  readonly requests: number;
  readonly maxRequests: number;
  readonly withinMs: number;
  /** What somebody may take a go of this profile for. */
  readonly goMeans: string;
}

/** `last-go.json`: the last run of the same rollout, profile and target that was a go before this one. It decides nothing. */
export type LastGo = KnownGo | NoGoKnown;

export interface KnownGo {
  readonly schemaVersion: 1;
  readonly status: 'known';
  readonly run: {
    readonly id: string;
    readonly startedAt: Instant;
    readonly release: string;
    readonly tool: RunIdentity['tool'];
    readonly environment: Environment;
    readonly configHash: string;
  };
  /** Of each criterion that it judged. */
  readonly criteria: readonly GoneBefore[];
}

/** What a criterion was then. */
export interface GoneBefore {
  readonly criterion: string;
  readonly outcome: Outcome;
  readonly limit: Limit;
  /** Absent where nothing was observed. */
  readonly observed?: Observed;
}

interface NoGoKnown {
  readonly schemaVersion: 1;
  readonly status: 'none';
  readonly why: string;
}
