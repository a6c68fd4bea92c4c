/** What drills proved of each criterion: `drills/proofs.json` under a folder of reports. */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { type KeptProof, keptProofs } from './proof-schema.ts';

/** Nothing where no drill was kept. Throws an OperatorMistake for a file that cannot be read: it would mean "never". */
export function readProofs(reports: string): readonly KeptProof[] {
  const file = fileIn(reports);
  if (!existsSync(file)) return [];
  const saved = parsed(file);
  const read = keptProofs.safeParse(saved);
  if (!read.success) throw mistakes.proofsUnreadable(file, 'it has another form');
  return read.data.proofs;
}

export function saveProofs(reports: string, proofs: readonly KeptProof[]): void {
  const file = fileIn(reports);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify({ schemaVersion: 1, proofs }, null, 1)}\n`);
}

function fileIn(reports: string): string {
  return join(reports, 'drills', 'proofs.json');
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw mistakes.proofsUnreadable(file, messageOf(error));
  }
}
