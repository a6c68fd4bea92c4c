/** What is asked of an indicator: statistic, limit, minimum of samples; and what the rollout states beside. */
import { z } from 'zod';
import type { BaselineRun } from './baseline.ts';
import type { Immutable } from './immutable.ts';
import { scopeSchema, severitySchema } from './outcome.ts';
import { comparisonSchema, unitSchema } from './units.ts';

export const limitSchema = z
  .object({ op: comparisonSchema, value: z.number(), unit: unitSchema })
  .describe('The observed value must compare so with `value`.');

export type Limit = Immutable<z.output<typeof limitSchema>>;

const changeSchema = z.object({ kind: z.literal('change'), p: z.number() });

/** By how much a percentile grew; its limit is in ms, or a share of the baseline's value. */
export interface Change extends Immutable<z.output<typeof changeSchema>> {
  /** The accepted runs, all of one series; filled in before it is judged, never saved. */
  readonly baseline?: readonly [BaselineRun, ...BaselineRun[]];
  /** Why nothing is known of baselines; filled in as well. */
  readonly unavailable?: string;
}

const statisticSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentile'), p: z.number() }), // of Timings or a Distribution
  changeSchema, // of Timings or a Distribution, against those of accepted runs
  z.object({ kind: z.literal('ratio') }), // of a Ratio
  z.object({ kind: z.literal('count') }), // of Occurrences
  // Of Checks: how many are not ok, limit <= 0. `vsBaseline`: they compare with the accepted release, and are nothing without one.
  z.object({ kind: z.literal('all'), vsBaseline: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal('growth') }), // of a Growth: by what share of the baseline
]);

type SavedStatistic = Immutable<z.output<typeof statisticSchema>>;

export type Statistic = Exclude<SavedStatistic, { readonly kind: 'change' }> | Change;

/** Whether it needs an accepted run: one whose measurements, or whose API, are compared with. */
export function isCompared(statistic: Statistic): boolean {
  return statistic.kind === 'change' || (statistic.kind === 'all' && statistic.vsBaseline === true);
}

export const criterionSchema = z.object({
  /** Stable id that reports, drills and dashboards refer to: `diff.latency-p95`. Also the SLI's name unless `sli` says otherwise. */
  id: z.string(),
  title: z.string(),
  scope: scopeSchema,
  severity: severitySchema,
  sli: z.string(),
  /** Which evidence must bring the SLI: `browser-cold-start`, `load-diff`. Its quality issues explain a missing measurement. */
  probe: z.string(),
  statistic: statisticSchema,
  limit: limitSchema,
  /** Operational threshold of the watch, looser than the limit. Shown, never decisive. */
  alert: limitSchema.exactOptional(),
  /** Threshold within the limit, from which on a pass is worth a word. Shown, never decisive. */
  warn: limitSchema.exactOptional(),
  /** Fewer than this many samples (of each group) can never pass; a violation that they prove still fails. */
  minSamples: z.number(),
  /** How far its interval is to be trusted, 0 to 1, instead of what the gate's error budget asks for. */
  confidence: z.number().exactOptional(),
  /** It may be looked at so many times, each time with more samples: its errors are shared among them. 1 when left out. */
  looks: z.number().exactOptional(),
  /** The groups that must all be there; each is judged alone and the worst counts. */
  groups: z.array(z.string()),
  /** Also no main-thread task longer than this within a sample's interval. */
  longestTask: limitSchema.exactOptional(),
  /** Why this limit and this statistic; printed in the report. */
  rationale: z.string(),
  /** Rows of the checklist's success criteria this one answers: `['S7']`. */
  checklist: z.array(z.string()),
  /** What to look at first when it fails. */
  advice: z.string(),
});

/** A statement about an SLI that a rollout must meet. */
export interface Criterion extends Omit<Immutable<z.output<typeof criterionSchema>>, 'statistic'> {
  readonly statistic: Statistic;
}

export const successCriterionSchema = z.object({ id: z.string(), title: z.string() });

export type SuccessCriterion = Immutable<z.output<typeof successCriterionSchema>>;

export const errorBudgetSchema = z.object({ falseGo: z.number(), falseNoGo: z.number() });

/**
 * How often the gate as a whole may be wrong, each 0 to 1: `go` although one limit is violated, and `no-go` although
 * all are kept. What cannot be decided within it is inconclusive.
 */
export type ErrorBudget = Immutable<z.output<typeof errorBudgetSchema>>;

export const waiverSchema = z.object({
  criterion: z.string(),
  owner: z.string(),
  reason: z.string(),
  until: z.string().describe('The last day it counts, in UTC: 2026-12-31.'),
});

/** A criterion set aside by somebody who answers for it, until the end of a day (UTC). */
export type Waiver = Immutable<z.output<typeof waiverSchema>>;
