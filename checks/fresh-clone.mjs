/**
 * `npm run test:fresh-clone [-- NODE_BIN …]`: clones the last commit into empty folders and types the first command in
 * each, with every `node` given (folders that hold one), or with the one that runs this. Slow: it installs everything.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const origin = fileURLToPath(new URL('..', import.meta.url));
const ownBin = join(origin, 'node_modules', '.bin');

/** The first sets everything up, the second finds nothing to do, the third comes in by the other door. */
const commands = ['npm run --silent gate -- --help', 'npm run --silent gate -- --help', 'npx rampgate --version'];

const nodeFolders = process.argv.slice(2).map((folder) => resolve(folder));
const paths = nodeFolders.length === 0 ? [searchPath()] : nodeFolders.map((folder) => searchPath(folder));
process.exitCode = paths.map(checkClone).every(Boolean) ? 0 : 1;

/** @param {string} path */
function checkClone(path) {
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-clone-'));
  const env = environment(path);
  const version = spawnSync('node', ['--version'], { env, encoding: 'utf8' }).stdout.trim();
  try {
    spawnSync('git', ['clone', '--quiet', '--no-hardlinks', origin, folder], { stdio: 'inherit' });
    return commands.map((command) => runCommand({ folder, env, command, version })).every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {{ folder: string, env: NodeJS.ProcessEnv, command: string, version: string }} run */
function runCommand({ folder, env, command, version }) {
  const startedAt = performance.now();
  const { status } = spawnSync(command, { cwd: folder, env, shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${command} on ${version}: ${status === 0 ? 'passed' : `FAILED with exit code ${status}`} in ${seconds} s`,
  );
  return status === 0;
}

/**
 * What a person's shell has, without what npm adds for the script that runs this.
 *
 * @param {string} path
 * @returns {NodeJS.ProcessEnv}
 */
function environment(path) {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)|^NODE$|^INIT_CWD$/.test(name));
  return { ...Object.fromEntries(kept), PATH: path };
}

/** @param {string} [first] */
function searchPath(first) {
  const rest = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ownBin);
  return [...(first === undefined ? [] : [first]), ...rest].join(delimiter);
}
