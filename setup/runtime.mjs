/**
 * Which Node may do what: set-up runs on Node 18 and newer, everything else on the pinned major version.
 *
 * This file imports nothing and keeps to syntax that Node 12 understands, so that even there it can say what is wrong.
 */

/** The oldest Node that can run the plain JavaScript of set-up. */
const oldestForSetup = [18, 0];

/** The major version pinned in package.json, from the minor version on that runs TypeScript without a flag or warning. */
const pinned = [24, 12];

/** Ends the process with exit code 3 and a plain message where this Node is too old to run set-up. */
export function requireNodeForSetup() {
  const problem = setupRuntimeProblem(process.versions.node);
  if (problem !== null) refuse(problem);
}

/**
 * Ends the process with exit code 3 and a plain message where this Node is not the pinned one. Imported first by
 * harness/cli.ts, for the case that somebody starts it directly.
 */
export function requirePinnedNode() {
  const problem = harnessRuntimeProblem(process.versions.node);
  if (problem !== null) refuse(problem);
}

/**
 * @param {string} version such as `16.20.2`
 * @returns {string | null} what is wrong and what to do, or null
 * @internal Exported for its tests.
 */
export function setupRuntimeProblem(version) {
  if (isAtLeast(version, oldestForSetup)) return null;
  return (
    'Rampgate cannot start on Node ' +
    version +
    ': its set-up needs Node ' +
    oldestForSetup[0] +
    ' or newer.\n' +
    'Install a current Node and run the same command again. The version it measures with, Node ' +
    pinned[0] +
    ', set-up brings itself.'
  );
}

/**
 * @param {string} version such as `26.1.0`
 * @returns {string | null} what is wrong and what to do, or null
 * @internal Exported for its tests.
 */
export function harnessRuntimeProblem(version) {
  if (isAtLeast(version, pinned) && majorOf(version) === pinned[0]) return null;
  return (
    'Rampgate measures with Node ' +
    pinned[0] +
    ' (' +
    pinned.join('.') +
    ' or newer), and this is Node ' +
    version +
    '.\n' +
    'Start it with "npm run gate" or "npx rampgate COMMAND": both bring the right version and use it.'
  );
}

/** @param {string} problem */
function refuse(problem) {
  process.stderr.write(problem + '\n');
  process.exit(3);
}

/** @param {string} version @param {number[]} oldest major and minor version */
function isAtLeast(version, oldest) {
  const major = majorOf(version);
  const minor = Number(version.split('.')[1]);
  return major > Number(oldest[0]) || (major === oldest[0] && minor >= Number(oldest[1]));
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split('.')[0]);
}
