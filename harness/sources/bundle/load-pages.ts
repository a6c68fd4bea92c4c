/**
 * A process of its own that opens pages in a browser and tells how large the scripts are that they load. It says so in one
 * JSON document, on the last line of standard output.
 */
import { type Browser, chromium, type Page } from 'playwright';
import { type LoadedScript, listenForScripts } from './listen-for-scripts.ts';

/** What it is asked to do: its one argument, as JSON. */
export interface LoadTask {
  readonly pages: readonly { readonly url: string; readonly expectText: string }[];
  readonly browser: { readonly path: string; readonly args: readonly string[] };
  /** A page shows what it should, and loads nothing more, within this time after it was loaded. */
  readonly settleWithinMs: number;
}

export interface LoadedPages {
  readonly browser: string;
  readonly pages: readonly LoadedPage[];
  /** That the pages began, wherever to. */
  readonly requests: number;
}

export interface LoadedPage {
  readonly url: string;
  /** Why it is not the page that was meant; null when it is. */
  readonly unfit: string | null;
  readonly scripts: readonly LoadedScript[];
  /** Scripts whose content is not known, or of which more may have come. */
  readonly missed: readonly { readonly url: string; readonly why: string }[];
  /** Scripts written into the document, which are not counted: they may hold data. */
  readonly inline: { readonly count: number; readonly bytes: number };
}

/** Nothing more is to come when no script came or was asked for during so long. */
const QUIET_MS = 500;
/** As long as Lighthouse gives it. */
const LOADED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;
const KEPT_CHARACTERS = 80;

async function loadPages({
  pages,
  browser: { path: executablePath, args },
  settleWithinMs,
}: LoadTask): Promise<LoadedPages> {
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const loaded: LoadedPage[] = [];
    let requests = 0;
    browser.on('context', (context) => context.on('request', () => (requests += 1)));
    for (const page of pages) loaded.push(await loadPage(page, { browser, settleWithinMs }));
    return { browser: browser.version(), pages: loaded, requests };
  } finally {
    await browser.close();
  }
}

async function loadPage(
  { url, expectText }: LoadTask['pages'][number],
  { browser, settleWithinMs }: { readonly browser: Browser; readonly settleWithinMs: number },
): Promise<LoadedPage> {
  // Cold: what a cache holds is not loaded.
  const context = await browser.newContext();
  const listening = listenForScripts(context);
  const page = await context.newPage();
  const failure = await page.goto(url, { waitUntil: 'load', timeout: LOADED_WITHIN_MS }).then(
    () => null,
    (error: Error) => error.message.split('\n')[0] ?? '',
  );
  const until = performance.now() + settleWithinMs;
  let unfit = failure ?? (await whyUnfit(page, expectText));
  let shared: readonly string[] = [];
  const awaited = (): readonly string[] => listening.underway().filter((script) => !shared.includes(script));
  while ((unfit !== null && failure === null) || listening.quietForMs() < QUIET_MS || awaited().length > 0) {
    if (performance.now() > until) break;
    if (awaited().length > 0) shared = await sharedWorkers(browser);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (unfit !== null && failure === null) unfit = await whyUnfit(page, expectText);
  }
  const isQuiet = listening.quietForMs() >= QUIET_MS;
  const stillAwaited = awaited();
  const { scripts, missed } = await listening.heard();
  const seconds = settleWithinMs / 1000;
  const unheard = [
    ...(isQuiet ? [] : [{ url, why: `scripts still came ${seconds} s after it was loaded` }]),
    ...stillAwaited.map((script) => ({ url: script, why: `it was not there ${seconds} s after the page was loaded` })),
    // What they load, nobody outside of them is told.
    ...(await sharedWorkers(browser)).map((script) => ({
      url: script,
      why: 'the scripts of a shared worker cannot be seen; measure the build folder instead',
    })),
  ];
  const inline = failure === null ? await inlineScripts(page) : { count: 0, bytes: 0 };
  await context.close();
  return { url, unfit, scripts, missed: [...missed, ...unheard], inline };
}

async function whyUnfit(page: Page, expectText: string): Promise<string | null> {
  // The page may be on its way to another one, and then has no text to read.
  const shown = await page.evaluate(() => document.body.innerText.replace(/\s+/g, ' ')).catch(() => '');
  if (shown.includes(expectText)) return null;
  const quoted = shown.length > KEPT_CHARACTERS ? `${shown.slice(0, KEPT_CHARACTERS - 1)}…` : shown;
  return `it does not show "${expectText}"; it shows "${quoted}"`;
}

/** The addresses of those that run. */
async function sharedWorkers(browser: Browser): Promise<readonly string[]> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  return targetInfos.filter(({ type }) => type === 'shared_worker').map(({ url }) => url);
}

function inlineScripts(page: Page): Promise<LoadedPage['inline']> {
  return page.evaluate(() => {
    const isScript = ({ src, type }: HTMLScriptElement): boolean => src === '' && /^$|module|javascript/i.test(type);
    const texts = [...document.scripts].filter(isScript).map(({ text }) => text);
    return { count: texts.length, bytes: new TextEncoder().encode(texts.join('')).length };
  });
}

process.stdout.write(`${JSON.stringify(await loadPages(JSON.parse(process.argv[2] ?? '') as LoadTask))}\n`);
