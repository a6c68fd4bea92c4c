/** What pages load, in a browser of its own, sorted by whose it is. */
import { extname, join } from 'node:path';
import { browserFlags } from '../../../setup/browser.mjs';
import type { Shell } from '../../lib/shell.ts';
import { quoted } from '../quoted.ts';
import type { ScriptFile } from './compare-scripts.ts';
import type { LoadedPages, LoadTask } from './load-pages.ts';
import type { PagesSource } from './settings.ts';

export interface BundleProbeOptions {
  /** The target's web address. */
  readonly web: string;
  /** For pages; null where none was found. */
  readonly browser: { readonly path: string; readonly args: readonly string[] } | null;
  /** How long a loaded page may take to show what it should; 15 s when left out. */
  readonly settleWithinMs?: number;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

export interface ReadPages {
  readonly browser: string;
  readonly requests: number;
  /** Each once, however many pages load it. */
  readonly own: readonly (ScriptFile & { readonly servedBytes: number | null })[];
  /** Of other origins: shown, not judged. */
  readonly elsewhere: readonly { readonly url: string; readonly raw: number | null }[];
  /** Own scripts whose content is not known, with why. */
  readonly missed: readonly string[];
  /** Pages that were not the ones meant, with why. */
  readonly unfit: readonly string[];
  readonly inline: readonly { readonly page: string; readonly count: number; readonly bytes: number }[];
}

const SETTLE_WITHIN_MS = 15_000;
/** A page that never lets go of its thread cannot be asked anything. */
const PAGE_ENDS_WITHIN_MS = 90_000;
const KEPT_LINES = 8;

/** Never rejects; a text says why nothing is known. */
export async function readPages(source: PagesSource, options: BundleProbeOptions): Promise<ReadPages | string> {
  if (options.browser === null) return 'there is no browser to open them with';
  options.onProgress(source.pages.map(({ name }) => name).join(', '));
  const loaded = await loadPages(source, { ...options, browser: options.browser });
  if (typeof loaded === 'string') return loaded;
  const { pages, browser, requests } = loaded;
  const origins = new Set([new URL(options.web).origin, ...source.origins]);
  const isOwn = ({ url }: { readonly url: string }): boolean => origins.has(new URL(url).origin);
  const scripts = eachOnce(pages.flatMap((page) => page.scripts));
  const missed = eachOnce(pages.flatMap((page) => page.missed));
  return {
    browser,
    requests,
    own: scripts
      .filter(isOwn)
      .map(({ url, sizes, servedBytes }) => ({ path: new URL(url).pathname, sizes, servedBytes })),
    elsewhere: [
      ...scripts.filter((one) => !isOwn(one)).map(({ url, sizes }) => ({ url: place(url), raw: sizes.raw })),
      ...missed.filter((one) => !isOwn(one)).map(({ url }) => ({ url: place(url), raw: null })),
    ],
    missed: missed.filter(isOwn).map(({ url, why }) => `${place(url)}: ${quoted(why)}`),
    unfit: pages.flatMap(({ url, unfit }) => (unfit === null ? [] : [`${url}: ${quoted(unfit)}`])),
    inline: pages.map(({ url, inline }) => ({ page: url, ...inline })),
  };
}

async function loadPages(
  { pages }: PagesSource,
  {
    web,
    browser,
    shell,
    signal,
    settleWithinMs = SETTLE_WITHIN_MS,
  }: BundleProbeOptions & { readonly browser: NonNullable<BundleProbeOptions['browser']> },
): Promise<LoadedPages | string> {
  const task: LoadTask = {
    pages: pages.map(({ path, expectText }) => ({ url: web + path, expectText })),
    browser: { path: browser.path, args: [...browserFlags(), ...browser.args] },
    settleWithinMs,
  };
  const words: string[] = [];
  let answer: LoadedPages | null = null;
  const script = join(import.meta.dirname, `load-pages${extname(import.meta.filename)}`);
  const running = shell.start([process.execPath, script, JSON.stringify(task)], {
    onLine: (line, stream) => {
      if (stream === 'stdout' && line.startsWith('{')) answer = JSON.parse(line) as LoadedPages;
      else if (line.trim() !== '') words.push(line.trim());
    },
  });
  const stop = (): void => void running.stop('SIGINT');
  const limitMs = pages.length * PAGE_ENDS_WITHIN_MS;
  const timer = setTimeout(() => {
    words.push(`it did not come to an end within ${limitMs / 1000} s`);
    stop();
  }, limitMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = await running.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return answer ?? quoted(ended.error ?? (words.slice(-KEPT_LINES).join(' | ') || 'it ended without a word'));
}

function eachOnce<T extends { readonly url: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.url, one])).values()];
}

/** Without its query, which is of no interest and may hold a secret. */
function place(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
