/** What drills proved of each criterion: `drills/proofs.json` under a folder of reports. */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { type SavedProof, savedProofsSchema } from '../model/drill-proof.ts';
import { readIfThere, savedForm } from './saved-document.ts';

/** Nothing where no drill was kept. Throws an OperatorMistake for a file that cannot be read: it would mean "never". */
export function readProofs(reports: string): readonly SavedProof[] {
  return readIfThere(fileIn(reports), savedProofsSchema, mistakes.proofsUnreadable)?.proofs ?? [];
}

export function saveProofs(reports: string, proofs: readonly SavedProof[]): void {
  const file = fileIn(reports);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(savedForm({ proofs }), null, 1)}\n`);
}

function fileIn(reports: string): string {
  return join(reports, 'drills', 'proofs.json');
}
