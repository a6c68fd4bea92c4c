/** Keeps the sizes of a good release's scripts in a file of the repository, and reads them back. */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../lib/message-of.ts';

const size = z.number().int().nonnegative();

const schema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('bundle'),
  target: z.string(),
  release: z.string(),
  savedAt: z.iso.datetime(),
  /** Of what, and how it was compressed: only the same can be compared with. */
  measured: z.string(),
  compression: z.string(),
  tools: z.record(z.string(), z.string()),
  scripts: z.array(z.object({ name: z.string(), files: size, raw: size, gzip: size, brotli: size })).min(1),
});

/** A file of this kind, without what says that it is one. */
export type KeptBundle = Omit<z.output<typeof schema>, 'schemaVersion' | 'kind'>;

/** What the file holds; a text says why it cannot be compared with. */
export function readBundleBaseline(path: string): KeptBundle | string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'there is no such file' : `it cannot be read (${wordsOf(error)})`;
  }
  try {
    const { schemaVersion: _, kind: _kind, ...kept } = schema.parse(JSON.parse(text));
    return kept;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ') : wordsOf(error);
    return `it is no baseline of a bundle (${why})`;
  }
}

interface Dated {
  readonly savedAt: string;
}

/**
 * What scripts are compared with: the file, or the bundle of an accepted run, whichever was decided later. A text says why
 * there is none, and where nobody knows whether a run was accepted, there is none.
 */
export function laterBundle<F extends Dated, A extends Dated>(
  file: F | string,
  accepted: A | string | null,
): F | A | string {
  if (accepted === null) return file;
  if (typeof accepted === 'string' || typeof file === 'string') return accepted;
  return accepted.savedAt > file.savedAt ? accepted : file;
}

/** Writes it whole or not at all. Throws where the file cannot be written. */
export function saveBundleBaseline(path: string, kept: KeptBundle): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = join(dirname(path), `.${basename(path)}-${process.pid}`);
  writeFileSync(fresh, `${JSON.stringify({ schemaVersion: 1, kind: 'bundle', ...kept }, null, 2)}\n`);
  renameSync(fresh, path);
}

function wordsOf(error: unknown): string {
  return messageOf(error);
}
