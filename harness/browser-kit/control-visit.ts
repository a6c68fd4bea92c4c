/**
 * The positive controls of the browser: one uncounted visit a run, in which a request is repeated and errors are planted, and
 * in which the very listeners of every counted visit must hear them.
 */

import type { Browser } from 'playwright/test';
import { messageOf } from '../lib/message-of.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';
import type { ControlRecord } from './journal.ts';
import { allPlanted, came, plantedErrors, repeatedRequest } from './planted.ts';
import { openVisit, type Visit } from './visit.ts';

type Plan = ScenarioPlan & { readonly controlPath: string };

/** What is planted is heard within milliseconds, or not at all. */
const HEARD_WITHIN_MS = 1000;
const LOOK_EVERY_MS = 20;

/** Never throws: a visit that fails has seen nothing. */
export async function visitForControls(browser: Browser, plan: Plan): Promise<readonly ControlRecord[]> {
  const opened = await openVisit(browser, {
    number: 0,
    plan,
    rounds: 1,
    now: () => new Date(),
    write: () => undefined,
  });
  try {
    await opened.visit.page.goto(plan.web + plan.controlPath);
    await opened.visit.untilQuiet();
    return [await repeatRequest(opened.visit, plan), ...(await plantErrors(opened.visit))];
  } catch (error) {
    const message = `the control visit to ${plan.controlPath} failed: ${firstLine(error)}`;
    return allPlanted.map((one) => came(one, 'not-seen', message));
  } finally {
    await opened.context.close();
  }
}

async function repeatRequest({ page, requests }: Visit, { api, controlPath }: Plan): Promise<ControlRecord> {
  const own = requests.requests.find(({ method }) => method === 'GET');
  if (own === undefined) {
    const message = `the page ${controlPath} asked the API at ${api} for nothing: is that where it asks?`;
    return came(repeatedRequest, 'not-seen', message);
  }
  const mark = requests.mark();
  await page.evaluate((url) => fetch(url, { cache: 'no-store', mode: 'no-cors' }).then(() => undefined), own.url);
  const title = `GET ${own.name}`;
  return (await isHeard(page, () => requests.repeatedSince(mark).includes(title)))
    ? came(repeatedRequest, 'seen', `${title} was counted as repeated`)
    : came(repeatedRequest, 'not-seen', `${title} went out again and was not counted as repeated`);
}

/** Cut off from the network, so that whatever the page does about errors, nobody outside hears of these. */
async function plantErrors(visit: Visit): Promise<readonly ControlRecord[]> {
  const { page } = visit;
  await page.context().setOffline(true);
  const plantedAt = performance.now();
  const [consoleError, exception, rejection] = plantedErrors;
  await page.evaluate(
    (words) => {
      console.error(words.console);
      setTimeout(() => {
        throw new Error(words.exception);
      });
      void Promise.reject(new Error(words.rejection));
    },
    { console: consoleError.words, exception: exception.words, rejection: rejection.words },
  );
  const heard = (words: string): boolean => visit.problems().some((text) => text.includes(words));
  await isHeard(page, () => plantedErrors.every(({ words }) => heard(words)));
  const waitedMs = Math.round(performance.now() - plantedAt);
  return plantedErrors.map((one) =>
    heard(one.words)
      ? came(one, 'seen', `heard within ${waitedMs} ms`)
      : came(one, 'not-seen', `nothing was heard within ${waitedMs} ms: does the page keep it to itself?`),
  );
}

async function isHeard(page: Visit['page'], heard: () => boolean): Promise<boolean> {
  const giveUpAt = performance.now() + HEARD_WITHIN_MS;
  while (!heard() && performance.now() < giveUpAt) await page.waitForTimeout(LOOK_EVERY_MS);
  return heard();
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? '';
}
