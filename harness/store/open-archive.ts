/** Opens a run for reading: its folder, or an archive that is unpacked for as long as it is read. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import { mistakes } from '../lib/mistakes.ts';
import { checkArchive } from './check-archive.ts';

/** Whether the path leads to an archive rather than to a folder. */
export function isArchive(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Hands over the run's folder. An archive is checked before it is unpacked, and its folder is removed afterwards. Throws an
 * OperatorMistake for an archive that was changed or cannot be read.
 */
export async function withRunFolder<T>(path: string, act: (folder: string) => T | Promise<T>): Promise<T> {
  if (!isArchive(path)) return await act(path);
  const check = await checkArchive(path);
  if (check.status === 'unreadable') throw mistakes.archiveUnreadable(path, check.why);
  if (check.status === 'changed') throw mistakes.archiveChanged(path, check.problems);
  const opened = mkdtempSync(join(tmpdir(), 'rampgate-bundle-'));
  try {
    await extract({
      file: path,
      cwd: opened,
      strict: true,
      filter: (_, entry) => 'type' in entry && entry.type === 'File',
    });
    return await act(join(opened, check.manifest.run));
  } finally {
    rmSync(opened, { recursive: true, force: true });
  }
}
