/** Sets up the clone, then runs one of its files on the pinned runtime, as if it had been started directly. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { pinnedNode, thisClone } from './clone.mjs';
import { OperatorMistake } from './mistakes.mjs';
import { prepare } from './prepare.mjs';
import { exitCodeOf, Interrupted } from './run-tool.mjs';

/**
 * @param {string} entry a TypeScript file, relative to the clone
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: the child's, or 3 (set-up needs help), 130 (interrupted), 70 (a bug)
 */
export async function launch(entry, args) {
  const clone = thisClone();
  try {
    await prepare(clone);
  } catch (error) {
    return explain(error);
  }
  return runPinned(pinnedNode(clone.root), [join(clone.root, entry), ...args]);
}

/**
 * The pinned runtime is started by its path: a shell that has looked up `node` once may remember the old one.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runPinned(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    for (const signal of forwardedSignals) process.on(signal, () => forward(signal, child));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

/** @type {readonly NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * What to do about a signal is the child's decision. On a terminal, Ctrl-C reaches the child without us: sending it
 * again would look like a second, impatient one.
 *
 * @param {NodeJS.Signals} signal
 * @param {import('node:child_process').ChildProcess} child
 */
function forward(signal, child) {
  const onTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  if (signal !== 'SIGINT' || !onTerminal) child.kill(signal);
}

/** @param {unknown} error @returns {number} the exit code */
function explain(error) {
  if (error instanceof Interrupted) return error.exitCode;
  const message =
    error instanceof OperatorMistake ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${message}\n`);
  return error instanceof OperatorMistake ? 3 : 70;
}
