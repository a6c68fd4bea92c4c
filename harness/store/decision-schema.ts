/** A decision about a baseline as it is saved in a file, schema version 1. */
import { z } from 'zod';
import { machineNoiseSchema, measurementSchema } from '../model/evidence.ts';
import { contractsSchema } from './contract-schema.ts';
import type { AcceptedBaseline, BaselineDecision } from './run-store.ts';

const unit = z.enum(['ms', 'ratio', 'count', 'bytes']);

const run = z.object({
  id: z.string(),
  rollout: z.string(),
  profile: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  target: z.string(),
  environment: z.string(),
  release: z.string(),
  machineClass: z.string(),
  os: z.string(),
  node: z.string(),
  browser: z.string(),
  toolVersion: z.string(),
  toolCommit: z.string(),
  configHash: z.string(),
  verdict: z.enum(['go', 'inconclusive', 'no-go']),
  interrupted: z.string().nullable(),
  gateSha256: z.string(),
});

const criterion = z.object({
  criterion: z.string(),
  severity: z.enum(['blocking', 'advisory']),
  waived: z.boolean(),
  outcome: z.enum(['pass', 'inconclusive', 'fail']),
  reason: z.string(),
  statistic: z.string().nullable(),
  value: z.number().nullable(),
  unit,
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  samples: z.number(),
  limit: z.object({ op: z.enum(['<', '<=', '>', '>=']), value: z.number(), unit }),
  inBrowser: z.boolean(),
});

const decided = {
  schemaVersion: z.literal(1),
  id: z.string(),
  kind: z.enum(['release', 'nightly']),
  run,
  at: z.string(),
  by: z.string(),
  why: z.string(),
};

const decisionSchema = z.discriminatedUnion('what', [
  z.object({ ...decided, what: z.literal('reject') }),
  z.object({
    ...decided,
    what: z.literal('accept'),
    criteria: z.array(criterion),
    machineNoise: machineNoiseSchema,
    bundle: z
      .object({
        measured: z.string(),
        compression: z.string(),
        scripts: z.array(z.object({ name: z.string(), raw: z.number(), gzip: z.number(), brotli: z.number() })),
      })
      .nullable(),
    // Decisions of before have none.
    contracts: contractsSchema.default({}),
    measurements: z.array(measurementSchema),
  }),
]);

/** A decision from parsed JSON; a string says everything that is wrong with it. */
export function parseDecision(saved: unknown): BaselineDecision | AcceptedBaseline | string {
  const parsed = decisionSchema.safeParse(saved);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { schemaVersion: _, ...decision } = parsed.data;
  return decision;
}
