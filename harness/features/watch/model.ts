/** The domain types of a watch: what it plans, what it observes, what it says as it happens, and its report. */

import type { Criterion, ErrorBudget, Limit, SuccessCriterion, Waiver } from '../../model/criterion.ts';
import type { Check, Evidence, QualityIssue } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { NotExercised, SuccessCriterionResult } from '../../model/gate-report.ts';
import type { Scope } from '../../model/outcome.ts';
import type { Preflight, RollbackPlan, RollbackPolicy } from '../../model/rollback.ts';
import type { RunIdentity, TargetIdentity } from '../../model/run.ts';
import type { Instant, Unit } from '../../model/units.ts';

/** What a watch is asked to do, saved before it begins: with the journal, all that its report rests on. */
export interface WatchPlan {
  readonly watch: {
    readonly id: string;
    readonly rollout: string;
    readonly startedAt: Instant;
    readonly tool: RunIdentity['tool'];
    readonly target: TargetIdentity;
    readonly machine: string;
    readonly configHash: string;
    /** The stage of the ramp that it judges; null for the whole watch. */
    readonly stage: WatchStage | null;
  };
  readonly durationMs: number;
  readonly sources: readonly WatchedSource[];
  readonly criteria: readonly Criterion[];
  readonly rates: readonly WatchedRate[];
  readonly successCriteria: readonly SuccessCriterion[];
  readonly leftOut: readonly NotExercised[];
  readonly waivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly rollback: RollbackPolicy;
  /** What `rollback --check` found out before the watch began; null where nobody checked. */
  readonly preflight: Preflight | null;
  /** The probability of a false alert in the whole watch, shared by all that can raise one. */
  readonly falseAlerts: number;
  /** A target that does not answer for so long is an alert. */
  readonly goneAfterMs: number;
}

/** A step of the ramp: so long nothing may speak against it, then the next one is allowed. */
export interface WatchStage {
  readonly name: string;
  readonly title: string;
  readonly next: string | null;
}

/** What is sampled again and again; named like the evidence it brings: `load-diff`. */
export interface WatchedSource {
  readonly name: string;
  /** Null: once, at the beginning. */
  readonly everyMs: number | null;
}

/** How often something may happen in a time: for alerts alone, no criterion rests on it. */
export interface WatchedRate {
  readonly id: string;
  readonly title: string;
  readonly sli: string;
  readonly probe: string;
  readonly scope: Scope;
  /** In counts for each `perMs`. */
  readonly alert: Limit;
  readonly perMs: number;
  readonly rationale: string;
  readonly advice: string;
}

// -------------------------------------------------------------------------------------- observations

/** What happened, in order; the journal holds nothing else. `atMs` counts from the watch's beginning. */
export type Observation = Sampled | TargetSilent | TargetAnswers | TimePassed | Ended;

interface When {
  readonly atMs: number;
  readonly at: Instant;
}

/** What one source brought, or why it brought nothing. */
export interface Sampled extends When {
  readonly kind: 'sample';
  readonly source: string;
  readonly evidence: Evidence;
}

/** The target did not answer at all; nothing was asked of it then. */
export interface TargetSilent extends When {
  readonly kind: 'silent';
  readonly why: string;
}

/** It answers again. */
export interface TargetAnswers extends When {
  readonly kind: 'answers';
}

/** Time went by in which nothing was seen, or the clock on the wall was set. */
export interface TimePassed extends When {
  readonly kind: 'gap';
  readonly why: 'asleep' | 'not-running' | 'clock-set' | 'late';
  /** How long; of a clock that was set, by how much, negative for backwards. */
  readonly lastedMs: number;
}

export interface Ended extends When {
  readonly kind: 'end';
  readonly why: 'time' | 'interrupted';
}

// ------------------------------------------------------------------------------------------- report

/** An alert, from the moment it was raised. */
export interface Alert {
  /** The criterion or the rate; `target` where nothing answers. */
  readonly id: string;
  readonly title: string;
  readonly scope: Scope;
  readonly raisedAt: Instant;
  readonly raisedAtMs: number;
  /** The likeliest moment when it began. */
  readonly since: Instant;
  readonly sinceMs: number;
  /** Null: it stands. */
  readonly recoveredAt: Instant | null;
  readonly recoveredAtMs: number | null;
  /** What is allowed, as an alert is written: `> 2 %`; null where nothing answers. */
  readonly limit: Limit | null;
  /** A sentence with the values since then. */
  readonly message: string;
  /** The last values before it, each with its moment. */
  readonly values: readonly CoursePoint[];
  /** What was seen, in the application's own words. */
  readonly seen: readonly string[];
  readonly advice: string;
  /** What it would take to go back, if it stands. */
  readonly rollback: RollbackPlan;
}

/** One value of a course: of one sample, or of several neighbours where there are many. */
export interface CoursePoint {
  readonly at: Instant;
  readonly atMs: number;
  readonly value: number;
  readonly unit: Unit;
  readonly exposure: number;
  /** How much of the exposure lies beyond the alert limit; null where there is none. */
  readonly beyond: number | null;
}

/** How a criterion's value went over the watch. */
export interface Course {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly limit: Limit | null;
  readonly alert: Limit | null;
  readonly points: readonly CoursePoint[];
}

/**
 * How a watchpoint stands: an alert stands, it failed for certain, its last value is beyond its limit, it is within its limit
 * for certain, or too little is known yet. Of a rate, which is not judged, `within` and `beyond` say only where its last value is.
 */
export type PointStanding = 'alert' | 'failed' | 'beyond' | 'within' | 'open';

/** Everything that is watched, seen already or not; its values are in the course of the same id. */
export interface Watchpoint {
  readonly id: string;
  readonly limit: Limit | null;
  readonly alert: Limit | null;
  readonly standing: PointStanding;
}

/** Time in which a source, or everything, was not seen. */
export interface Gap {
  readonly source: string | null;
  readonly from: Instant;
  readonly fromMs: number;
  readonly lastedMs: number;
  readonly why: TimePassed['why'] | 'silent' | 'unseen';
  readonly message: string;
}

/** What one log's patterns came to in one window of time. */
export interface LogWindowCount {
  readonly source: string;
  readonly until: Instant;
  readonly untilMs: number;
  readonly lastedMs: number;
  readonly lines: number;
  readonly counts: { readonly [sli: string]: number };
}

export interface SourceSum {
  readonly name: string;
  readonly everyMs: number | null;
  readonly samples: number;
  /** Samples that brought nothing, or only what is not to be trusted. */
  readonly lost: number;
  readonly lastQualityIssue: string | null;
}

/** Where a watch stands; `watching` until it has ended. */
export type WatchStanding = 'watching' | 'success' | 'inconclusive' | 'failed';

/** `watch.json`, schema version 1. */
export interface WatchReport {
  readonly schemaVersion: 1;
  readonly watch: WatchPlan['watch'] & {
    readonly durationMs: number;
    readonly elapsedMs: number;
    readonly seenAt: Instant;
    readonly ended: Ended['why'] | null;
    readonly falseAlerts: number;
  };
  readonly standing: WatchStanding;
  /** Why, in a sentence. */
  readonly because: string;
  /** Of a stage: whether the ramp may go on. Null for the whole watch. */
  readonly advice: 'go-on' | 'hold' | 'go-back' | null;
  readonly alerts: readonly Alert[];
  readonly findings: readonly Finding[];
  readonly successCriteria: readonly SuccessCriterionResult[];
  readonly notExercised: readonly NotExercised[];
  readonly expiredWaivers: readonly Waiver[];
  readonly watchpoints: readonly Watchpoint[];
  readonly courses: readonly Course[];
  readonly logWindows: readonly LogWindowCount[];
  readonly sources: readonly SourceSum[];
  readonly gaps: readonly Gap[];
  readonly rollback: RollbackPlan;
  /** What watching itself took; null until it is known. */
  readonly cost: WatchCost | null;
}

/** What the watching process took, its children apart. */
export interface WatchCost {
  readonly peakMemoryMB: number;
  /** Processor time over time watched; 1 is a whole core. */
  readonly cores: number;
}

/** What is worth a line when it happens. */
export type WatchEvent =
  | { readonly kind: 'started'; readonly at: Instant; readonly plan: WatchPlan }
  | { readonly kind: 'sample'; readonly at: Instant; readonly source: string; readonly values: readonly SampleValue[] }
  | {
      readonly kind: 'lost';
      readonly at: Instant;
      readonly source: string;
      readonly qualityIssues: readonly QualityIssue[];
    }
  | { readonly kind: 'alert'; readonly at: Instant; readonly alert: Alert }
  | { readonly kind: 'recovered'; readonly at: Instant; readonly alert: Alert }
  | { readonly kind: 'silent'; readonly at: Instant; readonly why: string }
  | { readonly kind: 'answers-again'; readonly at: Instant; readonly lastedMs: number }
  | { readonly kind: 'log-window'; readonly at: Instant; readonly window: LogWindowCount }
  | { readonly kind: 'failed-check'; readonly at: Instant; readonly id: string; readonly checks: readonly Check[] }
  | { readonly kind: 'gap'; readonly at: Instant; readonly gap: Gap }
  | { readonly kind: 'ended'; readonly at: Instant; readonly report: WatchReport };

export interface SampleValue {
  readonly id: string;
  readonly value: number;
  readonly unit: Unit;
  readonly exposure: number;
}
