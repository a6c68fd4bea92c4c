/**
 * What Playwright's `expect` catches when its time-out is the limit: the smallest delay, planted in the demo's page, with which
 * it fails every time. `npm run bench:expect-timeout -- --tries 5`. Asserts nothing.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { expect } from 'playwright/test';
import { browserFlags, findBrowser } from '../setup/browser.mjs';
import { print, table } from './print-results.ts';

/** One criterion as an end-to-end test would assert it. */
interface Assertion {
  readonly criterion: string;
  readonly limitMs: number;
  readonly fault: string;
  readonly until: (page: Page) => Promise<void>;
  readonly actAndExpect: (page: Page, timeoutMs: number) => Promise<void>;
}

const tab = (name: string): string => `/manage?artifact=skill%3A${name}&tab=sync`;
const changed = (page: Page) => page.locator('ins').first();
const rows = (page: Page) => page.getByRole('navigation', { name: 'Files' }).getByRole('button');
const visible = (timeout: number) => ({ timeout });

const assertions: readonly Assertion[] = [
  {
    criterion: 'cold-start.diff-visible',
    limitMs: 500,
    fault: 'slow-first-diff',
    until: async () => undefined,
    actAndExpect: async (page, timeoutMs) => {
      await page.goto(tab('team-playbook'));
      await expect(changed(page)).toBeVisible(visible(timeoutMs));
    },
  },
  {
    criterion: 'scope-switch.visible',
    limitMs: 300,
    fault: 'slow-scope-switch',
    until: async (page) => {
      await page.goto(tab('team-playbook'));
      for (const scope of ['Src vs Proj', 'Coll vs Proj']) {
        await changed(page).waitFor();
        await page.getByRole('button', { name: scope }).click();
      }
      await page.getByRole('columnheader', { name: 'Collection' }).waitFor();
    },
    actAndExpect: async (page, timeoutMs) => {
      await page.getByRole('button', { name: 'Src vs Proj' }).click();
      await expect(page.getByRole('columnheader', { name: 'Source' })).toBeVisible(visible(timeoutMs));
    },
  },
  {
    criterion: 'large-diff.list-visible',
    limitMs: 100,
    fault: 'long-task',
    until: async (page) => {
      await page.goto('/manage?artifact=skill%3Amega-migration');
      await page.getByRole('tab', { name: 'Sync Status', exact: true }).waitFor();
    },
    actAndExpect: async (page, timeoutMs) => {
      await page.getByRole('tab', { name: 'Sync Status', exact: true }).click();
      await expect(rows(page).nth(49)).toBeVisible(visible(timeoutMs));
    },
  },
  {
    criterion: 'large-diff.file-visible',
    limitMs: 200,
    fault: 'slow-file-open',
    until: async (page) => {
      await page.goto(tab('mega-migration'));
      await changed(page).waitFor();
    },
    actAndExpect: async (page, timeoutMs) => {
      await page.getByRole('button', { name: /^guides\/audit\.md / }).click();
      const pane = page.getByRole('region', { name: 'Diff of guides/audit.md' });
      await expect(pane.locator('ins').first()).toBeVisible(visible(timeoutMs));
    },
  },
];

const { values } = parseArgs({ options: { tries: { type: 'string', default: '5' }, json: { type: 'boolean' } } });
const tries = Number(values.tries);
const demo = spawn(
  process.execPath,
  [join(import.meta.dirname, '../demo/main.ts'), '--port', '0', '--api-port', '0', '--exit-with-parent'],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const executablePath = findBrowser({ playwrightPath: chromium.executablePath() })?.path;
const browser = await chromium.launch({
  args: browserFlags(),
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  const web = await announced();
  const results: (Found & Pick<Assertion, 'criterion' | 'limitMs'>)[] = [];
  for (const [index, assertion] of assertions.entries()) {
    if (index === 0) await fails(browser, web, { assertion, sizeMs: 0 }); // the browser's own first page
    const { criterion, limitMs } = assertion;
    results.push({ criterion, limitMs, ...(await smallest(browser, web, assertion)) });
  }
  print(
    'The smallest delay with which an `expect` with the limit as its time-out fails every time',
    table(
      ['criterion', 'limit', 'caught from', `failed without a delay, of ${tries}`],
      results.map(({ criterion, limitMs, caughtMs, healthyFailures }) => [
        criterion,
        `${limitMs} ms`,
        caughtMs === null ? '–' : `+${caughtMs} ms`,
        String(healthyFailures),
      ]),
    ),
    results,
  );
} finally {
  await browser.close();
  demo.kill('SIGTERM');
}

async function announced(): Promise<string> {
  let text = '';
  for await (const chunk of demo.stdout) {
    text += String(chunk);
    const found = /^RAMPGATE_TARGET (.*)$/m.exec(text)?.[1];
    if (found !== undefined) return (JSON.parse(found) as { readonly web: string }).web;
  }
  throw new Error(`the demo ended before it was ready: ${text}`);
}

interface Found {
  readonly caughtMs: number | null;
  readonly healthyFailures: number;
}

/** By halving, to a fortieth of the range; null where not even twice the limit is caught. */
async function smallest(on: Browser, web: string, assertion: Assertion): Promise<Found> {
  const failures = async (sizeMs: number): Promise<number> => {
    let failed = 0;
    for (let index = 0; index < tries; index += 1) if (await fails(on, web, { assertion, sizeMs })) failed += 1;
    return failed;
  };
  const healthyFailures = await failures(0);
  let [low, high] = [0, 2 * assertion.limitMs];
  if (healthyFailures === tries) return { caughtMs: 0, healthyFailures };
  if ((await failures(high)) < tries) return { caughtMs: null, healthyFailures };
  while (high - low > assertion.limitMs / 20) {
    const middle = Math.round((low + high) / 2);
    if ((await failures(middle)) === tries) high = middle;
    else low = middle;
  }
  return { caughtMs: high, healthyFailures };
}

/** Opens a new page each time, with the fault planted in the configuration that the page reads. */
async function fails(
  on: Browser,
  web: string,
  { assertion, sizeMs }: { readonly assertion: Assertion; readonly sizeMs: number },
) {
  const context = await on.newContext({ baseURL: web });
  try {
    const page = await context.newPage();
    await page.route('**/config.json', async (route) => {
      const config = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...config, faults: sizeMs === 0 ? {} : { [assertion.fault]: sizeMs } } });
    });
    await assertion.until(page);
    return await assertion.actAndExpect(page, assertion.limitMs).then(
      () => false,
      () => true,
    );
  } finally {
    await context.close();
  }
}
