/** Takes down every script that the pages and workers of a browser context load, each once. */

import type { BrowserContext, Request, Response } from 'playwright';
import { messageOf } from '../../lib/message-of.ts';
import type { Sizes } from '../../model/evidence.ts';
import { sizesOf } from './script-sizes.ts';

export interface LoadedScript {
  readonly url: string;
  readonly sizes: Sizes;
  /** As it came over the network, in the server's own compression; null where the browser does not tell. */
  readonly servedBytes: number | null;
}

export interface HeardScripts {
  readonly scripts: readonly LoadedScript[];
  readonly missed: readonly { readonly url: string; readonly why: string }[];
}

export interface ScriptListener {
  /** How long ago the last script came or was asked for. */
  quietForMs(): number;
  /** Addresses of scripts that are on their way. */
  underway(): readonly string[];
  /** What was heard so far, contents read. */
  heard(): Promise<HeardScripts>;
}

/** Listens from now on, as long as the context is open. */
export function listenForScripts(context: BrowserContext): ScriptListener {
  const scripts = new Map<string, Promise<LoadedScript | string>>();
  const missed = new Map<string, string>();
  const underway = new Set<Request>();
  let lastAt = performance.now();
  const ended = (request: Request): void => {
    if (underway.delete(request)) lastAt = performance.now();
  };
  context.on('request', (request) => {
    if (!isCounted(request) || request.resourceType() !== 'script') return;
    underway.add(request);
    lastAt = performance.now();
  });
  context.on('requestfinished', ended);
  context.on('requestfailed', (request) => {
    ended(request);
    const { errorText } = request.failure() ?? { errorText: 'it failed' };
    if (isCounted(request) && request.resourceType() === 'script') addMissed(request.url(), errorText);
  });
  context.on('response', (response) => {
    const [url, status] = [addressOf(response.url()), response.status()];
    if (!isScript(response) || (status >= 300 && status < 400)) return;
    lastAt = performance.now();
    if (status >= 400) addMissed(url, `it was answered with ${status}`);
    else if (!scripts.has(url)) scripts.set(url, read(url, response));
  });
  const addMissed = (url: string, why: string): void => {
    if (!missed.has(addressOf(url))) missed.set(addressOf(url), why);
  };
  return {
    quietForMs: () => performance.now() - lastAt,
    underway: () => [...underway].map((request) => addressOf(request.url())),
    heard: async () => {
      const read: LoadedScript[] = [];
      for (const [url, reading] of scripts) {
        const script = await reading;
        if (typeof script === 'string') addMissed(url, script);
        else read.push(script);
      }
      return { scripts: read, missed: [...missed].map(([url, why]) => ({ url, why })) };
    },
  };
}

/** By its use, or by its type: what a worker imports is of no kind that the browser names. */
function isScript(response: Response): boolean {
  const request = response.request();
  if (!isCounted(request)) return false;
  return request.resourceType() === 'script' || /(?:java|ecma)script/i.test(response.headers()['content-type'] ?? '');
}

/**
 * Over the network and for the page: a blob is made of what came already, and what a service worker puts by for later is
 * not loaded by the page.
 */
function isCounted(request: Request): boolean {
  if (!/^https?:/.test(request.url())) return false;
  return request.serviceWorker() === null || request.resourceType() !== 'fetch';
}

async function read(url: string, response: Response): Promise<LoadedScript | string> {
  try {
    const sizes = await sizesOf(await response.body());
    const { responseBodySize } = await response.request().sizes();
    return { url, sizes, servedBytes: responseBodySize > 0 ? responseBodySize : null };
  } catch (error) {
    return `its content could not be read: ${messageOf(error)}`;
  }
}

function addressOf(url: string): string {
  return url.split('#', 1)[0] ?? '';
}
