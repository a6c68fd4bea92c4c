/** Writes a file whole or not at all. */
import { renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export function writeWhole(path: string, text: string): void {
  const fresh = join(dirname(path), `.${basename(path)}-${process.pid}`);
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}
