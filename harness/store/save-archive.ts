/** Makes one archive of a run, for another machine to open, judge again and check. */
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { create } from 'tar';
import { manifestName, manifestOf, sha256Of } from './archive-manifest.ts';

export interface SavedArchive {
  readonly file: string;
  readonly files: number;
  /** SHA-256 of the manifest, which holds those of all files: what to keep elsewhere. */
  readonly fingerprint: string;
}

/**
 * Writes a gzipped tar with one folder, named after the run; the manifest comes first. Two archives of the same files have the
 * same fingerprint. `file` is beside the run folder when left out.
 */
export async function saveArchive(folder: string, file?: string): Promise<SavedArchive> {
  const real = realpathSync(folder);
  const run = basename(real);
  const manifest = manifestOf(real, run);
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const target = file ?? join(dirname(real), `${run}.tar.gz`);
  // Packs a copy, so that the packed files are the hashed ones and the run folder stays unchanged.
  const staging = mkdtempSync(join(tmpdir(), 'rampgate-bundle-'));
  try {
    for (const { path } of manifest.files) {
      mkdirSync(dirname(join(staging, run, path)), { recursive: true });
      copyFileSync(join(real, path), join(staging, run, path));
    }
    writeFileSync(join(staging, run, manifestName), text);
    const paths = [manifestName, ...manifest.files.map(({ path }) => path)].map((path) => `${run}/${path}`);
    mkdirSync(dirname(target), { recursive: true });
    const fresh = `${target}-${process.pid}`;
    await create({ file: fresh, cwd: staging, gzip: true, portable: true, noMtime: true, noDirRecurse: true }, paths);
    renameSync(fresh, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return { file: target, files: manifest.files.length, fingerprint: `sha256:${sha256Of(text)}` };
}
