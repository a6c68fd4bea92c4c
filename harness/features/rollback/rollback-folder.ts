/** Executions of a rollback: `rollback/<id>/` in the run that they belong to, or `rollbacks/<id>/` under a folder of reports. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes } from '../../lib/mistakes.ts';
import { writeWhole } from '../../lib/write-whole.ts';
import { readDocument } from '../../store/saved-document.ts';
import { type RollbackLog, rollbackLogSchema } from './log.ts';

export interface RollbackFolder {
  readonly id: string;
  readonly path: string;
  /** Replaces the log, after each change. */
  saveLog(log: RollbackLog): void;
  /** Writes what a command said; returns the file's name. */
  saveOutput(number: number, text: string): string;
}

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
    .map((file) => readDocument(file, rollbackLogSchema, mistakes.rollbackUnreadable))
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)); // ids of one second differ by chance only
}
