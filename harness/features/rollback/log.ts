/** The log of one rollback execution, step by step, saved beside the run. */
import { z } from 'zod';
import type { Immutable } from '../../model/immutable.ts';
import { outcomeSchema, verdictSchema } from '../../model/outcome.ts';
import { rollbackScopeSchema, rollbackStepSchema } from '../../model/rollback.ts';
import { targetIdentitySchema } from '../../model/run.ts';
import { instantSchema } from '../../model/units.ts';

const stepStateSchema = z.enum([
  'running',
  'verified', // done, and seen to have worked
  'looked', // ran, and changes nothing
  'done-before',
  'failed', // its command did not end well
  'not-verified', // it ran, and no effect was seen
  'skipped', // somebody said so
  'declined', // somebody said so
  'not-run', // something before it stopped the execution
]);

const stepProofSchema = z.object({
  verdict: verdictSchema,
  /** Its run folder, relative to the log's; null: it could not be run. */
  run: z.string().nullable(),
  findings: z.array(z.object({ criterion: z.string(), outcome: outcomeSchema, message: z.string() })),
});

/** A small gate on the criteria that the step must keep. */
export type StepProof = Immutable<z.output<typeof stepProofSchema>>;

const loggedStepSchema = rollbackStepSchema
  .pick({ title: true, layer: true, role: true, command: true, reversible: true })
  .extend({
    state: stepStateSchema,
    /** A sentence with the values. */
    because: z.string(),
    startedAt: instantSchema.exactOptional(),
    finishedAt: instantSchema.exactOptional(),
    /** The file with the output of its command, relative to the log's folder. */
    output: z.string().exactOptional(),
    /** Whether the address that shows it answered as it should. */
    settled: z.object({ ok: z.boolean(), message: z.string() }).exactOptional(),
    proof: stepProofSchema.exactOptional(),
  });

export type LoggedStep = Immutable<z.output<typeof loggedStepSchema>>;

export const rollbackLogSchema = z.object({
  schemaVersion: z.literal(1),
  /** The name of its folder. */
  id: z.string(),
  /** The no-go run that it belongs to; null where somebody named the layers. */
  run: z.string().nullable(),
  target: targetIdentitySchema,
  scope: rollbackScopeSchema,
  by: z.string(),
  /** `asked`: before each step. `typed`: once, for all of it. */
  confirmed: z.enum(['asked', 'typed']),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  outcome: z.enum(['running', 'done', 'stopped', 'left', 'interrupted']),
  /** A sentence. */
  because: z.string(),
  steps: z.array(loggedStepSchema),
});

/** `log.json` of an execution, schema version 1. */
export type RollbackLog = Immutable<z.output<typeof rollbackLogSchema>>;

/** Whether a step acted on the target, whatever came of it. */
export function hasActed({ role, state }: LoggedStep): boolean {
  return role !== 'look' && ['running', 'verified', 'failed', 'not-verified'].includes(state);
}
