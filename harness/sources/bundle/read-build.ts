/** The scripts in a folder that a build wrote. */

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { matchesGlob, resolve } from 'node:path';
import { messageOf } from '../../lib/message-of.ts';
import type { ScriptFile } from './compare-scripts.ts';
import { sizesOf } from './script-sizes.ts';
import type { BuildSource } from './settings.ts';

export interface ReadBuild {
  readonly files: readonly ScriptFile[];
  /** What could not be read, each with its path and why. */
  readonly problems: readonly string[];
}

interface BuildOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** Every script once, also where several links lead to it. Never throws: what could not be read is a problem. */
export async function readBuild(source: BuildSource, { cwd, signal, onProgress }: BuildOptions): Promise<ReadBuild> {
  const root = resolve(cwd, source.folder);
  const found: Found = { scripts: new Map(), folders: new Set(), problems: [] };
  await look(root, '', { source, found });
  const files: ScriptFile[] = [];
  for (const [real, path] of found.scripts) {
    if (signal.aborted) break;
    onProgress(`${files.length} of ${found.scripts.size} scripts`);
    try {
      files.push({ path, sizes: await sizesOf(await readFile(real)) });
    } catch (error) {
      found.problems.push(`${path}: ${wordsOf(error)}`);
    }
  }
  return { files, problems: found.problems };
}

interface Found {
  /** Where they really are → their path below the root. */
  readonly scripts: Map<string, string>;
  /** Where folders really are that were looked into: links may lead in a circle. */
  readonly folders: Set<string>;
  readonly problems: string[];
}

async function look(
  path: string,
  below: string,
  { source, found }: { readonly source: BuildSource; readonly found: Found },
): Promise<void> {
  let mayHoldScripts = below === '' || counts(below, source);
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) {
      mayHoldScripts = true;
      if (found.folders.has(real)) return;
      found.folders.add(real);
      for (const name of (await readdir(real)).toSorted()) {
        await look(resolve(real, name), below === '' ? name : `${below}/${name}`, { source, found });
      }
    } else if (counts(below, source) && !found.scripts.has(real)) {
      found.scripts.set(real, below);
    }
  } catch (error) {
    if (mayHoldScripts) found.problems.push(`${below === '' ? path : below}: ${wordsOf(error)}`);
  }
}

function counts(path: string, { include, exclude }: BuildSource): boolean {
  const matches = (glob: string): boolean => matchesGlob(path, glob);
  return /\.[cm]?js$/.test(path) && include.some(matches) && !exclude.some(matches);
}

function wordsOf(error: unknown): string {
  return messageOf(error);
}
