/** Reads the small pictures that a run's evidence names, for a page that has to hold them itself. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../model/evidence.ts';

/** What a page may grow by; as base64 they are a third larger. Those that come later are left to the run folder. */
const mostBytes = 450_000;

/** Base64 by path. A picture that is gone is left out, and so is one that would lead out of the run folder. */
export function readPictures(folder: string, evidence: readonly Evidence[]): { readonly [path: string]: string } {
  const paths = evidence.flatMap((one) =>
    one.status === 'collected'
      ? one.attachments.filter(({ mediaType }) => mediaType === 'image/jpeg').map(({ path }) => path)
      : [],
  );
  const pictures: { [path: string]: string } = {};
  let bytes = 0;
  for (const path of paths) {
    if (!/^evidence\/[\w.-]+\.jpeg$/.test(path) || !existsSync(join(folder, path))) continue;
    const content = readFileSync(join(folder, path));
    bytes += content.length;
    if (bytes > mostBytes) break;
    pictures[path] = content.toString('base64');
  }
  return pictures;
}
