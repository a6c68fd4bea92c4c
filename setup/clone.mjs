/** The clone that is being set up: where its parts are, and what set-up needs from outside. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { showProgress } from './progress.mjs';

/**
 * @typedef {object} Clone
 * @property {string} root absolute path of the clone
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./progress.mjs').Progress} progress
 */

/**
 * One thing that must be there before Rampgate runs.
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {(clone: Clone) => boolean} isReady quick, and changes nothing
 * @property {(clone: Clone) => Promise<void>} makeReady throws an OperatorMistake where it cannot help
 */

/** @returns {Clone} the clone this file belongs to */
export function thisClone() {
  return { root: fileURLToPath(new URL('..', import.meta.url)), env: process.env, progress: showProgress() };
}

/** @param {string} root @returns {string} the pinned runtime */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', 'node');
}

/** @param {string} root @returns {string} a folder for what set-up remembers; goes away with node_modules */
export function cacheFolder(root) {
  return join(root, 'node_modules', '.cache', 'rampgate');
}
