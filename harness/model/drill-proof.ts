/** What drills proved of criteria: that they fail when they must. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { toolSchema } from './run.ts';
import { instantSchema } from './units.ts';

const facts = {
  at: instantSchema,
  /** Absent in proofs of before there was more than one target to drill. */
  target: z.string().describe('The target that it was drilled against.').exactOptional(),
  drill: z.string().describe('The folder of that name under drills/.'),
  faults: z.array(z.string()).describe('What turned it red, each with its size.'),
  /** Absent where nobody searched. */
  smallest: z.string().describe('The smallest that was caught, with its size.').exactOptional(),
};

export const drillProofSchema = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('never') }),
    z.object({ status: z.enum(['fired', 'missed']), ...facts }),
    z.object({ status: z.literal('stale'), because: z.string(), ...facts }),
  ])
  .describe('What the last drill of this criterion came to; stale: of another Rampgate or another limit.');

/** What is known of a criterion in a run. */
export type DrillProof = Immutable<z.output<typeof drillProofSchema>>;

const savedProofSchema = z.object({
  criterion: z.string(),
  definition: z.string(),
  tool: toolSchema,
  fired: z.boolean(),
  ...facts,
});

/** What the last drill of a criterion against a target came to. */
export type SavedProof = Immutable<z.output<typeof savedProofSchema>>;

export const savedProofsSchema = z.object({ proofs: z.array(savedProofSchema) });
