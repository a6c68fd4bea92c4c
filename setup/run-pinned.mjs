/** Hands over to the pinned runtime: same terminal, signals passed on, exit code given back. */
import { spawn } from 'node:child_process';
import { isatty } from 'node:tty';
import { exitCodeOf } from './run-tool.mjs';

/** @type {readonly NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

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
