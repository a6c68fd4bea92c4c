/** `manifest.json` of a run archive, schema version 1: every file of the run with its size and checksum. */

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../lib/message-of.ts';

const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  /** The run's id, and the name of the folder in the archive. */
  run: z.string().regex(/^[\w.-]+$/),
  files: z.array(
    z.object({
      /** Relative to that folder, with forward slashes. */
      path: z.string(),
      bytes: z.number(),
      /** In hexadecimal. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type ArchiveManifest = z.output<typeof manifestSchema>;

export const manifestName = 'manifest.json';

/** Of all regular files below a run folder, in the order of their names. A manifest in the folder is left out. */
export function manifestOf(folder: string, run: string): ArchiveManifest {
  const paths = filesBelow(folder, '').filter((path) => path !== manifestName);
  return {
    schemaVersion: 1,
    run,
    files: paths.toSorted().map((path) => {
      const content = readFileSync(join(folder, path));
      return { path, bytes: content.length, sha256: sha256Of(content) };
    }),
  };
}

/** A manifest from text; a string says what is wrong with it. */
export function parseManifest(text: string): ArchiveManifest | string {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : z.prettifyError(parsed.error);
  } catch (error) {
    return messageOf(error);
  }
}

export function sha256Of(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function filesBelow(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    const status = lstatSync(join(folder, path));
    if (status.isDirectory()) return filesBelow(folder, path);
    return status.isFile() ? [path] : [];
  });
}
