/** Compares two folders file by file, as they are on disk now. */
import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { FileDiff, FileStatus, FileSummary, StatusCounts } from '../contract.ts';
import { hashBytes, listFiles, readFile } from './tree.ts';

/** Two folders; with `paths`, only those files of them. */
export interface Comparison {
  readonly left: string;
  readonly right: string;
  readonly paths: readonly string[] | null;
}

/** Compared files, sorted by path, and how many have each status. */
export interface Compared<File> {
  readonly files: readonly File[];
  readonly summary: StatusCounts;
}

/** How long a comparison may hold the event loop before it yields. */
const turnMs = 4;

/** Compares with the text of every modified file's diff. */
export function compareInFull(comparison: Comparison): Promise<Compared<FileDiff>> {
  return compareFiles(comparison, (file) => ({
    ...namesAndHashes(file),
    unified_diff: diffText(file)?.text ?? null,
  }));
}

/** Compares with the counts of every modified file's diff and without its text. */
export function compareInSummary(comparison: Comparison): Promise<Compared<FileSummary>> {
  return compareFiles(comparison, (file) => ({ ...namesAndHashes(file), ...countsOf(diffText(file)) }));
}

interface FilePair {
  readonly path: string;
  readonly status: FileStatus;
  readonly left: Buffer | null;
  readonly right: Buffer | null;
}

async function compareFiles<File extends { readonly status: FileStatus }>(
  { left, right, paths }: Comparison,
  describe: (file: FilePair) => File,
): Promise<Compared<File>> {
  const wanted = paths && new Set(paths);
  const known = [...new Set([...listFiles(left), ...listFiles(right)])].sort();
  const files: File[] = [];
  const summary = { added: 0, modified: 0, deleted: 0, unchanged: 0 };
  let turnEndsAt = performance.now() + turnMs;
  for (const path of known) {
    if (wanted && !wanted.has(path)) continue;
    const file = describe(pair(path, readFile(left, path), readFile(right, path)));
    files.push(file);
    summary[file.status] += 1;
    if (performance.now() < turnEndsAt) continue;
    await nextTurn();
    turnEndsAt = performance.now() + turnMs;
  }
  return { files, summary };
}

function pair(path: string, left: Buffer | null, right: Buffer | null): FilePair {
  if (left === null) return { path, status: 'added', left, right };
  if (right === null) return { path, status: 'deleted', left, right };
  return { path, status: left.equals(right) ? 'unchanged' : 'modified', left, right };
}

function namesAndHashes({ path, status, left, right }: FilePair) {
  const leftHash = left && hashBytes(left);
  return {
    file_path: path,
    status,
    collection_hash: leftHash,
    project_hash: status === 'unchanged' ? leftHash : right && hashBytes(right),
  };
}

interface TextDiff {
  readonly text: string;
  readonly additions: number;
  readonly deletions: number;
}

function diffText({ path, status, left, right }: FilePair): TextDiff | null {
  if (status !== 'modified' || !left || !right || !isUtf8(left) || !isUtf8(right)) return null;
  const patch = structuredPatch(`a/${path}`, `b/${path}`, left.toString(), right.toString(), '', '', { context: 3 });
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  return {
    text: formatPatch(patch, FILE_HEADERS_ONLY),
    additions: lines.filter((line) => line.startsWith('+')).length,
    deletions: lines.filter((line) => line.startsWith('-')).length,
  };
}

function countsOf(diff: TextDiff | null) {
  return {
    additions: diff?.additions ?? null,
    deletions: diff?.deletions ?? null,
    unified_diff_bytes: diff && Buffer.byteLength(diff.text),
    unified_diff_lines: diff && diff.text.split('\n').length - 1,
  };
}
