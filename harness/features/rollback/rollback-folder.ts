/** Executions of a way back: `rollback/<id>/` in the run that they belong to, or `rollbacks/<id>/` under a folder of reports. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../lib/message-of.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { writeWhole } from '../../lib/write-whole.ts';
import type { RollbackLog } from './log.ts';

export interface RollbackFolder {
  readonly id: string;
  readonly path: string;
  /** Writes the log whole, each time something has happened. */
  saveLog(log: RollbackLog): void;
  /** Writes what a command said; returns the file's name. */
  saveOutput(number: number, text: string): string;
}

const outcome = z.enum(['pass', 'inconclusive', 'fail']);

const loggedStep = z.object({
  title: z.string(),
  layer: z.enum(['frontend', 'backend']),
  role: z.enum(['look', 'remedy', 'undo']).exactOptional(),
  command: z.string().exactOptional(),
  reversible: z.object({ note: z.string(), undo: z.string().exactOptional() }).exactOptional(),
  state: z.enum([
    'running',
    'verified',
    'looked',
    'done-before',
    'failed',
    'not-verified',
    'skipped',
    'declined',
    'not-run',
  ]),
  because: z.string(),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  output: z.string().exactOptional(),
  settled: z.object({ ok: z.boolean(), message: z.string() }).exactOptional(),
  proof: z
    .object({
      verdict: z.enum(['go', 'inconclusive', 'no-go']),
      run: z.string().nullable(),
      findings: z.array(z.object({ criterion: z.string(), outcome, message: z.string() })),
    })
    .exactOptional(),
});

const log = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  run: z.string().nullable(),
  target: z.object({ name: z.string(), web: z.string(), api: z.string(), release: z.string() }),
  scope: z.enum(['none', 'frontend', 'backend', 'both']),
  by: z.string(),
  confirmed: z.enum(['asked', 'typed']),
  startedAt: z.string(),
  finishedAt: z.string(),
  outcome: z.enum(['running', 'done', 'stopped', 'left', 'interrupted']),
  because: z.string(),
  steps: z.array(loggedStep),
});

/** Opens a new folder for one execution. */
export function openRollbackFolder(
  place: { readonly run: string } | { readonly reports: string },
  now: Date,
): RollbackFolder {
  const instant = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const id = `${instant}-rollback-${randomBytes(2).toString('hex')}`;
  const path = 'run' in place ? join(place.run, 'rollback', id) : join(place.reports, 'rollbacks', id);
  mkdirSync(path, { recursive: true });
  return {
    id,
    path,
    saveLog: (saved) => writeWhole(join(path, 'log.json'), `${JSON.stringify(saved, null, 1)}\n`),
    saveOutput: (number, text) => {
      writeWhole(join(path, `step-${number}.txt`), text);
      return `step-${number}.txt`;
    },
  };
}

/** What was done for a run already, oldest first. Throws an OperatorMistake for a log that cannot be read. */
export function readRollbacks(run: string): readonly RollbackLog[] {
  const folder = join(run, 'rollback');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((id) => join(folder, id, 'log.json'))
    .filter((file) => existsSync(file))
    .map(readLog)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)); // ids of one second differ by chance only
}

function readLog(file: string): RollbackLog {
  try {
    return log.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.rollbackUnreadable(file, messageOf(error));
  }
}
