/** Reads the small screenshots that a run's evidence names, to embed them in a page. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../model/evidence.ts';

/** The most that a page embeds; base64 makes it a third larger. Further images stay in the run folder only. */
const mostBytes = 450_000;

/** Base64 by path. Leaves out an image that is missing, and a path that leads out of the run folder. */
export function readImages(folder: string, evidence: readonly Evidence[]): { readonly [path: string]: string } {
  const paths = evidence.flatMap((one) =>
    one.status === 'collected'
      ? one.attachments.filter(({ mediaType }) => mediaType === 'image/jpeg').map(({ path }) => path)
      : [],
  );
  const images: { [path: string]: string } = {};
  let bytes = 0;
  for (const path of paths) {
    if (!/^evidence\/[\w.-]+\.jpeg$/.test(path) || !existsSync(join(folder, path))) continue;
    const content = readFileSync(join(folder, path));
    bytes += content.length;
    if (bytes > mostBytes) break;
    images[path] = content.toString('base64');
  }
  return images;
}
