/** What a new visitor's browser keeps in its Cache Storage after a visit, beside what is served now. */
import { chromium } from 'playwright';
import { browserFlags } from '../../../setup/browser.mjs';
import type { Shell } from '../../lib/shell.ts';

export interface CacheStorageLook {
  /** How many answers it keeps. */
  readonly kept: number;
  /** Addresses whose kept answer is not what is served now. */
  readonly stale: readonly string[];
}

const ANSWER_WITHIN_MS = 10_000;
const VISIT_WITHIN_MS = 30_000;

/** More answers than this are not looked at one by one. */
const MOST_KEPT = 200;

/**
 * Visits an address in a profile of its own, waits for its service worker if it has one, and compares. What people's browsers keep
 * from before is not in it; that the worker would fill a new one with old answers is. Rejects when the page does not open.
 */
export async function staleInCacheStorage(
  url: string,
  { browserPath, shell }: { readonly browserPath: string; readonly shell: Shell },
): Promise<CacheStorageLook> {
  const browser = await chromium.launch({ executablePath: browserPath, args: browserFlags() });
  try {
    const page = await browser.newPage();
    // A worker is registered by the page's scripts, and fills its caches after that.
    await page.goto(url, { waitUntil: 'networkidle', timeout: VISIT_WITHIN_MS });
    const kept = await page.evaluate(keptAnswers, MOST_KEPT);
    const stale: string[] = [];
    for (const { address, text } of kept) {
      const now = await shell.request(address, { timeoutMs: ANSWER_WITHIN_MS });
      if (now.text !== text) stale.push(address);
    }
    return { kept: kept.length, stale };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. Only secure addresses and localhost have a Cache Storage; elsewhere nothing can be kept in it. */
async function keptAnswers(most: number): Promise<{ address: string; text: string }[]> {
  if (typeof caches === 'undefined') return [];
  const registered = await navigator.serviceWorker.getRegistration();
  if (registered !== undefined) await navigator.serviceWorker.ready;
  const kept: { address: string; text: string }[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      if (kept.length < most && answer !== undefined) kept.push({ address: request.url, text: await answer.text() });
    }
  }
  return kept;
}
