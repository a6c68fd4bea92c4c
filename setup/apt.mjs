/** Debian's packages, as far as set-up and tests use them. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quote } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

const packagesLimitMs = 10 * 60_000;

/**
 * Runs `apt-get` with each of the given words, until one fails.
 *
 * @param {Pick<import('./clone.mjs').Clone, 'root' | 'env'>} clone
 * @param {{ what: string, tasks: readonly (readonly string[])[], cwd?: string, asRoot?: boolean }} asked `what` it is all for
 * @returns {Promise<string>} how it went wrong, or nothing
 */
export async function aptGet({ root, env }, { what, tasks, cwd = root, asRoot = true }) {
  if (process.platform !== 'linux' || !isOnPath('apt-get', env)) return `"${what}": there is no apt-get here.`;
  const needsSudo = asRoot && process.getuid?.() !== 0;
  if (needsSudo && !isOnPath('sudo', env)) return `"${what}": needs root, and there is no sudo here.`;
  for (const task of tasks) {
    const options = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
    const [command = '', ...args] = [...(needsSudo ? ['sudo', '-n'] : []), 'env', ...options, ...task];
    const result = await runTool({ command, args, cwd, env, timeLimitMs: packagesLimitMs });
    if (!result.ok) return `"apt-get ${task.join(' ')}" ${result.reason}:\n${quote(lastLines(result.output))}`;
  }
  return '';
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function isOnPath(name, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** @param {string} output */
export function lastLines(output) {
  return output.trim().split('\n').slice(-14).join('\n');
}
