/** How large a script is: as it is, and compressed by us, so that what a server is set to changes nothing. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Sizes } from '../../model/evidence.ts';

/** The most that static files are compressed with, so that growth is that of the content. */
const GZIP_LEVEL = 9;
const BROTLI_QUALITY = 11;

/** What sizes are comparable by: other levels, or other major versions of what compresses, give other sizes. */
export const compression = `gzip level ${GZIP_LEVEL} (zlib ${majorOf('zlib')}), Brotli quality ${BROTLI_QUALITY} (Brotli ${majorOf('brotli')})`;

export async function sizesOf(content: Uint8Array): Promise<Sizes> {
  const [gzipped, brotli] = await Promise.all([
    promisify(gzip)(content, { level: GZIP_LEVEL }),
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
      },
    }),
  ]);
  return { raw: content.byteLength, gzip: gzipped.byteLength, brotli: brotli.byteLength };
}

/** The versions that compressed, for the record. */
export function compressors(): { readonly [name: string]: string } {
  return { Node: process.version, zlib: process.versions['zlib'] ?? '', Brotli: process.versions['brotli'] ?? '' };
}

function majorOf(library: string): string {
  return (process.versions[library] ?? '').split('.')[0] ?? '';
}
