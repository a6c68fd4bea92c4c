/** Installs what package-lock.json lists, and the pinned runtime with it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pinnedNode } from './clone.mjs';
import { isInstalled } from './lockfile.mjs';
import { mistakes } from './mistakes.mjs';
import { installEnv, installLimitMs, runNpm } from './npm.mjs';
import { runTool } from './run-tool.mjs';

/** @typedef {import('./clone.mjs').Clone} Clone */

const questionLimitMs = 30_000;

/** @type {import('./clone.mjs').Step} */
export const dependencies = {
  title: 'Installing dependencies',
  isReady: ({ root }) => existsSync(pinnedNode(root)) && isInstalled(root),
  makeReady: install,
};

/** @param {Clone} clone */
async function install(clone) {
  const { root } = clone;
  if (!isInstalled(root)) await runNpm(clone, { task: ['ci'] });
  if (!existsSync(pinnedNode(root))) await installRuntime(clone);
  await requireWorkingRuntime(clone);
  // npm leaves out optional packages, native binaries among them, that do not admit the Node it runs on, such as 18.
  // On the pinned one they are added in seconds.
  if (!isInstalled(root)) await runNpm(clone, { task: ['install', '--no-save'], node: pinnedNode(root) });
}

/**
 * For machines where npm does not run install scripts: the package `node` needs its own, which is run alone.
 *
 * @param {Clone} clone
 */
async function installRuntime(clone) {
  const cwd = dirname(dirname(pinnedNode(clone.root)));
  const args = ['installArchSpecificPackage.js'];
  const env = installEnv(clone);
  const result = await runTool({ command: process.execPath, args, cwd, env, timeLimitMs: installLimitMs });
  if (!existsSync(pinnedNode(clone.root))) throw runtimeMissing(clone.root, result.output);
}

/** @param {Clone} clone */
async function requireWorkingRuntime({ root, env }) {
  const command = pinnedNode(root);
  const result = await runTool({ command, args: ['--version'], cwd: root, env, timeLimitMs: questionLimitMs });
  if (result.output.trim() !== `v${wantedRuntime(root)}`)
    throw runtimeMissing(root, `${result.output}${result.reason}`);
}

/** @param {string} root @param {string} output */
function runtimeMissing(root, output) {
  return mistakes.runtimeMissing({ wanted: wantedRuntime(root), path: pinnedNode(root), output });
}

/** @param {string} root @returns {string} */
function wantedRuntime(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
}
