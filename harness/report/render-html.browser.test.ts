/** The gate report as a reader uses it: one page load each, with all that can be seen in it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedNights } from '../../checks/simulated-nights.ts';
import { browserFlags, findBrowser } from '../../setup/browser.mjs';
import { worseComparison } from '../features/compare/page/comparison.fixture.ts';
import { comparisonDocument } from '../features/compare/page/comparison-document.ts';
import { assembleHistory } from '../features/history/assemble-history.ts';
import { renderHistoryHtml } from '../features/history/page/render-history-html.ts';
import { startWatch } from '../features/watch/engine/advance.ts';
import { evaluateWatch } from '../features/watch/engine/evaluate-watch.ts';
import { feed, healthy, minute, planOf, watchOf } from '../features/watch/engine/simulated.fixture.ts';
import { renderWatchPage } from '../features/watch/page/watch-document.ts';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from './fixtures/gate-reports.fixture.ts';
import { renderHtmlDocument } from './formats/html.ts';
import { renderHtml } from './render-html.ts';

const fixtures = {
  go: goReport,
  'no-go': noGoReport,
  inconclusive: inconclusiveReport,
  hostile: hostileReport,
} as const;
const names = ['go', 'no-go', 'inconclusive', 'hostile'] as const;

/** Put into the page before its own scripts, which its content security policy would not let in later. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rampgate-report-'));
  for (const name of names) {
    writeFileSync(join(folder, `${name}.html`), renderHtml(fixtures[name].report, fixtures[name]));
  }
  const history = assembleHistory({ rollout: 'a rollout', runs: simulatedNights(14), accepted: [] });
  writeFileSync(join(folder, 'history.html'), renderHistoryHtml(history));
  // With an alert that stands, so that it has a rollback plan as well.
  const watch = evaluateWatch(
    feed(
      startWatch(planOf()),
      watchOf(() => ({ ...healthy, errorShare: 0.3 }), 5, 10 * minute),
    ).state,
    null,
  );
  writeFileSync(join(folder, 'watch.html'), renderWatchPage(watch));
  writeFileSync(join(folder, 'comparison.html'), renderHtmlDocument(comparisonDocument(worseComparison)));
  const trace = join(folder, 'evidence', 'load-trace.zip');
  mkdirSync(dirname(trace));
  writeFileSync(trace, 'a trace');
  const found = findBrowser();
  browser = await chromium.launch({ args: browserFlags(), ...(found === null ? {} : { executablePath: found.path }) });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (name: string, hash = '') => `${pathToFileURL(join(folder, `${name}.html`)).href}${hash}`;

async function withPage<T>(options: Parameters<Browser['newContext']>[0], act: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

describe('the report in a browser', () => {
  it.each(names)('keeps to itself, and can be read in light, dark and on a phone: %s', async (name) => {
    await withPage({}, async (page) => {
      const unwanted: string[] = [];
      page.on('console', (message) => unwanted.push(message.text()));
      page.on('pageerror', (error) => unwanted.push(error.message));
      page.on('dialog', (dialog) => unwanted.push(dialog.message()));
      page.on('request', (request) => {
        if (request.url() !== address(name)) unwanted.push(request.url());
      });
      await page.addInitScript({ content: axeSource });
      await page.goto(address(name));
      await openAll(page);
      // Between them these two have every kind of element; looking takes seconds.
      if (name === 'no-go' || name === 'hostile') expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(lowContrastTexts)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await page.evaluate(lowContrastTexts)).toEqual([]);
      await page.setViewportSize({ width: 375, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
      expect(unwanted).toEqual([]);
      if (name === 'hostile') expect(await page.evaluate(whatThePolicyLetsIn)).toEqual([]);
    });
  });

  it('answers a reader: what failed, where it is recorded, how to go back', async () => {
    await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.goto(address('no-go'));
      const shown = page.locator('.findings > details:visible');
      const outcomes = page.getByRole('group', { name: 'Outcome' });
      const layers = page.getByRole('group', { name: 'Layer' });
      await outcomes.getByLabel('fail').check();
      expect(await shown.count()).toBe(4);
      await layers.getByLabel('backend').check();
      expect(await shown.count()).toBe(1);
      // A link leads to its finding whatever is chosen.
      await page.locator('table.worst').getByRole('link', { name: 'Opening a file of a large diff' }).click();
      await page.locator('[id="large-diff.file-visible"]').getByText('Why this limit').waitFor({ state: 'visible' });
      await layers.getByLabel('backend').press('ArrowLeft');
      await layers.getByLabel('frontend').press('ArrowLeft');
      await outcomes.getByLabel('fail').press('ArrowLeft');
      expect(await shown.count()).toBe(15);

      await page.goto(address('no-go', '#diff.latency-p95'));
      const finding = page.locator('[id="diff.latency-p95"]');
      await finding.getByText('Latency by percentile.').waitFor({ state: 'visible' });
      const trace = await finding.getByRole('link', { name: 'trace of load' }).getAttribute('href');
      expect(readFileSync(new URL(trace ?? '', address('no-go')), 'utf8')).toBe('a trace');

      await page.getByRole('button', { name: 'Copy' }).first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(noGoReport.report.rollback.steps[0]?.command);
    });
  });

  it('needs no script: filters, links and details work, and nothing offers what would need one', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('no-go', '#diff.latency-p95'));
      await page.getByText('Latency by percentile. The dot').first().waitFor({ state: 'visible' });
      await page.getByLabel('inconclusive').check();
      // The one that is chosen, and the one that the address leads to.
      expect(await page.locator('.findings > details:visible').count()).toBe(2);
      expect(await page.getByRole('button').count()).toBe(0);
    });
  });

  it('prints everything, whatever is closed or hidden by a filter', async () => {
    await withPage({}, async (page) => {
      await page.goto(address('no-go'));
      await page.getByLabel('fail').check();
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.findings > details:visible').count()).toBe(15);
      for (const finding of await page.locator('.finding').all()) expect(await finding.isVisible()).toBe(true);
      expect(await page.locator('.filters').isVisible()).toBe(false);
      const pdf = await page.pdf({ format: 'A4' });
      const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(5);
    });
  });
});

describe('the other pages in a browser', () => {
  it('load a watch that goes on again and again, until somebody stops that', async () => {
    await withPage({}, async (page) => {
      await page.clock.install();
      await page.goto(address('watch'));
      const again = page.waitForEvent('domcontentloaded');
      await page.clock.runFor(15_000);
      await again;
      await page.getByRole('button', { name: 'Stop following' }).click();
      let reloads = 0;
      page.on('domcontentloaded', () => {
        reloads += 1;
      });
      await page.clock.runFor(60_000);
      await page.getByText('this page stays as it is').waitFor();
      await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
      expect(reloads).toBe(0);
    });
  });

  it.each(['history', 'watch', 'comparison'])('keep out nobody, light or dark, and fit a phone: %s', async (name) => {
    await withPage({}, async (page) => {
      await page.addInitScript({ content: axeSource });
      await page.goto(address(name));
      await openAll(page);
      expect(await barriers(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 375, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(lowContrastTexts)).toEqual([]);
    });
  });
});

/** What axe holds to be serious or worse, of WCAG 2.2 AA and its best practices. */
async function barriers(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join('; ')})`,
    );
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/**
 * Runs in the page: what would run or load if text had become markup after all; the content security policy is the second
 * lock. Comes back when all of it was refused, with what happened in spite of that.
 */
async function whatThePolicyLetsIn(): Promise<readonly string[]> {
  const letIn: string[] = [];
  Object.assign(globalThis, { ran: (what: string) => letIn.push(what) });
  const awaited = new Set(['script-src-elem', 'script-src-attr', 'style-src-elem', 'img-src', 'connect-src']);
  const allRefused = new Promise<void>((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      awaited.delete(effectiveDirective);
      if (awaited.size === 0) resolve();
    });
  });
  const script = document.createElement('script');
  script.textContent = "ran('a script')";
  const style = document.createElement('style');
  style.textContent = 'body { --ran: yes }';
  const trap = document.createElement('div');
  trap.innerHTML = '<b onclick="ran(1)">x</b><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="ran(2)">';
  document.body.append(script, style, trap);
  trap.querySelector('b')?.click();
  await fetch('data:text/plain,x').then(
    () => letIn.push('a request'),
    () => undefined,
  );
  await allRefused;
  if (getComputedStyle(document.body).getPropertyValue('--ran') !== '') letIn.push('a style');
  return letIn;
}

/** Runs in the page: texts whose contrast with what is behind them is under 4.5 (WCAG 2.2, success criterion 1.4.3). */
function lowContrastTexts(): readonly string[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return (channels(colour)[3] ?? 1) === 1 ? colour : behind(element.parentElement);
  };
  const contrast = (element: Element) => {
    const style = getComputedStyle(element);
    const text = luminance(element instanceof SVGElement ? style.fill : style.color);
    const ground = luminance(behind(element));
    return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
  };
  const texts = [...document.querySelectorAll('main *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''),
  );
  return texts
    .filter((element) => element.checkVisibility() && contrast(element) < 4.5)
    .map((element) => `${contrast(element).toFixed(2)} ${element.textContent?.slice(0, 60)}`);
}
