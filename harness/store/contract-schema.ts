/** What an API promised, as it is saved. */
import { z } from 'zod';
import type { ApiContract } from '../model/api-contract.ts';

const field = z.object({
  types: z.array(z.string()),
  required: z.boolean(),
  values: z.array(z.string()).exactOptional(),
  default: z.string().exactOptional(),
});

const shape = z.record(z.string(), field);

const contract = z.object({
  operations: z.record(
    z.string(),
    z.object({ parameters: shape, body: shape, responses: z.record(z.string(), shape) }),
  ),
  answers: z.record(z.string(), shape),
});

/** By SLI. */
export const contractsSchema: z.ZodType<{ readonly [sli: string]: ApiContract }> = z.record(z.string(), contract);
