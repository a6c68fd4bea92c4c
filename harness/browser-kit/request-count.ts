/**
 * How many requests the pages of a run began, in a file that all of the runner's processes share: a run that has a ceiling
 * begins no visit that could go beyond it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Request } from 'playwright/test';
import type { ScenarioPlan } from '../model/scenario-plan.ts';

/** One line for each context that was opened: how many requests to the target its pages began. */
export const REQUESTS_FILE = 'browser-requests.txt';

export interface RequestCount {
  /** Why another visit must not begin; null where it may. */
  whyNoMore(): string | null;
  /** Stops counting. */
  end(): void;
}

/** Counts in every context that the browser opens from now on. Requests that a cache answers count as well. */
export function countRequests(
  browser: Browser,
  plan: Pick<ScenarioPlan, 'web' | 'api' | 'journalDir' | 'mostRequests'>,
): RequestCount {
  const { journalDir, mostRequests } = plan;
  if (journalDir === undefined || mostRequests === undefined) return { whyNoMore: () => null, end: () => undefined };
  const path = join(journalDir, REQUESTS_FILE);
  const origins = new Set([plan.web, plan.api].map((address) => new URL(address).origin));
  const listen = (context: BrowserContext): void => {
    let begun = 0;
    context.on('request', (request: Request) => {
      if (URL.canParse(request.url()) && origins.has(new URL(request.url()).origin)) begun += 1;
    });
    context.on('close', () => appendFileSync(path, `${begun}\n`));
  };
  browser.on('context', listen);
  return {
    whyNoMore: () => {
      const begun = readRequestCounts(path);
      const next = Math.max(0, ...begun);
      const sum = begun.reduce((total, one) => total + one, 0);
      if (sum + next <= mostRequests) return null;
      return `its pages began ${sum} requests, a visit takes up to ${next}, and ${mostRequests} were left of the run's ceiling`;
    },
    end: () => browser.off('context', listen),
  };
}

/** Each context's count; none where the file is not there. */
export function readRequestCounts(path: string): readonly number[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
}
