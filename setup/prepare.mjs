/** Brings a clone from whatever state it is in to one that Rampgate can run from. */
import { join } from 'node:path';
import { demoWeb } from './demo-web.mjs';
import { dependencies } from './dependencies.mjs';
import { browser } from './ensure-browser.mjs';
import { withLock } from './lock.mjs';

/** Longer than the slowest installation takes. */
const waitLimitMs = 20 * 60_000;

/**
 * What a command needs, in the order in which the steps need each other. Help needs no browser, and a browser named on
 * the command line is the command's to look at.
 *
 * @param {string} entry the TypeScript file that will run
 * @param {readonly string[]} args what it gets
 * @returns {readonly import('./clone.mjs').Step[]}
 */
export function stepsFor(entry, args) {
  if (entry !== 'harness/cli.ts') return [dependencies, browser, demoWeb];
  if (args.some((arg) => ['-h', '--help', '-V', '--version', 'help'].includes(arg))) return [dependencies];
  if (args[0] === 'demo') return [dependencies, demoWeb];
  if (!measures(args)) return [dependencies];
  const namesBrowser = args.some((arg) => arg === '--browser' || arg.startsWith('--browser='));
  return namesBrowser ? [dependencies, demoWeb] : [dependencies, browser, demoWeb];
}

/** @param {readonly string[]} args */
function measures([command = '', ...others]) {
  // A way back is printed without a browser, and carried out with one: what it did is measured.
  if (command === 'rollback') return others.includes('--execute');
  return ['gate', 'bundle', 'drill', 'watch', 'compare', 'checklist'].includes(command);
}

/**
 * Does nothing, quickly and silently, when there is nothing to do.
 *
 * @param {import('./clone.mjs').Clone} clone
 * @param {readonly import('./clone.mjs').Step[]} steps
 * @throws {import('./mistakes.mjs').OperatorMistake} where only the person at the machine can help
 */
export async function prepare(clone, steps) {
  if (steps.every((step) => step.isReady(clone))) return;
  const { root, progress } = clone;
  await withLock({ file: join(root, '.setup.lock'), waitLimitMs, say: progress.say }, async () => {
    for (const step of steps) {
      if (!step.isReady(clone)) await progress.during(step.title, () => step.makeReady(clone));
    }
  });
}
