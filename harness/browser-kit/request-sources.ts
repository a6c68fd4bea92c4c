/** Where the answers to a page's requests came from: the network, one of the browser's caches, or a service worker. */
import type { Page } from 'playwright/test';
import type { RequestSource } from '../model/evidence.ts';

export interface Answer {
  /** Absent until the answer has begun. */
  readonly source?: RequestSource;
  /** As it came over the network, headers included; 0 from a cache. */
  readonly sizeBytes: number;
}

export interface RequestSources {
  /** The answer to the n-th request to an address, from 0; -1 is the last one. Null when none was seen. */
  of(url: string, nth: number): Answer | null;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * Listens to the browser's own account of the network. Resource timing cannot tell: of another origin it says nothing
 * without `Timing-Allow-Origin`, and it does not tell the caches apart.
 */
export async function watchSources(page: Page): Promise<RequestSources> {
  const session = await page.context().newCDPSession(page);
  const { sources, heard } = keepAccount();
  session.on('Network.requestWillBeSent', heard.request);
  session.on('Network.requestServedFromCache', heard.fromMemory);
  session.on('Network.responseReceived', heard.response);
  session.on('Network.loadingFinished', heard.end);
  await session.send('Network.enable');
  return sources;
}

/**
 * What is made of the browser's events (Chrome DevTools Protocol, domain Network), in the order they come.
 * @internal Exported for its tests.
 */
export function keepAccount() {
  const byUrl = new Map<string, Mutable<Answer>[]>();
  const byId = new Map<string, Mutable<Answer>>();
  const sources: RequestSources = { of: (url, nth) => byUrl.get(url)?.at(nth) ?? null };
  const heard = {
    request: ({ requestId, request }: { requestId: string; request: { url: string; method: string } }): void => {
      // A preflight may be told after the request it is for, and with the same address.
      if (request.method === 'OPTIONS') return;
      const answer = { sizeBytes: 0 };
      byId.set(requestId, answer);
      byUrl.set(request.url, [...(byUrl.get(request.url) ?? []), answer]);
    },
    fromMemory: ({ requestId }: { requestId: string }): void => {
      const answer = byId.get(requestId);
      if (answer !== undefined) answer.source = 'memory cache';
    },
    response: ({
      requestId,
      response,
    }: {
      requestId: string;
      response: { fromServiceWorker?: boolean; fromDiskCache?: boolean };
    }): void => {
      const answer = byId.get(requestId);
      if (answer === undefined || answer.source !== undefined) return;
      if (response.fromServiceWorker === true) answer.source = 'service worker';
      else answer.source = response.fromDiskCache === true ? 'disk cache' : 'network';
    },
    end: ({ requestId, encodedDataLength }: { requestId: string; encodedDataLength: number }): void => {
      const answer = byId.get(requestId);
      if (answer?.source === 'network') answer.sizeBytes = encodedDataLength;
    },
  };
  return { sources, heard };
}
