import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../setup/browser.mjs';
import { type Demo, startDemo } from './demo.ts';
import type { FaultName } from './faults.ts';

let browser: Browser;
let context: BrowserContext;
let demo: Demo;
/** The one without faults, for every test that plants none. */
let healthy: Demo | null = null;
const complaints: string[] = [];
const requests: string[] = [];
/** What the page told Sentry. */
const sent: string[] = [];
const unanswered = new Set<Request>();
let lastTrafficAt = 0;

beforeAll(async () => {
  const found = findBrowser();
  browser = await chromium.launch({ ...(found ? { executablePath: found.path } : {}), args: browserFlags() });
});
afterAll(async () => {
  await browser.close();
  await healthy?.stop();
});
afterEach(async () => {
  await context.close();
  if (demo !== healthy) await demo.stop();
});

function start(faults: readonly (readonly [FaultName, number])[]): Promise<Demo> {
  const withSentry = faults.some(([name]) => name === 'reported-in-silence');
  const release = 'test@1';
  const options = { webPort: 0, apiPort: 0, sentryDsn: null, withSentry, release, isCacheEnabled: true };
  return startDemo({ ...options, faults: new Map(faults) });
}

async function open(path: string, ...faults: (readonly [FaultName, number])[]): Promise<Page> {
  complaints.length = 0;
  requests.length = 0;
  sent.length = 0;
  if (faults.length > 0) demo = await start(faults);
  else demo = healthy ??= await start([]);
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  unanswered.clear();
  page.on('request', (request) => {
    if (request.url().includes('/envelope/')) sent.push(request.postData() ?? '');
    if (!request.url().startsWith(demo.target.api)) return;
    requests.push(request.url().slice(demo.target.api.length));
    unanswered.add(request);
    lastTrafficAt = Date.now();
  });
  for (const event of ['requestfinished', 'requestfailed'] as const) {
    page.on(event as 'requestfinished', (request) => {
      if (unanswered.delete(request)) lastTrafficAt = Date.now();
    });
  }
  await page.goto(demo.target.web + path);
  return page;
}

const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });
/** Nothing asked, and nothing left to answer, for longer than any timer of the page but the header's, which is waited for. */
const quiet = async (page: Page): Promise<void> => {
  await eventually(() => page.locator('.page-counts').innerText()).not.toContain('–');
  await eventually(() => unanswered.size === 0 && Date.now() - lastTrafficAt > 500).toBe(true);
};
const syncTab = (name: string) => `/manage?artifact=skill%3A${name}&tab=sync`;
const totals = (page: Page) => page.getByRole('status', { name: 'Scope totals' });
const rows = (page: Page) => page.getByRole('navigation', { name: 'Files' }).getByRole('button', { name: /ed$/ });
const shownLines = (page: Page) => page.locator('ins, del');

async function totalsOf(scope: 'diff' | 'upstream-diff' | 'source-project-diff', id: string): Promise<string> {
  const artifact = await (await fetch(`${demo.target.api}/artifacts/${id}`)).json();
  const project = encodeURIComponent(artifact.deployments[0].project_path);
  const answer = await fetch(`${demo.target.api}/artifacts/${id}/${scope}?project_path=${project}&mode=summary`);
  const { files } = await answer.json();
  const sum = (key: string) =>
    files.reduce((total: number, file: Record<string, number>) => total + (file[key] ?? 0), 0);
  return `${sum('additions')} additions, ${sum('deletions')} deletions`;
}

/** The first task of the page that takes as long. */
function longestTask(page: Page, atLeastMs: number): Promise<number> {
  return page.evaluate(
    (leastMs) =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const longestMs = Math.max(...list.getEntries().map(({ duration }) => duration));
          if (longestMs >= leastMs) resolve(longestMs);
        }).observe({ type: 'longtask' });
      }),
    atLeastMs,
  );
}

/** What is asked for between closing the dialog and the last answer after it is open again. */
async function askedOnReopening(page: Page): Promise<readonly string[]> {
  await shownLines(page).first().waitFor();
  await eventually(() => requests.join('\n')).toContain('source-project-diff');
  await quiet(page);
  requests.length = 0;
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Sync team-playbook' }).click();
  await shownLines(page).first().waitFor();
  await quiet(page);
  return requests;
}

const scopes = [
  ['Src vs Coll', 'upstream-diff'],
  ['Src vs Proj', 'source-project-diff'],
  ['Coll vs Proj', 'diff'],
] as const;

describe('the page in health', () => {
  it('leads from a card over its dialog to the diffs of three scopes, without a word in the console', async () => {
    const page = await open('/manage');
    await page.getByRole('button', { name: 'Manage team-playbook, skill artifact. Status: modified' }).click();
    const dialog = page.getByRole('dialog', { name: 'team-playbook' });
    await dialog.getByRole('tab', { name: 'Sync Status', exact: true }).click();
    await dialog.getByRole('heading', { level: 3, name: 'Diff Viewer' }).waitFor();
    for (const [name, route] of scopes) {
      await dialog.getByRole('button', { name }).click();
      await eventually(() => totals(page).textContent()).toBe(await totalsOf(route, 'skill:team-playbook'));
      await shownLines(page).first().waitFor();
    }
    await dialog.getByRole('combobox', { name: 'Compare:' }).selectOption('Source vs. Collection');
    await eventually(() => totals(page).textContent()).toBe(await totalsOf('upstream-diff', 'skill:team-playbook'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('asks for the summary first, for one file at a time, and looks ahead to one scope', async () => {
    const page = await open(syncTab('team-playbook'));
    await shownLines(page).first().waitFor();
    await eventually(() => requests.join('\n')).toContain('source-project-diff');
    const diffs = requests.filter((path) => path.includes('diff?'));
    expect(diffs.map((path) => /mode=\w+(&file_paths=\S+)?/.exec(path)?.[0])).toEqual([
      'mode=summary',
      'mode=full&file_paths=SKILL.md',
      'mode=summary',
    ]);
  });

  it('shows 50 of many files until all are asked for, and a very large diff only on request', async () => {
    const page = await open(syncTab('mega-migration'));
    await page.getByText('Showing 50 of 84 files').waitFor();
    expect(await rows(page).count()).toBe(50);
    await page.getByRole('button', { name: 'appendix/full-history.md Modified' }).click();
    await page.getByText('This file diff is large (138 KB)').waitFor();
    expect(await shownLines(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Load diff' }).click();
    await eventually(() => page.locator('ins').count()).toBeGreaterThan(1000);
    await page.getByRole('button', { name: 'Load all 84 files' }).click();
    expect(await rows(page).count()).toBe(84);
  });

  it('asks for nothing when it is closed and reopened, by address, card or button', async () => {
    expect(await askedOnReopening(await open(syncTab('team-playbook')))).toEqual([]);
  });

  it('compares with another project when one is chosen', async () => {
    const page = await open(syncTab('team-playbook'));
    const before = await totals(page).textContent();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('button', { name: /^ops-console/ }).click();
    await eventually(() => totals(page).textContent()).not.toBe(before);
  });

  it('says so when there is nothing to compare with, or nothing to show', async () => {
    const page = await open('/manage?artifact=review-buddy&tab=sync');
    await page.getByText('No changes to display').waitFor();
    await page.goto(`${demo.target.web}/manage?artifact=changelog-writer&tab=sync`);
    await shownLines(page).first().waitFor();
    expect(await page.getByRole('button', { name: 'Src vs Coll' }).isDisabled()).toBe(true);
  });

  it('takes the collection into the project on request and shows that nothing is left to do', async () => {
    const page = await open(syncTab('pocket-notes'));
    await page.getByText('Drift Detected').waitFor();
    await page.getByRole('button', { name: 'Pull Collection Updates' }).click();
    await page.getByText('All Synced').waitFor();
    await page.getByText('No changes to display').waitFor();
  });

  it('leaves measures of its own', async () => {
    const page = await open(syncTab('team-playbook'));
    await shownLines(page).first().waitFor();
    const names = () => page.evaluate(() => performance.getEntriesByType('measure').map(({ name }) => name));
    await eventually(names).toEqual(
      expect.arrayContaining(
        ['sync-tab.activate', 'sync-tab.first-data', 'diff-viewer.summary-ready', 'project-selector.ready'].map(
          (name) => `skillmeat.sync.${name}`,
        ),
      ),
    );
  });
});

describe('a fault of the page', () => {
  it('slow-first-paint leaves the page empty at first', async () => {
    const page = await open(syncTab('team-playbook'), ['slow-first-paint', 2000]);
    expect(await page.locator('body').innerText()).toBe('');
    await shownLines(page).first().waitFor();
    const firstPaint = () =>
      page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    await eventually(firstPaint).toBeGreaterThan(2000);
  });

  it('blocking-script paints nothing before it is there', async () => {
    const page = await open(syncTab('team-playbook'), ['blocking-script', 1000]);
    await shownLines(page).first().waitFor();
    const firstPaint = () =>
      page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    await eventually(firstPaint).toBeGreaterThan(1000);
  });

  it('slow-first-diff holds back the first diff', async () => {
    const page = await open(syncTab('team-playbook'), ['slow-first-diff', 4000]);
    await totals(page).waitFor();
    expect(await shownLines(page).count()).toBe(0);
    await shownLines(page).first().waitFor();
  });

  it('slow-file-open holds back the diff of a chosen file', async () => {
    const page = await open(syncTab('team-playbook'), ['slow-file-open', 4000]);
    await shownLines(page).first().waitFor();
    await page.getByRole('button', { name: 'plays/review.md Modified' }).click();
    await page.getByRole('region', { name: 'Diff of plays/review.md' }).waitFor();
    expect(await shownLines(page).count()).toBe(0);
    await shownLines(page).first().waitFor();
  });

  it('slow-scope-switch holds back the chosen scope', async () => {
    const page = await open(syncTab('team-playbook'), ['slow-scope-switch', 4000]);
    const before = await totals(page).textContent();
    await page.getByRole('button', { name: 'Src vs Proj' }).click();
    expect(await totals(page).textContent()).toBe(before);
    await eventually(() => totals(page).textContent()).toBe(
      await totalsOf('source-project-diff', 'skill:team-playbook'),
    );
  });

  it('eager-parse keeps the page busy before the list is there', async () => {
    const page = await open('/manage', ['eager-parse', 200]);
    const longest = longestTask(page, 200);
    await page.getByRole('button', { name: 'Sync mega-migration' }).click();
    expect(await longest).toBeGreaterThanOrEqual(200);
  });

  it('long-task holds the page up for its size before the list is there', async () => {
    const page = await open('/manage', ['long-task', 300]);
    const longest = longestTask(page, 300);
    await page.getByRole('button', { name: 'Sync team-playbook' }).click();
    expect(await longest).toBeGreaterThanOrEqual(300);
  });

  it('eager-diffs asks for everything once and for no file, and shows the same', async () => {
    const page = await open(syncTab('team-playbook'), ['eager-diffs', 1]);
    await shownLines(page).first().waitFor();
    const lines = await shownLines(page).allTextContents();
    await page.getByRole('button', { name: 'plays/review.md Modified' }).click();
    await eventually(() => shownLines(page).allTextContents()).not.toEqual(lines);
    expect(requests.filter((path) => path.includes('file_paths'))).toEqual([]);
    expect(requests.filter((path) => path.includes('/diff?'))).toHaveLength(2);
  });

  it('no-pagination and no-load-button take the guards away', async () => {
    const page = await open(syncTab('mega-migration'), ['no-pagination', 1], ['no-load-button', 1]);
    await totals(page).waitFor();
    expect(await rows(page).count()).toBe(84);
    await page.getByRole('button', { name: 'appendix/full-history.md Modified' }).click();
    await eventually(() => page.locator('ins').count()).toBeGreaterThan(1000);
  });

  it('refetch-on-reopen asks again', async () => {
    const asked = await askedOnReopening(await open(syncTab('team-playbook'), ['refetch-on-reopen', 1]));
    expect(asked.filter((path) => path.includes('diff?')).length).toBeGreaterThan(1);
  });

  it('on reopening, refetch-one-scope asks again, preflight-storm the browser, background-prefetch for new files', async () => {
    const names = ['refetch-one-scope', 'preflight-storm', 'background-prefetch'] as const;
    const page = await open(syncTab('team-playbook'), ...names.map((name) => [name, 1] as const));
    const isKept = new Map<string, boolean>();
    const browserSide = await context.newCDPSession(page);
    await browserSide.send('Network.enable');
    browserSide.on('Network.responseReceived', ({ response }) =>
      isKept.set(response.url.slice(demo.target.api.length), response.fromDiskCache === true),
    );
    const asked = await askedOnReopening(page);
    const diffs = asked.filter((path) => path.includes('diff?'));
    expect(diffs).toEqual([expect.stringContaining('/source-project-diff?')]);
    expect(asked.filter((path) => path.endsWith('/files'))).toHaveLength(1);
    expect(asked.filter((path) => path.includes('limit=50')).map((path) => isKept.get(path))).toEqual([
      true,
      true,
      true,
    ]);
    expect(complaints).toEqual([]);
  });

  it('unhandled-rejection is thrown at the browser, reported-in-silence at Sentry alone', async () => {
    const page = await open(syncTab('team-playbook'), ['unhandled-rejection', 1], ['reported-in-silence', 1]);
    await shownLines(page).first().waitFor();
    await eventually(() => sent.join('\n')).toContain('caught, reported, and not logged');
    expect(complaints).toEqual([expect.stringContaining('nobody waits for this')]);
  });

  it('console-error complains at start, and console-error-on-scope-switch throws on a switch', async () => {
    const page = await open(syncTab('team-playbook'), ['console-error', 1], ['console-error-on-scope-switch', 1]);
    await shownLines(page).first().waitFor();
    expect(complaints).toEqual([expect.stringContaining('while the page started')]);
    await page.getByRole('button', { name: 'Src vs Coll' }).click();
    await eventually(() => complaints.join('\n')).toContain('the scope could not be switched');
  });

  it('wrong-stats shows the stats of another scope', async () => {
    const page = await open(syncTab('team-playbook'), ['wrong-stats', 1]);
    await page.getByRole('button', { name: 'Src vs Proj' }).click();
    await eventually(() => totals(page).textContent()).toBe(await totalsOf('diff', 'skill:team-playbook'));
  });

  it('stats-off-by-one counts one addition too many', async () => {
    const page = await open(syncTab('team-playbook'), ['stats-off-by-one', 1]);
    const [, additions, deletions] =
      /^(\d+) additions, (.*)$/.exec(await totalsOf('diff', 'skill:team-playbook')) ?? [];
    await eventually(() => totals(page).textContent()).toBe(`${Number(additions) + 1} additions, ${deletions}`);
  });

  it('stale-lines keeps the lines of the former scope', async () => {
    const page = await open(syncTab('team-playbook'), ['stale-lines', 1]);
    await shownLines(page).first().waitFor();
    const before = await shownLines(page).allTextContents();
    await page.getByRole('button', { name: 'Src vs Coll' }).click();
    await eventually(() => totals(page).textContent()).toBe(await totalsOf('upstream-diff', 'skill:team-playbook'));
    await shownLines(page).first().waitFor();
    expect(await shownLines(page).allTextContents()).toEqual(before);
  });

  it('page-full-mode asks for everything first and shows the same', async () => {
    const page = await open(syncTab('team-playbook'), ['page-full-mode', 1]);
    await eventually(() => totals(page).textContent()).toBe(await totalsOf('diff', 'skill:team-playbook'));
    expect(requests.find((path) => path.includes('/diff?'))).not.toContain('mode=summary');
  });
});
