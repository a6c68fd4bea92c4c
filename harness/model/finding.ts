/** A criterion, judged. */
import type { Limit, Waiver } from './criterion.ts';
import type { Outcome, Scope, Severity } from './outcome.ts';
import type { Instant, Unit } from './units.ts';

/** One criterion, judged. */
export interface Finding {
  readonly criterion: string;
  readonly title: string;
  /** The criterion's SLI: leads from the finding to the measurement it rests on. */
  readonly sli: string;
  readonly scope: Scope;
  readonly severity: Severity;
  /** Set aside: it is judged and shown, but decides nothing. */
  readonly waived?: Waiver;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** A sentence with the values that decided it. */
  readonly message: string;
  /** Absent when there was nothing to observe. The worst part's, where there are several. */
  readonly observed?: Observed;
  readonly limit: Limit;
  readonly alert?: Limit;
  /** True when the observed value lies beyond the alert threshold. */
  readonly alerting: boolean;
  readonly warn?: Limit;
  /** True when the observed value lies beyond the warning threshold. */
  readonly warning: boolean;
  /** The smallest violation this run would have caught; absent when nothing could be seen. */
  readonly detects?: string;
  /** What an inconclusive finding would need to be decided. */
  readonly needs?: string;
  readonly rationale: string;
  readonly advice: string;
  readonly checklist: readonly string[];
  /** Evidence files it rests on, relative to the run folder. */
  readonly evidence: readonly string[];
  /** One per group or condition, where the criterion has several; otherwise empty. */
  readonly parts: readonly FindingPart[];
  /** The day of the drill that last proved it to fire, in UTC: `2026-11-22`. Absent when no proof counts. */
  readonly lastProvedToFire?: string;
  /** What is known of that; absent in runs that did not ask. */
  readonly proof?: DrillProof;
}

/** What the last drill of a criterion came to. `stale`: of another Rampgate or another limit, and so not counted. */
export type DrillProof = UnprovedYet | ProvedByDrill | StaleProof;

interface UnprovedYet {
  readonly status: 'never';
}

interface DrillProofFacts {
  readonly at: Instant;
  /** The target that it was drilled against; absent in old proofs. */
  readonly target?: string;
  /** The drill's id, and its folder's name under `drills/`. */
  readonly drill: string;
  /** What turned it red, each with its size. */
  readonly faults: readonly string[];
  /** The smallest that was caught, with its size; absent where nobody searched. */
  readonly smallest?: string;
}

interface ProvedByDrill extends DrillProofFacts {
  readonly status: 'fired' | 'missed';
}

interface StaleProof extends DrillProofFacts {
  readonly status: 'stale';
  readonly because: string;
}

export interface FindingPart {
  readonly label: string;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly message: string;
  readonly observed?: Observed;
  readonly limit: Limit;
}

export interface Observed {
  /** `p75`, `p95`, `ratio`, `count`, `failed checks`, `longest task`, `growth`. */
  readonly statistic: string;
  readonly value: number;
  readonly unit: Unit;
  /** Lower and upper end; `null` where that side is not bounded by the samples. Absent for exact statistics. */
  readonly interval?: readonly [number | null, number | null];
  readonly confidence?: number;
  readonly samples: number;
  /** Of a change: what was compared. Absent in reports that did not keep it yet. */
  readonly compared?: ComparedPercentiles;
}

/** The same percentile of the accepted runs and of this one. */
export interface ComparedPercentiles {
  readonly beforeMs: number;
  readonly nowMs: number;
  /** Ids of the accepted runs, newest first. */
  readonly runs: readonly string[];
}

/** Why a finding has its outcome. The closed list is documented in docs/reasons.md. */
export type ReasonCode =
  | 'interval-within-limit'
  | 'interval-beyond-limit'
  | 'interval-spans-limit'
  | 'too-close-to-limit' // the samples agree, the instrument is not that exact
  | 'within-noise-floor' // the samples agree, two runs of the same thing on this machine would not
  | 'machine-disturbed' // beyond the limit only with the time that the machine was kept from running
  | 'count-within-limit'
  | 'count-beyond-limit'
  | 'all-checks-hold'
  | 'check-failed'
  | 'growth-within-limit'
  | 'growth-beyond-limit'
  | 'too-few-samples'
  | 'no-evidence'
  | 'group-missing'
  | 'baseline-unavailable' // the store did not answer
  | 'evidence-doubted' // see the message: a Doubt of the evidence
  | 'wrong-kind-of-evidence';

/** Whether a finding takes part in the verdict: advisory ones inform, waived ones are set aside. */
export function decides({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): boolean {
  return severity === 'blocking' && waived === undefined;
}
