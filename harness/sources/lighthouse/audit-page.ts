/**
 * A process of its own that lets Lighthouse visit one page, as often as asked and one visit after another. It writes each
 * result down the moment it is there and says so on a line of standard output.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import lighthouse, { type Config, generateReport, type Result } from 'lighthouse';
import { type Browser, chromium } from 'playwright';
import { nearestRank } from '../../lib/percentile.ts';
import { redactorFor } from '../../lib/redact.ts';
import { shownTextAudit } from './read-run.ts';
import { shownText } from './shown-text.ts';

/** What it is asked to do: its one argument, as JSON. */
export interface AuditTask {
  readonly url: string;
  readonly runs: number;
  readonly browser: { readonly path: string; readonly args: readonly string[] };
  /** Where the results go: `<files>-1.json`, `<files>-2.json` … and `<files>.html`. */
  readonly files: string;
}

/** What it says, one JSON document a line. */
export type AuditNews =
  | { readonly kind: 'browser'; readonly version: string }
  | { readonly kind: 'run'; readonly run: number; readonly path: string }
  | { readonly kind: 'report'; readonly run: number; readonly path: string };

/**
 * Nothing is simulated and nothing slowed down: the default, `simulate`, computes the paint from the network without the
 * backend and reads the same whether it takes 40 or 1,040 ms. Its quiet windows of 5.25 s each cannot be shortened.
 */
const settings = {
  throttlingMethod: 'provided',
  formFactor: 'desktop',
  screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
  emulatedUserAgent: false,
  maxWaitForFcp: 10_000,
  maxWaitForLoad: 30_000,
  // Cold: between two visits nothing stays that the page could have kept. The browser's cache goes by itself.
  clearStorageTypes: ['all'],
  disableFullPageScreenshot: true,
  onlyAudits: [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'long-tasks',
    'network-requests',
    shownTextAudit,
  ],
} as const satisfies Config['settings'];

async function auditPage({ url, runs, browser: { path: executablePath, args }, files }: AuditTask): Promise<void> {
  // Playwright leaves tabs alone that it did not open, so that only Lighthouse is attached to the page.
  const port = await freePort();
  const browser = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
  try {
    say({ kind: 'browser', version: browser.version() });
    await warmUp(browser, url);
    const results: Result[] = [];
    const redactor = redactorFor(process.env);
    for (let run = 1; run <= runs; run += 1) {
      const done = await lighthouse(
        url,
        { port, logLevel: 'silent' },
        { extends: 'lighthouse:default', ...shownText, settings },
      );
      if (done === undefined) throw new Error('Lighthouse gave no result');
      const path = `${files}-${run}.json`;
      const result = redactor.deep(done.lhr);
      writeFileSync(path, JSON.stringify(result));
      results.push(result);
      say({ kind: 'run', run, path });
    }
    const median = middleRun(results);
    if (median === null) return;
    const path = `${files}.html`;
    writeFileSync(path, generateReport(median, 'html'));
    say({ kind: 'report', run: results.indexOf(median) + 1, path });
  } finally {
    await browser.close();
  }
}

/** The browser's own start is not the page's, nor is the first use of a server that was just started. */
async function warmUp(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('data:text/html,<h1>warm-up</h1>');
  // What fails here fails again, counted.
  await page.goto(url).catch(() => undefined);
  await context.close();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The run in the middle by first contentful paint, the faster one of two; null when none painted. */
function middleRun(results: readonly Result[]): Result | null {
  const paint = ({ audits }: Result): number => audits['first-contentful-paint']?.numericValue ?? Number.NaN;
  const painted = results.filter((result) => Number.isFinite(paint(result))).sort((a, b) => paint(a) - paint(b));
  return painted[nearestRank(painted.length, 50) - 1] ?? null;
}

function say(news: AuditNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

await auditPage(JSON.parse(process.argv[2] ?? '') as AuditTask);
