/** Reads back which run was the last go when a run was reported. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import type { LastGo } from '../model/gate-report.ts';

const unit = z.enum(['ms', 'ratio', 'count', 'bytes']);

const lastGo = z.discriminatedUnion('status', [
  z.object({
    schemaVersion: z.literal(1),
    status: z.literal('known'),
    run: z.object({
      id: z.string(),
      startedAt: z.string(),
      release: z.string(),
      tool: z.object({ version: z.string(), commit: z.string() }),
      environment: z.object({ machineClass: z.string(), os: z.string(), node: z.string(), browser: z.string() }),
      configHash: z.string(),
    }),
    criteria: z.array(
      z.object({
        criterion: z.string(),
        outcome: z.enum(['pass', 'inconclusive', 'fail']),
        limit: z.object({ op: z.enum(['<', '<=', '>', '>=']), value: z.number(), unit }),
        observed: z
          .object({
            statistic: z.string(),
            value: z.number(),
            unit,
            samples: z.number(),
            interval: z.tuple([z.number().nullable(), z.number().nullable()]).exactOptional(),
          })
          .exactOptional(),
      }),
    ),
  }),
  z.object({ schemaVersion: z.literal(1), status: z.literal('none'), why: z.string() }),
]);

/** `last-go.json` of a run folder; null where nobody looked. Throws an OperatorMistake where it cannot be read. */
export function readLastGo(folder: string): LastGo | null {
  const file = join(folder, 'last-go.json');
  if (!existsSync(file)) return null;
  try {
    return lastGo.parse(parseSaved(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.runUnreadable(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}
