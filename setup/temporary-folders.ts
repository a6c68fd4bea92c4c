/** A folder for what a test file writes; gone when its tests have run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Called at the top of a test file: gives a function that makes a new, empty folder each time. */
export function temporaryFolders(): () => string {
  const all = mkdtempSync(join(tmpdir(), 'rampgate-test-'));
  afterAll(() => rmSync(all, { recursive: true, force: true }));
  let count = 0;
  return () => {
    const folder = join(all, String(count++));
    mkdirSync(folder);
    return folder;
  };
}
