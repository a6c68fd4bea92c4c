/**
 * `npm run check:fresh-clone [-- NODE_BIN …]`: clones the last commit into empty folders and types the first command in
 * each, with every `node` given (folders that hold one), or with the one that runs this. Slow: it installs everything.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const origin = fileURLToPath(new URL('..', import.meta.url));
const ownBin = join(origin, 'node_modules', '.bin');

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
    return ['first', 'second']
      .map((which) => runGate({ folder, env, what: `${which} command on ${version}` }))
      .every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {{ folder: string, env: NodeJS.ProcessEnv, what: string }} run */
function runGate({ folder, env, what }) {
  const startedAt = performance.now();
  const { status, stdout } = spawnSync('npm', ['run', '--silent', 'gate', '--', '--version'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const passed = status === 0 && /^\d+\.\d+\.\d+/.test(stdout);
  console.log(`${what}: ${passed ? 'passed' : `FAILED with exit code ${status}: ${stdout}`} in ${seconds} s`);
  return passed;
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
