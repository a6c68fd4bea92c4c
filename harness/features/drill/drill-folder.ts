/** The only writer of drill folders: `reports/drills/<id>/`, with the gate runs of the drill in `runs/`. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../lib/write-whole.ts';

export interface DrillFolder {
  readonly id: string;
  readonly path: string;
  /** Where its gate runs go. */
  readonly runs: string;
  /** Writes one document whole or not at all. */
  save(name: string, text: string): void;
}

/** Opens a new drill folder under `reports`. */
export function openDrillFolder(reports: string, now: Date): DrillFolder {
  const instant = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const id = `${instant}-drill-${randomBytes(2).toString('hex')}`;
  const path = join(reports, 'drills', id);
  const runs = join(path, 'runs');
  mkdirSync(runs, { recursive: true });
  return { id, path, runs, save: (name, text) => writeWhole(join(path, name), text) };
}
