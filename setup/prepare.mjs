/** Brings a clone from whatever state it is in to one that Rampgate can run from. */
import { join } from 'node:path';
import { demoWeb } from './demo-web.mjs';
import { dependencies } from './dependencies.mjs';
import { browser } from './ensure-browser.mjs';
import { withLock } from './lock.mjs';

/** Longer than the slowest installation takes. */
const waitLimitMs = 20 * 60_000;

/** In this order, because each needs the ones before it. */
const allSteps = [dependencies, browser, demoWeb];

/**
 * Does nothing, quickly and silently, when there is nothing to do.
 *
 * @param {import('./clone.mjs').Clone} clone
 * @param {readonly import('./clone.mjs').Step[]} [steps]
 * @throws {import('./mistakes.mjs').OperatorMistake} where only the person at the machine can help
 */
export async function prepare(clone, steps = allSteps) {
  if (steps.every((step) => step.isReady(clone))) return;
  const { root, progress } = clone;
  await withLock({ file: join(root, '.setup.lock'), waitLimitMs, say: progress.say }, async () => {
    for (const step of steps) {
      if (!step.isReady(clone)) await progress.during(step.title, () => step.makeReady(clone));
    }
  });
}
