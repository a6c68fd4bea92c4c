/** Reads back what was told to Sentry and to channels about a run. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import type { Delivery } from '../model/delivery.ts';

const why = z.string();
const httpStatus = z.number();

const result = z.discriminatedUnion('status', [
  z.object({ status: z.literal('delivered'), httpStatus }),
  z.object({ status: z.literal('rate-limited'), httpStatus: httpStatus.nullable() }),
  z.object({ status: z.literal('server-error'), httpStatus }),
  z.object({ status: z.literal('refused'), httpStatus, why: why.nullable() }),
  z.object({ status: z.literal('unreachable'), why }),
  z.object({ status: z.literal('timed-out'), afterMs: z.number() }),
  z.object({ status: z.literal('not-tried'), why }),
  z.object({ status: z.literal('given-up'), why }),
]);

const one = {
  schemaVersion: z.literal(1),
  service: z.string().exactOptional(),
  to: z.string().nullable(),
  problem: z.string().nullable(),
  messages: z.array(
    z.object({
      kind: z.enum(['finding', 'check-in', 'notice']),
      about: z.string(),
      id: z.string(),
      run: z.string().nullable(),
      at: z.string(),
      earlier: z.boolean(),
      result,
      kept: z.boolean(),
    }),
  ),
  outbox: z.object({ path: z.string(), waiting: z.number() }),
};

const delivery = z.object({ ...one, also: z.array(z.object(one)).exactOptional() });

/** `delivery.json` of a run folder; null where nobody was to be told. Throws an OperatorMistake where it cannot be read. */
export function readDelivery(folder: string): Delivery | null {
  const file = join(folder, 'delivery.json');
  if (!existsSync(file)) return null;
  try {
    return delivery.parse(parseSaved(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.runUnreadable(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}
