/** Sets up the clone, then runs one of its files on the pinned runtime, as if it had been started directly. */
import { join } from 'node:path';
import { pinnedNode, thisClone } from './clone.mjs';
import { OperatorMistake } from './mistakes.mjs';
import { prepare, stepsFor } from './prepare.mjs';
import { runPinned } from './run-pinned.mjs';
import { Interrupted } from './run-tool.mjs';

/**
 * @param {string} entry a TypeScript file, relative to the clone
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: the child's, or 3 (set-up needs help), 130 (interrupted), 70 (a bug)
 */
export async function launch(entry, args) {
  const clone = thisClone();
  try {
    await prepare(clone, stepsFor(entry, args));
  } catch (error) {
    return explain(error);
  }
  return runPinned(pinnedNode(clone.root), [join(clone.root, entry), ...args]);
}

/** @param {unknown} error @returns {number} the exit code */
function explain(error) {
  if (error instanceof Interrupted) return error.exitCode;
  const message =
    error instanceof OperatorMistake ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${message}\n`);
  return error instanceof OperatorMistake ? 3 : 70;
}
