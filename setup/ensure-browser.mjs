/** Sees to it that there is a browser: finds one, or installs one with Playwright, or with the system's packages. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptGet, lastLines } from './apt.mjs';
import { findBrowser } from './browser.mjs';
import { cacheFolder, pinnedNode } from './clone.mjs';
import { mistakes, quote } from './mistakes.mjs';
import { runTool } from './run-tool.mjs';

/** @typedef {import('./clone.mjs').Clone} Clone */

/**
 * @typedef {object} BrowserNeed
 * @property {readonly string[]} [places] see `findBrowser`
 */

/** A download of some 200 MB; beyond this the line is too slow to wait for. */
const downloadLimitMs = 5 * 60_000;
const questionLimitMs = 30_000;

/** @type {import('./clone.mjs').Step} */
export const browser = {
  title: 'Looking for a browser, or installing one',
  isReady: (clone) => findBrowser({ env: clone.env, playwrightPath: rememberedPath(clone.root) }) !== null,
  makeReady: async (clone) => {
    if (!(await isNamedInConfiguration(clone))) await ensureBrowser(clone);
  },
};

/**
 * @param {Clone} clone
 * @param {BrowserNeed} [need]
 * @returns {Promise<import('./browser.mjs').Browser>}
 * @throws {import('./mistakes.mjs').OperatorMistake} when there is none and none can be installed
 * @internal Exported for its tests.
 */
export async function ensureBrowser(clone, { places } = {}) {
  const playwrightPath = await askPlaywright(clone);
  const find = () => findBrowser({ env: clone.env, playwrightPath, ...(places === undefined ? {} : { places }) });
  const attempts = [];
  for (const install of [async () => '', downloadWithPlaywright, installWithApt]) {
    const attempt = await install(clone);
    const found = find();
    const problem = found === null ? attempt : await launchProblem(clone, found);
    if (found !== null && problem === '') return remember(clone.root, found);
    if (problem !== '') attempts.push(problem);
  }
  throw mistakes.noBrowser(attempts);
}

/**
 * The configuration is TypeScript, so the pinned runtime is asked, and only when there is no other browser. Whether the
 * one it names is any good is the gate's to say.
 *
 * @param {Clone} clone
 */
async function isNamedInConfiguration({ root, env }) {
  const question =
    "import('./rampgate.config.ts').then(({ default: { browser } }) => console.log(browser?.executablePath ?? ''))";
  const args = ['--eval', question];
  const answer = await runTool({ command: pinnedNode(root), args, cwd: root, env, timeLimitMs: questionLimitMs });
  return answer.ok && answer.output.trim() !== '';
}

/**
 * Where Playwright keeps, or would keep, its own browser. Loading Playwright takes long and needs the pinned runtime, so
 * it is asked only when there is something to do.
 *
 * @param {Clone} clone
 */
async function askPlaywright({ root, env }) {
  const question = "import('playwright').then(({ chromium }) => console.log(chromium.executablePath()))";
  const args = ['--eval', question];
  const answer = await runTool({ command: pinnedNode(root), args, cwd: root, env, timeLimitMs: questionLimitMs });
  return answer.ok ? answer.output.trim() : undefined;
}

/** @param {Clone} clone @returns {Promise<string>} how it went wrong, or nothing */
async function downloadWithPlaywright({ root, env }) {
  const args = [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium'];
  const result = await runTool({ command: pinnedNode(root), args, cwd: root, env, timeLimitMs: downloadLimitMs });
  return result.ok ? '' : `"playwright install chromium" ${result.reason}:\n${quote(lastLines(result.output))}`;
}

/** @param {Clone} clone @returns {Promise<string>} how it went wrong, or nothing */
function installWithApt(clone) {
  return aptGet(clone, { what: 'apt-get install chromium', tasks: [['update'], ['install', '-y', 'chromium']] });
}

/**
 * A downloaded browser may lack libraries of the system; then it is there, but does not start.
 *
 * @param {Clone} clone @param {import('./browser.mjs').Browser} found
 * @returns {Promise<string>} how it went wrong, or nothing
 */
async function launchProblem({ root, env }, { path }) {
  const result = await runTool({ command: path, args: ['--version'], cwd: root, env, timeLimitMs: questionLimitMs });
  return result.ok ? '' : `"${path} --version" ${result.reason}:\n${quote(lastLines(result.output))}`;
}

/** @param {string} root @param {import('./browser.mjs').Browser} found */
function remember(root, found) {
  if (found.source !== 'playwright') return found;
  mkdirSync(cacheFolder(root), { recursive: true });
  writeFileSync(memory(root), found.path);
  return found;
}

/** @param {string} root @returns {string | undefined} Playwright's own browser, when it was found before */
function rememberedPath(root) {
  try {
    return readFileSync(memory(root), 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} root */
function memory(root) {
  return join(cacheFolder(root), 'playwright-browser');
}
