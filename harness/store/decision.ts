/** Which runs are baselines, as somebody or the nightly rule decided; schema version 1 of `reports/baselines/*.json`. */
import { z } from 'zod';
import { contractsSchema } from '../model/api-contract.ts';
import { baselineKindSchema } from '../model/baseline.ts';
import { machineNoiseSchema, measurementSchema, sizesSchema } from '../model/evidence.ts';
import type { Immutable } from '../model/immutable.ts';
import { instantSchema } from '../model/units.ts';
import { runHeadSchema, storedCriterionSchema } from './stored-run.ts';

export const baselineDecisionSchema = z.object({
  id: z.string(),
  what: z.enum(['accept', 'reject']),
  kind: baselineKindSchema,
  run: runHeadSchema,
  at: instantSchema,
  /** The CI's actor or the user of the environment. */
  by: z.string(),
  /** In somebody's words, or the nightly rule's. */
  why: z.string(),
});

/** Says of a run that it is a baseline, or no longer one. Never changed, only followed by another. */
export type BaselineDecision = Immutable<z.output<typeof baselineDecisionSchema>>;

const acceptedBundleSchema = z.object({
  /** Of what, and how it was compressed: only the same can be compared with. */
  measured: z.string(),
  compression: z.string(),
  scripts: z.array(z.object({ name: z.string(), ...sizesSchema.shape })),
});

export type AcceptedBundle = Immutable<z.output<typeof acceptedBundleSchema>>;

export const acceptedBaselineSchema = baselineDecisionSchema.extend({
  what: z.literal('accept'),
  criteria: z.array(storedCriterionSchema),
  machineNoise: machineNoiseSchema,
  /** Sizes of its scripts, where they passed; null where they were not measured. */
  bundle: acceptedBundleSchema.nullable(),
  /**
   * The API's contract, by SLI; none where nobody looked, and none of nightly runs: releases are what clients know.
   * Older decisions have none.
   */
  contracts: contractsSchema.default({}),
  /** Of the criteria that have a percentile, with no more of each sample than a comparison needs. */
  measurements: z.array(measurementSchema),
});

/** A decision with what is compared: it must not depend on a run folder that may be gone, or elsewhere. */
export type AcceptedBaseline = Immutable<z.output<typeof acceptedBaselineSchema>>;

export const decisionSchema = z.discriminatedUnion('what', [
  baselineDecisionSchema.extend({ what: z.literal('reject') }),
  acceptedBaselineSchema,
]);
