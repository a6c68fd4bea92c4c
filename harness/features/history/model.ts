/** How criteria went from run to run: what history finds out and reports show. Types only. */
import type { BaselineKind } from '../../model/baseline.ts';
import type { Limit } from '../../model/criterion.ts';
import type { Outcome, Verdict } from '../../model/outcome.ts';
import type { Instant, Unit } from '../../model/units.ts';

export interface History {
  readonly rollout: string;
  /** How many runs were looked at, and from when to when; null where there was none. */
  readonly runs: number;
  readonly span: { readonly from: Instant; readonly to: Instant } | null;
  /** So many runs a series needs before a change of it can be told. */
  readonly fewestRuns: number;
  readonly criteria: readonly CriterionHistory[];
}

/** A criterion at one target, in one profile. */
export interface CriterionHistory {
  readonly criterion: string;
  readonly target: string;
  readonly environment: string;
  readonly profile: string;
  /** Of the newest run. */
  readonly limit: Limit;
  /** Values that may be compared with each other; by their newest run, so that the last is the one that goes on. */
  readonly series: readonly Series[];
  /** Runs that were to judge it and brought no value, oldest first. */
  readonly silent: readonly SilentRun[];
  /** How many runs there did not judge it at all: it was left out, or there was nothing yet to compare with. */
  readonly notJudged: number;
}

export interface Series {
  readonly machineClass: string;
  /** Null for what no browser measured. */
  readonly browser: string | null;
  /** Rampgate's major version. */
  readonly toolMajor: number;
  readonly statistic: string;
  readonly unit: Unit;
  /** Why it does not go on with the series before it, one reason each; none for the first. */
  readonly apart: readonly string[];
  /** Oldest first, at least one. */
  readonly points: readonly TrendPoint[];
  /** The accepted run that its next run will be compared with. */
  readonly baseline: TrendBaseline | null;
  /** Oldest first; null where it has too few runs to tell. */
  readonly changes: readonly Change[] | null;
}

interface RunOfTrend {
  readonly run: string;
  readonly startedAt: Instant;
  readonly release: string;
  readonly verdict: Verdict;
}

export interface TrendPoint extends RunOfTrend {
  readonly value: number;
  /** Null on a side that the samples do not bound, or where the value is exact. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly samples: number;
  readonly outcome: Outcome;
  readonly limit: Limit;
}

export interface SilentRun extends RunOfTrend {
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface TrendBaseline {
  readonly kind: BaselineKind;
  readonly run: string;
  readonly release: string;
  readonly value: number;
  readonly acceptedAt: Instant;
  readonly acceptedBy: string;
}

interface ChangeOfLevel {
  /** Mean of the values before and after it, up to the next change, without outliers. */
  readonly before: number;
  readonly after: number;
  /** 0.12 is 12 % more; null where a share of the level before says nothing: it is 0, or a difference itself. */
  readonly relative: number | null;
  readonly direction: 'better' | 'worse';
  /** Of Student's t-test; 0 where nothing scatters. */
  readonly p: number;
}

/** Another level from one run to the next: `first` is the first run at the new one. */
export interface StepChange extends ChangeOfLevel {
  readonly kind: 'step';
  readonly first: TrendPoint;
}

/** A level that moved over several runs, from the first that left the old one to the first at the new one. */
export interface DriftChange extends ChangeOfLevel {
  readonly kind: 'drift';
  readonly first: TrendPoint;
  readonly last: TrendPoint;
  /** Whether the newest run is still on its way. */
  readonly goesOn: boolean;
}

export type Change = StepChange | DriftChange;
