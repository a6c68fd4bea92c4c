/** Faults that a proxy between the probes and their target can imitate, without the target's knowing; as configured. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { jsonSchema } from './units.ts';

const positive = z.number().positive();

const regularExpression = z.string().refine(
  (text) => {
    try {
      return new RegExp(text) instanceof RegExp;
    } catch {
      return false;
    }
  },
  { error: 'must be a regular expression' },
);

/** The answers that a fault concerns; all others pass as they are. */
const scope = {
  /** A regular expression over path and query (`/diff\\?`); everything when left out. Preflight requests are never concerned. */
  on: regularExpression.exactOptional(),
  /** Part of them, 0 to 1, evenly spread; all when left out. */
  share: positive.max(1).exactOptional(),
};

const proxyFaultSchema = z.discriminatedUnion('kind', [
  // The answer comes later than the target gave it.
  z.strictObject({ kind: z.literal('delay'), ms: positive, ...scope }),
  // The target is not asked; this is answered instead, at once.
  z.strictObject({ kind: z.literal('answer'), status: z.number().int().min(200).max(599), ...scope }),
  // Nothing is ever answered.
  z.strictObject({ kind: z.literal('hang'), ...scope }),
  // Nothing is answered for a while, again and again; what was due meanwhile comes at its end.
  z.strictObject({ kind: z.literal('stall'), everyMs: positive, forMs: positive, ...scope }),
  // Half of the body comes, then the connection is cut.
  z.strictObject({ kind: z.literal('truncate'), ...scope }),
  // A header of the answer has another value; null takes it away.
  z.strictObject({ kind: z.literal('header'), name: z.string().min(1), value: z.string().nullable(), ...scope }),
  // Fields of a JSON answer have another value.
  z.strictObject({
    kind: z.literal('field'),
    /** Names and positions from the root, `*` for every one: `files.*.additions`. */
    at: z.string().min(1),
    /** `set` another value, `add` to a number, or `remove` the field. */
    change: z.union([z.literal('remove'), z.strictObject({ set: jsonSchema }), z.strictObject({ add: z.number() })]),
    ...scope,
  }),
  // Every page runs this script before any of its own.
  z.strictObject({ kind: z.literal('script'), source: z.string().min(1), ...scope }),
  // Every script is longer by this part of itself, 0.08 for 8 %, with text that compresses as badly as code.
  z.strictObject({ kind: z.literal('grow-scripts'), by: positive, ...scope }),
]);

export type ProxyFault = Immutable<z.output<typeof proxyFaultSchema>>;

export const proxyFaultsSchema = z.array(proxyFaultSchema).min(1);

/** What a fault plants at one of its sizes, or what is wrong with it. */
export function parsePlanted(planted: unknown): readonly ProxyFault[] | string {
  const parsed = proxyFaultsSchema.safeParse(planted);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}
