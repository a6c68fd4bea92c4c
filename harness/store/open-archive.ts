/** A run for whoever wants to read it: its folder, or a bundle that is opened for as long as it is read. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import { mistakes } from '../lib/mistakes.ts';
import { checkBundle } from './check-archive.ts';

/** Whether the path leads to an archive rather than to a folder. */
export function isBundle(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Hands over the run's folder. A bundle is checked before it is opened, and its folder is gone afterwards; throws an
 * OperatorMistake for one that was changed or cannot be read: what it says of itself is not to be believed.
 */
export async function withRunFolder<T>(path: string, act: (folder: string) => T | Promise<T>): Promise<T> {
  if (!isBundle(path)) return await act(path);
  const check = await checkBundle(path);
  if (check.status === 'unreadable') throw mistakes.bundleUnreadable(path, check.why);
  if (check.status === 'changed') throw mistakes.bundleChanged(path, check.problems);
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
