/** What `rollback --check` last found out of a target: `rollback-checks/<target>.json` under a folder of reports. */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { type Preflight, preflightSchema } from '../model/rollback.ts';
import { readIfThere, savedForm } from './saved-document.ts';

/** Null where nobody has checked. Throws an OperatorMistake for a file that cannot be read: it would mean "never". */
export function readPreflight(reports: string, target: string): Preflight | null {
  return readIfThere(fileOf(reports, target), preflightSchema, mistakes.preflightUnreadable);
}

export function savePreflight(reports: string, preflight: Preflight): string {
  const file = fileOf(reports, preflight.target);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(savedForm(preflight), null, 1)}\n`);
  return file;
}

function fileOf(reports: string, target: string): string {
  return join(reports, 'rollback-checks', `${target}.json`);
}
