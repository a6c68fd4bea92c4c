/** Folders of files: what is in them, and the hash of it. */
import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The paths of all files below a folder, relative to it, sorted. A missing folder has none. */
export function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The bytes of a file, or null where there is none. */
export function readFile(folder: string, path: string): Buffer | null {
  try {
    return readFileSync(join(folder, path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The hash of one file's bytes. */
export function hashBytes(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex');
}

/** One hash over all paths and bytes below a folder. */
export function hashTree(folder: string): string {
  const whole = createHash('sha256');
  for (const path of listFiles(folder)) whole.update(`${path}\0`).update(readFile(folder, path) ?? '');
  return whole.digest('hex');
}

/** Whether two folders hold anything different; stops at the first difference. */
export function treesDiffer(left: string, right: string): boolean {
  const paths = listFiles(left);
  const others = listFiles(right);
  if (paths.length !== others.length) return true;
  return paths.some((path, index) => {
    const other = readFile(right, path);
    return path !== others[index] || other === null || !readFile(left, path)?.equals(other);
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
