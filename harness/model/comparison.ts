/** The domain types of a comparison: what was before, what is after, and what can be said of the difference. Plain, JSON-safe data. */
import type { Criterion, ErrorBudget, Statistic } from './criterion.ts';
import type { NotExercised } from './gate-report.ts';
import type { Scope, Severity } from './outcome.ts';
import type { Environment, RunIdentity, TargetIdentity } from './run.ts';
import type { Instant, Unit } from './units.ts';

/**
 * - `same`: the two differ by no more than what is negligible, with the stated confidence
 * - `different`: they differ, with the stated confidence, and by more than what is negligible
 * - `undecided`: neither can be said
 */
export type ComparedOutcome = 'same' | 'different' | 'undecided';

/** Whether "after" is worse than "before" by more than what is negligible. */
export type Worse = 'yes' | 'no' | 'open';

/** Why a criterion has its outcome. The closed list is documented in docs/comparing.md. */
export type ComparedReason =
  | 'interval-excludes-none' // all of the interval lies on one side of no change
  | 'interval-within-negligible'
  | 'interval-spans-none' // it may have become better or worse
  | 'size-open' // it changed, and whether by more than what is negligible is open
  | 'equal-as-seen'
  | 'unequal-as-seen'
  | 'too-few-samples'
  | 'no-evidence'
  | 'evidence-doubted'
  | 'not-comparable' // measured under another key
  | 'wrong-kind-of-evidence';

/** A statistic of one side. */
export interface ComparedValue {
  /** `p75`, `p95`, `ratio`, `count`, `failed checks`, `gzip`. */
  readonly statistic: string;
  readonly value: number;
  readonly unit: Unit;
  readonly samples: number;
}

export interface ComparedChange {
  /** After less before, in `unit`. */
  readonly value: number;
  readonly unit: Unit;
  /** As a share of what was before; null where that was nothing. */
  readonly ofBefore: number | null;
  /** Of the value; `null` where an end is not bounded. Absent where everything was counted, and nothing is left to chance. */
  readonly interval?: readonly [number | null, number | null];
  /** How far that interval is to be trusted. */
  readonly confidence?: number;
}

/** How large a difference is beside the spread of what was measured, in a number without unit. */
export interface EffectSize {
  /** `cliffs-delta`: how much more often "after" is the greater one, -1 to 1. `cohens-h`: of two shares. */
  readonly kind: 'cliffs-delta' | 'cohens-h';
  readonly value: number;
  readonly size: 'negligible' | 'small' | 'medium' | 'large';
}

/** One question about a criterion: all of it, or one of its groups. */
export interface ComparedPart {
  readonly label: string;
  readonly outcome: ComparedOutcome;
  readonly worse: Worse;
  readonly reason: ComparedReason;
  /** A sentence with the values. */
  readonly message: string;
  /** What an undecided one would need to be decided. */
  readonly needs?: string;
  readonly before: ComparedValue | null;
  readonly after: ComparedValue | null;
  readonly change: ComparedChange | null;
  readonly effect: EffectSize | null;
  /** A change no larger than this does not matter, in the unit of the change; null where every change does. */
  readonly negligible: number | null;
}

/** One criterion, compared: its worst part's values, and all parts where it has several. */
export interface ComparedCriterion extends ComparedPart {
  readonly criterion: string;
  readonly title: string;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly parts: readonly ComparedPart[];
}

/** A criterion that was not to be compared, and why. */
export interface NotCompared {
  readonly criterion: string;
  readonly title: string;
  readonly reason: string;
}

/** What does not matter. */
export interface Negligible {
  /** Of a value, 0 to 1. */
  readonly ofValue: number;
  /** But never less than this share of the criterion's limit: of what takes hardly any time every share is noise. */
  readonly ofLimit: number;
}

/** The worst that was found: `worse` before `undecided` before `nothing-worse`. */
export type ComparisonVerdict = 'nothing-worse' | 'worse' | 'undecided';

export interface ComparedSide {
  /** As it was asked for: `demo:slow-diff=20`, `reports/latest`. */
  readonly name: string;
  readonly target: TargetIdentity;
  /** The saved run; null of a live target. */
  readonly run: string | null;
  readonly measuredAt: Instant;
  readonly environment: Environment;
}

/** What is to be measured in turn and judged: saved before it is, so that it can be judged again. */
export interface ComparisonPlan {
  readonly id: string;
  readonly startedAt: Instant;
  readonly tool: RunIdentity['tool'];
  readonly rollout: string;
  readonly profile: string;
  readonly configHash: string;
  readonly criteria: readonly Criterion[];
  readonly leftOut: readonly NotExercised[];
  readonly errorBudget: ErrorBudget;
  readonly negligible: Negligible;
  /** Null: as many blocks as fit into a time. */
  readonly blocks: number | null;
  readonly machine: Omit<Environment, 'browser'>;
  readonly before: PlannedSide;
  readonly after: PlannedSide;
}

export interface PlannedSide {
  readonly name: string;
  readonly target: TargetIdentity;
}

/** How it was measured. `apart`: two saved runs. `in-turn`: both live, block by block, A B, B A, A B … */
export type ComparisonDesign =
  | { readonly kind: 'apart' }
  | { readonly kind: 'in-turn'; readonly blocks: { readonly planned: number; readonly measured: number } };

/** `comparison.json`, schema version 1. */
export interface ComparisonReport {
  readonly schemaVersion: 1;
  readonly comparison: {
    readonly id: string;
    readonly rollout: string;
    readonly profile: string;
    readonly design: ComparisonDesign;
    readonly startedAt: Instant;
    readonly finishedAt: Instant;
    readonly tool: RunIdentity['tool'];
    readonly configHash: string;
    /** Why fewer blocks were measured than planned; null where none is missing. */
    readonly endedEarly: string | null;
  };
  readonly verdict: ComparisonVerdict;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly criteria: readonly ComparedCriterion[];
  readonly notCompared: readonly NotCompared[];
  readonly negligible: Negligible;
  /** `falseNoGo`: that anything is called different which is not, over all criteria. `falseGo`: that one is called the same. */
  readonly errorBudget: ErrorBudget;
}

/** Whether it is held against a baseline, and so has its own comparison. */
export function isAboutBaseline(statistic: Statistic): boolean {
  return statistic.kind === 'change' || (statistic.kind === 'all' && statistic.vsBaseline === true);
}

/** Whether it became better or worse; null where it did not change for sure. */
export function directionOf({ outcome, worse }: Pick<ComparedPart, 'outcome' | 'worse'>): 'better' | 'worse' | null {
  if (outcome !== 'different') return null;
  return worse === 'yes' ? 'worse' : 'better';
}
