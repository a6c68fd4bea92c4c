import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../../setup/browser.mjs';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from './fixtures.ts';
import { renderHtml } from './render-html.ts';

const fixtures = {
  go: goReport,
  'no-go': noGoReport,
  inconclusive: inconclusiveReport,
  hostile: hostileReport,
} as const;
const names = ['go', 'no-go', 'inconclusive', 'hostile'] as const;
const schemes = ['light', 'dark'] as const;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rampgate-report-'));
  for (const name of names) {
    writeFileSync(join(folder, `${name}.html`), renderHtml(fixtures[name].report, fixtures[name].evidence));
  }
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
  it.each(names)(
    'asks nothing of the network, says nothing on the console and runs nothing foreign: %s',
    async (name) => {
      await withPage({}, async (page) => {
        const unwanted: string[] = [];
        page.on('console', (message) => unwanted.push(message.text()));
        page.on('pageerror', (error) => unwanted.push(error.message));
        page.on('dialog', (dialog) => unwanted.push(dialog.message()));
        page.on('request', (request) => {
          if (request.url() !== address(name)) unwanted.push(request.url());
        });
        await page.goto(address(name));
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await page.locator('details:not([open])').count()).toBe(0);
        expect(unwanted).toEqual([]);
      });
    },
  );

  it('opens the finding a link leads to, without JavaScript', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(address('no-go', '#diff.latency-p95'));
      await page.getByText('Latency by percentile.').waitFor({ state: 'visible' });
      await page.locator('table.worst').getByRole('link', { name: 'Switching the scope' }).click();
      await page.locator('[id="scope-switch.visible"]').waitFor({ state: 'visible' });
      expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    });
  });

  it('copies a rollback command', async () => {
    await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.goto(address('no-go'));
      await page.getByRole('button', { name: 'Copy' }).first().click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(noGoReport.report.rollback.steps[0]?.command);
    });
  });

  it.each(names)('never scrolls sideways on a phone, with everything open: %s', async (name) => {
    await withPage({ viewport: { width: 375, height: 800 } }, async (page) => {
      await page.goto(address(name));
      await openAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    });
  });

  it.each(schemes)('keeps all text readable in the %s scheme (WCAG AA)', async (colorScheme) => {
    for (const name of names) {
      await withPage({ colorScheme }, async (page) => {
        await page.goto(address(name));
        await openAll(page);
        expect(await page.evaluate(lowContrastTexts)).toEqual([]);
      });
    }
  });
});

async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
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
