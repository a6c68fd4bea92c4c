/**
 * What is remembered of runs and of the decisions which of them are baselines.
 *
 * The folders are the truth: `reports/<run>/gate.json` for a run, `reports/baselines/*.json` for a decision. A store is an
 * index of them that answers without opening folders: SQLite beside them, or a Postgres that several machines share.
 */
import type { ApiContract } from '../model/api-contract.ts';
import type { BaselineKind } from '../model/baseline.ts';
import type { Limit } from '../model/criterion.ts';
import type { MachineNoise, Measurement, Sizes } from '../model/evidence.ts';
import type { Outcome, Severity, Verdict } from '../model/outcome.ts';
import type { Instant, Unit } from '../model/units.ts';

export type { BaselineKind };

/** A whole run: it came to a verdict that was written down. */
export interface StoredRun {
  readonly id: string;
  readonly rollout: string;
  readonly profile: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** By its name in the configuration. */
  readonly target: string;
  /** Where the target was: `this machine`, or the hosts of its addresses. */
  readonly environment: string;
  /** What was deployed there. */
  readonly release: string;
  readonly machineClass: string;
  readonly os: string;
  readonly node: string;
  /** `Chromium 156.0…`, or `not used`. */
  readonly browser: string;
  readonly toolVersion: string;
  readonly toolCommit: string;
  readonly configHash: string;
  readonly verdict: Verdict;
  /** Why it did not come to its natural end; null where it did. */
  readonly interrupted: string | null;
  /** SHA-256 of `gate.json` in hexadecimal: tells whether the folder was judged anew since. */
  readonly gateSha256: string;
  /** In the order of the report. */
  readonly criteria: readonly StoredCriterion[];
}

/** One criterion's finding, as numbers. */
export interface StoredCriterion {
  readonly criterion: string;
  readonly severity: Severity;
  readonly waived: boolean;
  readonly outcome: Outcome;
  readonly reason: string;
  /** `p75`, `p95`, `ratio`, `count`, …; null with `value`, where nothing was observed. */
  readonly statistic: string | null;
  readonly value: number | null;
  readonly unit: Unit;
  /** Null on a side that the samples do not bound; both null where the statistic is exact or nothing was observed. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly samples: number;
  readonly limit: Limit;
  /** Whether a browser measured it: then its build is part of the key. */
  readonly inBrowser: boolean;
}

/**
 * What must be the same before two values of a criterion may be compared, or stand in one series. The machine that measures
 * counts, not only the one that is measured.
 */
export interface SeriesKey {
  readonly rollout: string;
  readonly criterion: string;
  readonly target: string;
  readonly environment: string;
  readonly profile: string;
  readonly machineClass: string;
  /** Null for what no browser measured. */
  readonly browser: string | null;
  /** Rampgate's major version. */
  readonly toolMajor: number;
  readonly statistic: string;
  readonly unit: Unit;
}

/** One observed value of a criterion in one run. */
export interface SeriesPoint {
  readonly key: SeriesKey;
  readonly run: Omit<StoredRun, 'criteria'>;
  readonly finding: StoredCriterion & { readonly statistic: string; readonly value: number };
}

/** All that are given must hold. */
export interface RunQuery {
  readonly rollout?: string;
  readonly profile?: string;
  readonly target?: string;
  readonly release?: string;
  readonly verdict?: Verdict;
  /** Only the newest so many. */
  readonly last?: number;
}

/** Somebody, or the nightly rule, said of a run that it is a baseline, or no longer one. Never changed, only followed. */
export interface BaselineDecision {
  readonly id: string;
  readonly what: 'accept' | 'reject';
  readonly kind: BaselineKind;
  readonly run: Omit<StoredRun, 'criteria'>;
  readonly at: Instant;
  /** The CI's actor or the user of the environment. */
  readonly by: string;
  /** In somebody's words, or the nightly rule's. */
  readonly why: string;
}

/** A decision with what is compared: it must not depend on a run folder that may be gone, or elsewhere. */
export interface AcceptedBaseline extends BaselineDecision {
  readonly what: 'accept';
  readonly criteria: readonly StoredCriterion[];
  readonly machineNoise: MachineNoise;
  /** Sizes of its scripts, where they passed; null where they were not measured. */
  readonly bundle: AcceptedBundle | null;
  /** What its API promised, by SLI; none where nobody looked, and none of nightly runs: releases are what clients know. */
  readonly contracts: { readonly [sli: string]: ApiContract };
  /** Of the criteria that have a percentile, with no more of each sample than a comparison needs. */
  readonly measurements: readonly Measurement[];
}

export interface AcceptedBundle {
  /** Of what, and how it was compressed: only the same can be compared with. */
  readonly measured: string;
  readonly compression: string;
  readonly scripts: readonly (Sizes & { readonly name: string })[];
}

/** How a run is known: by its id and the checksum of what was written of it. */
export interface KnownRun {
  readonly id: string;
  readonly gateSha256: string;
}

/**
 * Every call sees all that was written before it, by whatever process; a write is whole or not there. Calls reject with a
 * `StoreUnavailable` when the store does not answer.
 */
export interface RunStore {
  /** For messages, without secrets: `reports/index.sqlite`, `Postgres ci.example.org/rampgate`. */
  readonly place: string;
  /** Adds runs, or replaces what was known of them, all or none. */
  putRuns(runs: readonly StoredRun[]): Promise<void>;
  /** Without criteria, newest first. */
  runs(query?: RunQuery): Promise<readonly Omit<StoredRun, 'criteria'>[]>;
  /** With its criteria; null for an id that is not there. */
  run(id: string): Promise<StoredRun | null>;
  /** Observed values of one criterion, or of all, oldest first; several series may be among them. */
  points(query?: RunQuery & { readonly criterion?: string }): Promise<readonly SeriesPoint[]>;
  knownRuns(): Promise<readonly KnownRun[]>;
  /** Adds decisions; one that is there already stays as it is. */
  putDecisions(decisions: readonly (BaselineDecision | AcceptedBaseline)[]): Promise<void>;
  /** Oldest first. */
  decisions(): Promise<readonly BaselineDecision[]>;
  /** What a decision accepted; null for an id of no acceptance. */
  accepted(decisionId: string): Promise<AcceptedBaseline | null>;
  /** Forgets everything, to be filled anew from the folders. A shared store refuses: it knows what no single folder does. */
  forgetAll(): Promise<void>;
  close(): Promise<void>;
}

/** The store does not answer, or is not one. The message says why, and holds no secret. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
