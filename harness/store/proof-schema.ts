/** What drills proved, as it is saved: beside the drills, and in the plan of every gate run. */
import { z } from 'zod';

const facts = {
  at: z.string(),
  target: z.string().exactOptional(),
  drill: z.string(),
  faults: z.array(z.string()),
  smallest: z.string().exactOptional(),
};

export const drillProof = z.discriminatedUnion('status', [
  z.object({ status: z.literal('never') }),
  z.object({ status: z.enum(['fired', 'missed']), ...facts }),
  z.object({ status: z.literal('stale'), because: z.string(), ...facts }),
]);

export const keptProofs = z.object({
  schemaVersion: z.literal(1),
  proofs: z.array(
    z.object({
      criterion: z.string(),
      definition: z.string(),
      tool: z.object({ version: z.string(), commit: z.string() }),
      fired: z.boolean(),
      ...facts,
    }),
  ),
});

/** What the last drill of a criterion against a target came to. `target` is absent in proofs from before there was more than one to drill. */
export type KeptProof = z.output<typeof keptProofs>['proofs'][number];
