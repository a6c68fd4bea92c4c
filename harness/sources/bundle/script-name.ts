/** What a script is called from one build to the next: its path without the hash of its content. */

/** Behind the hash: `main.3f2a1b9c.chunk.js`, `runtime.a1b2c3d4.min.js`. */
const suffix = /\.(?:chunk|bundle|min|esm)$/;

/** At the end of a name, behind a dash or a dot: exactly eight as Vite, Rollup and esbuild write it, or hex and longer. */
const hashes = [/[-.]([\w-]{8})$/, /[-.]([0-9a-f]{9,64})$/, /[-.]([A-Za-z0-9]{9,32})$/];

/** Folders named by a build (`/_next/static/vXz3…/`). */
const SHORTEST_BUILD_ID = 20;

/** `assets/index-AbC12_d3.js` → `assets/index`; what is nothing but a hash → `*`. */
export function scriptName(path: string): string {
  const folders = path.split('/').filter((one) => one !== '');
  const file = (folders.pop() ?? '').replace(/\.[cm]?js$/, '').replace(suffix, '');
  return [...folders.map(withoutBuildId), withoutHash(file)].join('/');
}

function withoutBuildId(folder: string): string {
  return folder.length >= SHORTEST_BUILD_ID && looksRandom(folder) ? '*' : folder;
}

function withoutHash(file: string): string {
  if (/^[0-9a-f]{8,64}$/.test(file) && looksRandom(file)) return '*';
  for (const hash of hashes) {
    const found = hash.exec(file);
    if (found !== null && found.index > 0 && looksRandom(found[1] ?? '')) return file.slice(0, found.index);
  }
  return file;
}

/** A word of a language has no digit in it and no capital behind a small letter: `boundary`, `Settings`. */
function looksRandom(text: string): boolean {
  return /\d/.test(text) || /[a-z].*[A-Z]/.test(text) || /^[A-Z]{8,}$/.test(text);
}
