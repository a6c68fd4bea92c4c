/** Builds the demo's web part when its sources are newer than what was built. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './clone.mjs';
import { mistakes } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

/** Some ten seconds on two cores. */
const timeLimitMs = 3 * 60_000;

/** @type {import('./clone.mjs').Step} */
export const demoWeb = {
  title: "Building the demo's web part",
  isReady: ({ root }) => builtFrom(root) === hashOfSources(root),
  makeReady: build,
};

/**
 * Built beside its place and moved there when complete, so that nobody ever meets half a build.
 *
 * @param {import('./clone.mjs').Clone} clone
 */
async function build({ root, env }) {
  const web = join(root, 'demo', 'web');
  const [building, replaced] = [join(web, '.dist-building'), join(web, '.dist-replaced')];
  const sources = hashOfSources(root);
  const args = [
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    web,
    '--outDir',
    building,
    '--emptyOutDir',
  ];
  const production = { ...env, NODE_ENV: 'production' };
  const result = await runTool({ command: pinnedNode(root), args, cwd: root, env: production, timeLimitMs });
  if (!result.ok) throw mistakes.webBuildFailed(result);
  writeFileSync(join(building, hashFile), sources);
  rmSync(replaced, { recursive: true, force: true });
  if (existsSync(join(web, 'dist'))) renameSync(join(web, 'dist'), replaced);
  renameSync(building, join(web, 'dist'));
  rmSync(replaced, { recursive: true, force: true });
}

const hashFile = '.built-from';

/** @param {string} root @returns {string} the hash of the sources it was built from, or nothing */
function builtFrom(root) {
  const file = join(root, 'demo', 'web', 'dist', hashFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * Over everything that can change the result: the web part, the files of demo/ it shares with the server, and the
 * versions of what it is built with.
 *
 * @param {string} root
 * @internal Exported for its tests.
 */
export function hashOfSources(root) {
  const hash = createHash('sha256');
  const shared = filesIn(join(root, 'demo'), { deep: false });
  const web = filesIn(join(root, 'demo', 'web'), { deep: true });
  for (const file of [join(root, 'package-lock.json'), ...shared, ...web]) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder @param {{ deep: boolean }} how
 * @returns {string[]} sorted paths, without what was built and without hidden files
 */
function filesIn(folder, { deep }) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return deep ? filesIn(path, { deep }) : [];
      return [path];
    });
}
