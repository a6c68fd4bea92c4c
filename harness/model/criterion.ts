/** What is asked of an indicator: statistic, limit, minimum of samples; and what the rollout states beside. */
import type { BaselineRun } from './baseline.ts';
import type { Scope, Severity } from './outcome.ts';
import type { Comparison, Unit } from './units.ts';

/** A statement about an SLI that a rollout must meet. */
export interface Criterion {
  /** Stable id that reports, drills and dashboards refer to: `diff.latency-p95`. Also the SLI's name unless `sli` says otherwise. */
  readonly id: string;
  readonly title: string;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly sli: string;
  /** Which evidence must bring the SLI: `browser-cold-start`, `load-diff`. Its doubts explain a missing measurement. */
  readonly probe: string;
  readonly statistic: Statistic;
  readonly limit: Limit;
  /** Operational threshold of the watch, looser than the limit. Shown, never decisive. */
  readonly alert?: Limit;
  /** Threshold within the limit, from which on a pass is worth a word. Shown, never decisive. */
  readonly warn?: Limit;
  /** Fewer than this many samples (of each group) can never pass; a violation that they prove still fails. */
  readonly minSamples: number;
  /** How far its interval is to be trusted, 0 to 1, instead of what the gate's error budget asks for. */
  readonly confidence?: number;
  /** It may be looked at so many times, each time with more samples: its errors are shared among them. 1 when left out. */
  readonly looks?: number;
  /** The groups that must all be there; each is judged alone and the worst counts. */
  readonly groups: readonly string[];
  /** Also no main-thread task longer than this within a sample's interval. */
  readonly longestTask?: Limit;
  /** Why this limit and this statistic; printed in the report. */
  readonly rationale: string;
  /** Rows of the checklist's success criteria this one answers: `['S7']`. */
  readonly checklist: readonly string[];
  /** What to look at first when it fails. */
  readonly advice: string;
}

export type Statistic =
  | { readonly kind: 'percentile'; readonly p: number } // of Timings or a Distribution
  | Change // of Timings or a Distribution, against those of accepted runs
  | { readonly kind: 'ratio' } // of a Ratio
  | { readonly kind: 'count' } // of Occurrences
  | All
  | { readonly kind: 'growth' }; // of a Growth: by what share of the baseline

/** Whether it needs an accepted run: one whose measurements, or whose promises, are compared with. */
export function isCompared(statistic: Statistic): boolean {
  return statistic.kind === 'change' || (statistic.kind === 'all' && statistic.vsBaseline === true);
}

/** Of Checks: how many are not ok, limit <= 0. */
export interface All {
  readonly kind: 'all';
  /** What is checked is whether the accepted release's promises are kept: without one there is nothing to check. */
  readonly vsBaseline?: true;
}

/** By how much a percentile grew; its limit is in ms, or a share of the baseline's value. */
export interface Change {
  readonly kind: 'change';
  readonly p: number;
  /** The accepted runs, all of one series; filled in before it is judged. */
  readonly baseline?: readonly [BaselineRun, ...BaselineRun[]];
  /** Why nothing is known of baselines. */
  readonly unavailable?: string;
}

export interface Limit {
  readonly op: Comparison;
  readonly value: number;
  readonly unit: Unit;
}

export interface SuccessCriterion {
  readonly id: string;
  readonly title: string;
}

/**
 * How often the gate as a whole may be wrong, each 0 to 1: `go` although one limit is violated, and `no-go` although
 * all are kept. What cannot be decided within it is inconclusive.
 */
export interface ErrorBudget {
  readonly falseGo: number;
  readonly falseNoGo: number;
}

/** A criterion set aside by somebody who answers for it, until the end of a day (UTC). */
export interface Waiver {
  readonly criterion: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day it counts: `2026-12-31`. */
  readonly until: string;
}
