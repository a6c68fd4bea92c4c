/** The domain types of a watch: what it plans, what it observes, what it says as it happens, and its report. */

import { z } from 'zod';
import {
  criterionSchema,
  errorBudgetSchema,
  type Limit,
  limitSchema,
  successCriterionSchema,
  type Waiver,
  waiverSchema,
} from '../../model/criterion.ts';
import { type Check, evidenceSchema, type QualityIssue } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { type NotExercised, notExercisedSchema, type SuccessCriterionResult } from '../../model/gate-report.ts';
import type { Immutable } from '../../model/immutable.ts';
import { type Scope, scopeSchema } from '../../model/outcome.ts';
import { preflightSchema, type RollbackPlan, rollbackPolicySchema } from '../../model/rollback.ts';
import { targetIdentitySchema, toolSchema } from '../../model/run.ts';
import { type Instant, instantSchema, type Unit } from '../../model/units.ts';

const watchStageSchema = z.object({ name: z.string(), title: z.string(), next: z.string().nullable() });

/** A step of the ramp: so long nothing may speak against it, then the next one is allowed. */
export type WatchStage = Immutable<z.output<typeof watchStageSchema>>;

/** What is sampled again and again; named like the evidence it brings: `load-diff`. */
const watchedSourceSchema = z.object({
  name: z.string(),
  /** Null: once, at the beginning. */
  everyMs: z.number().nullable(),
});

const watchedRateSchema = z.object({
  id: z.string(),
  title: z.string(),
  scope: scopeSchema,
  sli: z.string(),
  rationale: z.string(),
  advice: z.string(),
  probe: z.string(),
  perMs: z.number(),
  /** In counts for each `perMs`. */
  alert: limitSchema,
});

/** How often something may happen in a time: for alerts alone, no criterion rests on it. */
export type WatchedRate = Immutable<z.output<typeof watchedRateSchema>>;

export const watchPlanSchema = z.object({
  watch: z.object({
    id: z.string(),
    startedAt: instantSchema,
    tool: toolSchema,
    target: targetIdentitySchema,
    machine: z.string(),
    rollout: z.string(),
    configHash: z.string(),
    /** The stage of the ramp that it judges; null for the whole watch. */
    stage: watchStageSchema.nullable(),
  }),
  durationMs: z.number(),
  sources: z.array(watchedSourceSchema),
  criteria: z.array(criterionSchema),
  rates: z.array(watchedRateSchema),
  successCriteria: z.array(successCriterionSchema),
  leftOut: z.array(notExercisedSchema),
  waivers: z.array(waiverSchema),
  errorBudget: errorBudgetSchema,
  rollback: rollbackPolicySchema,
  /** What `rollback --check` found out before the watch began; null where nobody checked. */
  preflight: preflightSchema.nullable(),
  /** The probability of a false alert in the whole watch, shared by all that can raise one. */
  falseAlerts: z.number(),
  /** A target that does not answer for so long is an alert. */
  goneAfterMs: z.number(),
});

/** What a watch is asked to do, saved before it begins: with the journal, all that its report rests on. */
export type WatchPlan = Immutable<z.output<typeof watchPlanSchema>>;

// -------------------------------------------------------------------------------------- observations

const when = { atMs: z.number(), at: instantSchema };

const sampledSchema = z.object({
  kind: z.literal('sample'),
  ...when,
  source: z.string(),
  evidence: evidenceSchema,
});

/** What one source brought, or why it brought nothing. */
export type Sampled = Immutable<z.output<typeof sampledSchema>>;

const targetSilentSchema = z.object({ kind: z.literal('silent'), ...when, why: z.string() });

/** The target did not answer at all; nothing was asked of it then. */
export type TargetSilent = Immutable<z.output<typeof targetSilentSchema>>;

const timePassedSchema = z.object({
  kind: z.literal('gap'),
  ...when,
  why: z.enum(['asleep', 'not-running', 'clock-set', 'late']),
  /** How long; of a clock that was set, by how much, negative for backwards. */
  lastedMs: z.number(),
});

/** Time went by in which nothing was seen, or the clock on the wall was set. */
export type TimePassed = Immutable<z.output<typeof timePassedSchema>>;

const endedSchema = z.object({ kind: z.literal('end'), ...when, why: z.enum(['time', 'interrupted']) });

export type Ended = Immutable<z.output<typeof endedSchema>>;

export const observationSchema = z.discriminatedUnion('kind', [
  sampledSchema,
  targetSilentSchema,
  z.object({ kind: z.literal('answers'), ...when }), // it answers again
  timePassedSchema,
  endedSchema,
]);

/** What happened, in order; the journal holds nothing else. `atMs` counts from the watch's beginning. */
export type Observation = Immutable<z.output<typeof observationSchema>>;

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
