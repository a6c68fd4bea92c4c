/** What a fault proxy can do to answers, as a configuration writes it. */
import { z } from 'zod';
import type { ProxyFault } from '../model/proxy-fault.ts';

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

/** Which requests it concerns. */
const scope = {
  on: regularExpression.exactOptional(),
  share: positive.max(1).exactOptional(),
};

const proxyFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), ms: positive, ...scope }),
  z.strictObject({ kind: z.literal('answer'), status: z.number().int().min(200).max(599), ...scope }),
  z.strictObject({ kind: z.literal('hang'), ...scope }),
  z.strictObject({ kind: z.literal('stall'), everyMs: positive, forMs: positive, ...scope }),
  z.strictObject({ kind: z.literal('truncate'), ...scope }),
  z.strictObject({ kind: z.literal('header'), name: z.string().min(1), value: z.string().nullable(), ...scope }),
  z.strictObject({
    kind: z.literal('field'),
    at: z.string().min(1),
    change: z.union([z.literal('remove'), z.strictObject({ set: z.json() }), z.strictObject({ add: z.number() })]),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('script'), source: z.string().min(1), ...scope }),
  z.strictObject({ kind: z.literal('grow-scripts'), by: positive, ...scope }),
]);

export const proxyFaults = z.array(proxyFault).min(1) satisfies z.ZodType<readonly ProxyFault[]>;

/** What a fault plants at one of its sizes, or what is wrong with it. */
export function parsePlanted(planted: unknown): readonly ProxyFault[] | string {
  const parsed = proxyFaults.safeParse(planted);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error);
}
