/** Installs what package-lock.json lists, and the pinned runtime with it. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { pinnedNode } from './clone.mjs';
import { mistakes } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

/** @typedef {import('./clone.mjs').Clone} Clone */

/**
 * @typedef {object} LockedPackage the part of a lockfile's entry that matters here
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [extraneous]
 */

/** @typedef {{ readonly [path: string]: LockedPackage }} LockedPackages */

/** Fetching some 350 packages over a slow line; beyond this it is stuck. */
const timeLimitMs = 15 * 60_000;

/**
 * Development dependencies are needed in a clone whatever the environment says; Node's version does not matter for
 * installing, because the pinned one runs what is installed.
 */
const installArgs = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--engine-strict=false',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/** @type {import('./clone.mjs').Step} */
export const dependencies = {
  title: 'Installing dependencies',
  isReady: ({ root }) => existsSync(pinnedNode(root)) && isInstalled(root),
  makeReady: async (clone) => {
    if (!isInstalled(clone.root)) await install(clone);
    if (!existsSync(pinnedNode(clone.root))) await installRuntime(clone);
    await requireWorkingRuntime(clone);
  },
};

/**
 * npm keeps in node_modules/.package-lock.json what it installed, so an installation made by hand counts as well.
 *
 * @param {string} root
 */
function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && agrees(packagesIn(join(root, 'package-lock.json')), packagesIn(installed));
}

/**
 * Whether what is installed is what is locked. An optional package may be missing (it is for another platform), and one
 * that somebody tries out without saving it may be there.
 *
 * @param {LockedPackages} locked @param {LockedPackages} installed
 */
export function agrees(locked, installed) {
  const missing = Object.entries(locked).some(([path, wanted]) => {
    const found = installed[path];
    if (path === '') return false;
    if (found === undefined) return !wanted.optional && !wanted.devOptional;
    return found.version !== wanted.version || (wanted.integrity ?? found.integrity) !== found.integrity;
  });
  return !missing && Object.entries(installed).every(([path, found]) => path in locked || found.extraneous);
}

/** @param {string} file @returns {LockedPackages} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** @param {Clone} clone */
async function install({ root, env }) {
  const npm = npmCommand(env);
  const args = [...npm.args, ...installArgs];
  const result = await runTool({ command: npm.command, args, cwd: root, env: installEnv({ root, env }), timeLimitMs });
  if (!result.ok) throw mistakes.installFailed({ command: 'npm ci', ...result });
}

/**
 * The npm that runs us, with the Node it runs on; otherwise the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env npm and npx name themselves in `npm_execpath` and their Node in `npm_node_execpath`
 */
export function npmCommand({ npm_execpath: npm = '', npm_node_execpath: node = '' }) {
  const isNpm = /^np[mx]-cli\.c?js$/.test(basename(npm));
  const cli = join(dirname(npm), 'npm-cli.js');
  return isNpm && existsSync(cli) && existsSync(node) ? { command: node, args: [cli] } : { command: 'npm', args: [] };
}

/**
 * Without the clone's own node_modules/.bin on PATH: the `node` there disappears while npm replaces it.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv }} clone
 * @returns {NodeJS.ProcessEnv}
 */
function installEnv({ root, env }) {
  const own = join(root, 'node_modules', '.bin');
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== own);
  return { ...env, NODE_ENV: 'development', PATH: path.join(delimiter) };
}

/**
 * For machines where npm does not run install scripts: the package `node` needs its own, which is run alone.
 *
 * @param {Clone} clone
 */
async function installRuntime({ root, env }) {
  const folder = dirname(dirname(pinnedNode(root)));
  const args = ['installArchSpecificPackage.js'];
  const command = process.execPath;
  const result = await runTool({ command, args, cwd: folder, env: installEnv({ root, env }), timeLimitMs });
  if (!existsSync(pinnedNode(root))) throw runtimeMissing(root, result.output);
}

/** @param {Clone} clone */
async function requireWorkingRuntime({ root, env }) {
  const command = pinnedNode(root);
  const result = await runTool({ command, args: ['--version'], cwd: root, env, timeLimitMs: 30_000 });
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
