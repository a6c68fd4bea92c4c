/** The runs of a reports folder: what makes one whole is its `gate.json`, which is written whole or not at all. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ids of the whole runs, oldest first. A run that was killed before it was judged is none. */
export function wholeRuns(reports: string): string[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(reports, entry.name, 'gate.json')))
    .map(({ name }) => name)
    .sort();
}

/** `gate.json` of a run, as it was written. */
export function gateTextOf(reports: string, id: string): string {
  return readFileSync(join(reports, id, 'gate.json'), 'utf8');
}
