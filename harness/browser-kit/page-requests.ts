/** What a page asks for: API requests by method and normalised URL, the way a person reads the network panel. */
import type { Page, Request } from 'playwright/test';
import type { RequestSource } from '../model/evidence.ts';
import { type Answer, watchSources } from './request-sources.ts';

export interface PageRequest {
  readonly method: string;
  /** Decoded path and sorted query, without origin: encoded and plain ids are the same request. */
  readonly name: string;
  readonly url: string;
  /** Where its answer came from, as far as is known by now: `network` until an answer says otherwise. */
  readonly source: RequestSource;
}

export interface RequestLog {
  /** Requests to the API so far, in order, without preflights. */
  readonly requests: readonly PageRequest[];
  /** Where the latest answer from this address came from, and what came over the network; null when none was seen. */
  answerFrom(url: string): Answer | null;
  /** Those that began after the mark that `mark()` returned. */
  since(mark: number): readonly PageRequest[];
  mark(): number;
  /** Those after the mark that repeat one from before it, without what a cache of the browser answered: `GET /api/items`. */
  repeatedSince(mark: number): readonly string[];
  /** Waits until the page has asked the API for nothing for half a second. Throws when it never stops asking. */
  untilQuiet(timeoutMs: number): Promise<void>;
}

/** As long as Playwright's own "networkidle", which however is reached once per navigation and never left again. */
const QUIET_MS = 500;

/** Records the page's API requests from now on. Preflights are the browser's own and do not count. */
export async function recordRequests(page: Page, apiUrl: string): Promise<RequestLog> {
  const sources = await watchSources(page);
  const requests: PageRequest[] = [];
  const open = new Set<Request>();
  let lastChangeAt = performance.now();
  page.on('request', (request: Request) => {
    if (request.method() === 'OPTIONS' || !request.url().startsWith(apiUrl)) return;
    const url = request.url();
    const earlier = requests.filter((one) => one.url === url).length;
    requests.push({
      method: request.method(),
      name: normaliseUrl(url),
      url,
      get source() {
        return sources.of(url, earlier)?.source ?? 'network';
      },
    });
    open.add(request);
    lastChangeAt = performance.now();
  });
  const settle = (request: Request): void => {
    if (open.delete(request)) lastChangeAt = performance.now();
  };
  page.on('requestfinished', settle);
  page.on('requestfailed', settle);
  return {
    requests,
    answerFrom: (url) => sources.of(url, -1),
    since: (mark) => requests.slice(mark),
    mark: () => requests.length,
    repeatedSince: (mark) => {
      const before = new Set(requests.slice(0, mark).map(titleOf));
      return requests
        .slice(mark)
        .filter(({ source }) => !source.endsWith('cache'))
        .map(titleOf)
        .filter((one) => before.has(one));
    },
    async untilQuiet(timeoutMs) {
      const giveUpAt = performance.now() + timeoutMs;
      for (;;) {
        const leftMs = open.size > 0 ? QUIET_MS : lastChangeAt + QUIET_MS - performance.now();
        if (leftMs <= 0) return;
        if (performance.now() > giveUpAt) {
          const last = requests.at(-1)?.name ?? 'nothing';
          throw new Error(`the page did not stop asking the API within ${timeoutMs} ms; last: ${last}`);
        }
        await page.waitForTimeout(leftMs);
      }
    },
  };
}

function titleOf({ method, name }: PageRequest): string {
  return `${method} ${name}`;
}

/**
 * The URL's path and sorted query with percent-encoding undone: `/artifacts/skill:foo/diff?mode=summary`.
 * @internal Exported for its tests.
 */
export function normaliseUrl(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams].map(([key, value]) => `${key}=${value}`).sort();
  return decode(pathname) + (query.length > 0 ? `?${query.join('&')}` : '');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray percent sign: compare it as it is
  }
}
