/** Runs npm to install this clone's dependencies, whatever the environment and the person's settings say. */
import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { mistakes } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

/** Fetching some 350 packages over a slow line; beyond this it is stuck. */
export const installLimitMs = 15 * 60_000;

/**
 * Development dependencies are needed in a clone; the version of the Node that installs does not matter, because the
 * pinned one runs what is installed.
 */
const options = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--engine-strict=false',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/**
 * @typedef {object} NpmTask
 * @property {readonly string[]} task `['ci']`
 * @property {string} [node] the Node that npm runs on; otherwise the one it would run on anyway
 */

/**
 * @param {import('./clone.mjs').Clone} clone
 * @param {NpmTask} npmTask
 * @throws {import('./mistakes.mjs').OperatorMistake} with npm's own words when it fails
 */
export async function runNpm(clone, { task, node }) {
  const npm = npmCommand(clone.env);
  const command = node !== undefined && npm.args.length > 0 ? node : npm.command;
  const env = installEnv(clone, node === undefined ? [] : [dirname(node)]);
  const args = [...npm.args, ...task, ...options];
  const result = await runTool({ command, args, cwd: clone.root, env, timeLimitMs: installLimitMs });
  if (!result.ok) throw mistakes.installFailed({ command: `npm ${task.join(' ')}`, ...result });
}

/**
 * The npm that runs us, with the Node it runs on; otherwise the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env npm and npx name themselves in `npm_execpath` and their Node in `npm_node_execpath`
 * @internal Exported for its tests.
 */
export function npmCommand({ npm_execpath: npm = '', npm_node_execpath: node = '' }) {
  const isNpm = /^np[mx]-cli\.c?js$/.test(basename(npm));
  const cli = join(dirname(npm), 'npm-cli.js');
  return isNpm && existsSync(cli) && existsSync(node) ? { command: node, args: [cli] } : { command: 'npm', args: [] };
}

/**
 * Without the clone's own node_modules/.bin on PATH: the `node` there disappears while npm replaces it.
 *
 * @param {import('./clone.mjs').Clone} clone
 * @param {readonly string[]} [first] folders to search before all others
 * @returns {NodeJS.ProcessEnv}
 */
export function installEnv({ root, env }, first = []) {
  const own = join(root, 'node_modules', '.bin');
  const rest = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== own);
  return { ...env, NODE_ENV: 'development', PATH: [...first, ...rest].join(delimiter) };
}
