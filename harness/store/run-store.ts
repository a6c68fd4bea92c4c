/**
 * The store of runs and of the decisions which of them are baselines.
 *
 * The folders are the truth: `reports/<run>/gate.json` for a run, `reports/baselines/*.json` for a decision. A store is an
 * index of them that answers without opening folders: SQLite beside them, or a Postgres that several machines share.
 */
import type { Verdict } from '../model/outcome.ts';
import type { Unit } from '../model/units.ts';
import type { AcceptedBaseline, BaselineDecision } from './decision.ts';
import type { RunHead, StoredCriterion, StoredRun } from './stored-run.ts';

/**
 * What must be the same before two values of a criterion may be compared, or stand in one series. That includes the
 * machine that measures, not only the target.
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
  readonly run: RunHead;
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
  runs(query?: RunQuery): Promise<readonly RunHead[]>;
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
