/** What `rollback --check` last found out of a target: `rollback-checks/<target>.json` under a folder of reports. */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import type { Preflight } from '../model/rollback.ts';
import { preflight as schema } from './rollback-schema.ts';

/** Null where nobody has checked. Throws an OperatorMistake for a file that cannot be read: it would mean "never". */
export function readPreflight(reports: string, target: string): Preflight | null {
  const file = fileOf(reports, target);
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.preflightUnreadable(file, messageOf(error));
  }
}

export function savePreflight(reports: string, preflight: Preflight): string {
  const file = fileOf(reports, preflight.target);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify({ schemaVersion: 1, ...preflight }, null, 1)}\n`);
  return file;
}

function fileOf(reports: string, target: string): string {
  return join(reports, 'rollback-checks', `${target}.json`);
}
