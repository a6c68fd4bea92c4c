/** Sees to it that tests find a Prometheus: one on PATH, or Debian's, unpacked beside the clone and not installed. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptGet, lastLines } from './apt.mjs';
import { cacheFolder } from './clone.mjs';
import { mistakes, quote } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

const unpackLimitMs = 60_000;

/**
 * Unpacked, its service is neither registered nor started, and nobody needs to be root but for the list of packages.
 *
 * @param {Pick<import('./clone.mjs').Clone, 'root' | 'env'>} clone
 * @returns {Promise<string>} path of its executable
 * @throws {import('./mistakes.mjs').OperatorMistake} when there is none and none can be fetched
 */
export async function ensurePrometheus(clone) {
  const onPath = (clone.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'prometheus'));
  const folder = join(cacheFolder(clone.root), 'prometheus');
  const unpacked = join(folder, 'usr', 'bin', 'prometheus');
  const found = [...onPath, unpacked].find((path) => existsSync(path));
  if (found !== undefined) return found;
  const attempts = [];
  for (const prepare of [async () => '', () => aptGet(clone, { what: 'apt-get update', tasks: [['update']] })]) {
    const problem = (await prepare()) || (await fetchInto(folder, clone));
    if (problem === '') return unpacked;
    attempts.push(problem);
  }
  throw mistakes.noPrometheus(attempts);
}

/**
 * @param {string} folder
 * @param {Pick<import('./clone.mjs').Clone, 'root' | 'env'>} clone
 * @returns {Promise<string>} how it went wrong, or nothing
 */
async function fetchInto(folder, clone) {
  mkdirSync(folder, { recursive: true });
  const tasks = [['download', 'prometheus']];
  const problem = await aptGet(clone, { what: 'apt-get download prometheus', tasks, cwd: folder, asRoot: false });
  if (problem !== '') return problem;
  const packed = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
  const args = ['-x', packed, folder];
  const result = await runTool({ command: 'dpkg-deb', args, cwd: folder, env: clone.env, timeLimitMs: unpackLimitMs });
  rmSync(join(folder, packed), { force: true });
  return result.ok ? '' : `"dpkg-deb -x ${packed}" ${result.reason}:\n${quote(lastLines(result.output))}`;
}
