/** What runs are compared with. */
import { z } from 'zod';
import { machineNoiseSchema, measurementSchema } from './evidence.ts';
import type { Immutable } from './immutable.ts';
import { instantSchema } from './units.ts';

export const baselineKindSchema = z.enum(['release', 'nightly']);

/** `release`: the last shipped one, accepted by somebody. `nightly`: the rolling window of good nightly runs. */
export type BaselineKind = z.output<typeof baselineKindSchema>;

const baselineRunSchema = z.object({
  id: z.string(),
  startedAt: instantSchema,
  release: z.string(),
  browser: z.string(),
  /** SHA-256 of its `gate.json`. */
  gateSha256: z.string(),
  accepted: z.object({ at: instantSchema, by: z.string(), why: z.string() }),
  machineNoise: machineNoiseSchema,
  /** Of what it passed; no more of each sample than a comparison needs. */
  measurements: z.array(measurementSchema),
});

/** An accepted run that others are compared with, and what is compared of it. */
export type BaselineRun = Immutable<z.output<typeof baselineRunSchema>>;

const contractReleaseSchema = z.object({ run: z.string(), release: z.string() });

/** The accepted release that an API must stay compatible with. */
export type ContractRelease = Immutable<z.output<typeof contractReleaseSchema>>;

export const baselinesSchema = z.object({
  kind: baselineKindSchema,
  /** Newest first; alike in all that was known when the run began, which the browser's build was not. */
  runs: z.array(baselineRunSchema),
  /** Why there are none; where there are some, what is said of a criterion that none of them has. */
  none: z.string(),
  /** Set when the store did not answer: nothing is known of baselines. */
  unavailable: z.string().exactOptional(),
  /** Accepted releases that kept their API compatible, by the SLI that compares with them. */
  contracts: z.record(z.string(), contractReleaseSchema).exactOptional(),
});

/** What a run may be compared with, as it was when the run began. */
export type Baselines = Immutable<z.output<typeof baselinesSchema>>;
