/** What runs are compared with. */
import type { MachineNoise, Measurement } from './evidence.ts';
import type { Instant } from './units.ts';

/** `release`: the last shipped one, accepted by somebody. `nightly`: the rolling window of good nightly runs. */
export type BaselineKind = 'release' | 'nightly';

/** An accepted run that others are compared with, and what is compared of it. */
export interface BaselineRun {
  readonly id: string;
  readonly startedAt: Instant;
  readonly release: string;
  readonly browser: string;
  /** SHA-256 of its `gate.json`. */
  readonly gateSha256: string;
  readonly accepted: { readonly at: Instant; readonly by: string; readonly why: string };
  readonly machineNoise: MachineNoise;
  /** Of what it passed; no more of each sample than a comparison needs. */
  readonly measurements: readonly Measurement[];
}

/** What a run may be compared with, as it was when the run began. */
export interface Baselines {
  readonly kind: BaselineKind;
  /** Newest first; alike in all that was known when the run began, which the browser's build was not. */
  readonly runs: readonly BaselineRun[];
  /** Why there are none; where there are some, what is said of a criterion that none of them has. */
  readonly none: string;
  /** Set when the store did not answer: nothing is known of baselines. */
  readonly unavailable?: string;
  /** Accepted releases whose promises were kept, by the SLI that holds a run to them. */
  readonly contracts?: { readonly [sli: string]: ContractRelease };
}

/** Whose promises an API is held to. */
export interface ContractRelease {
  readonly run: string;
  readonly release: string;
}
