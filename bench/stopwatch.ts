/**
 * The stopwatch beside the usual ways to time a click, on a page that records the truth itself. Prints errors against that
 * truth and against the compositor's presentation time; asserts nothing.
 */
import { chromium, type Page } from 'playwright';
import { expect } from 'playwright/test';
import type { ScenarioPlan } from '../harness/browser-kit/kit.ts';
import { openVisit } from '../harness/browser-kit/visit.ts';
import { median, percentile } from '../harness/lib/percentile.ts';
import { browserFlags, findBrowser } from '../setup/browser.mjs';
import { print, signed, table } from './print-results.ts';
import { shuffled } from './random.ts';
import { serveTruthPage, type Truth } from './stopwatch-page.ts';

type Method =
  | 'Rampgate stopwatch'
  | 'Date.now, click, expect toBeVisible'
  | 'Date.now, click, waitFor'
  | 'Date.now, click, waitForFunction'
  | 'user timing of the page'
  | 'nothing'
  | 'nothing, Playwright trace on';

interface Trial {
  readonly method: Method;
  readonly delayMs: number;
  readonly source: 'timer' | 'fetch';
  readonly measuredMs: number | null;
  readonly truth: Truth;
}

const methods: readonly Method[] = [
  'Rampgate stopwatch',
  'user timing of the page',
  'Date.now, click, waitForFunction',
  'Date.now, click, expect toBeVisible',
  'Date.now, click, waitFor',
  'nothing',
  'nothing, Playwright trace on',
];
const REPETITIONS = 6;
const SETTLE_MS = 150;

const site = await serveTruthPage();
const executablePath = findBrowser({ playwrightPath: chromium.executablePath() })?.path;
const browser = await chromium.launch({
  args: browserFlags(),
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  const planned = [50, 150, 285, 480].flatMap((delayMs) =>
    (['timer', 'fetch'] as const).flatMap((source) =>
      methods.flatMap((method) => Array.from({ length: REPETITIONS }, () => ({ method, delayMs, source }))),
    ),
  );
  await runTrial({ method: 'nothing', delayMs: 10, source: 'timer' }); // the browser's own first page
  const trials: Trial[] = [];
  for (const [index, trial] of shuffled(planned, 20_261_124).entries()) {
    if (index % 40 === 0) console.error(`trial ${index} of ${planned.length}`);
    trials.push(await runTrial(trial));
  }
  report(trials, browser.version());
} finally {
  await browser.close();
  site.close();
}

async function runTrial({ method, delayMs, source }: Pick<Trial, 'method' | 'delayMs' | 'source'>): Promise<Trial> {
  const url = `${site.url}/?delay=${delayMs}&source=${source}`;
  const done = async (page: Page, measuredMs: number | null): Promise<Trial> => {
    const truth = await readTruth(page);
    await page.context().close();
    return { method, delayMs, source, measuredMs, truth };
  };
  if (method === 'Rampgate stopwatch') return done(...(await byStopwatch(url)));
  const page = await (await browser.newContext()).newPage();
  if (method === 'nothing, Playwright trace on') {
    await page.context().tracing.start({ screenshots: true, snapshots: true });
  }
  await page.goto(url);
  await page.waitForTimeout(SETTLE_MS);
  return done(page, await byOther(method, page));
}

/** Times the click as a scenario does; the sample is taken from the record instead of a journal. */
async function byStopwatch(url: string): Promise<[Page, number | null]> {
  let measuredMs: number | null = null;
  const plan: ScenarioPlan = {
    web: site.url,
    api: `${site.url}/api`,
    artifacts: {},
    summaryQuery: '',
    stage: 1,
    pass: { number: 1, of: 1 },
    visits: {},
    rounds: {},
    stepTimeoutMs: 5000,
    browserArgs: [],
    trace: false,
  };
  const { visit } = await openVisit(browser, {
    number: 1,
    plan,
    rounds: 1,
    now: () => new Date(),
    write: (record) => {
      if (record.kind === 'sample') measuredMs = record.sample.valueMs;
    },
  });
  await visit.page.goto(url);
  await visit.page.waitForTimeout(SETTLE_MS);
  await visit.time('answer', {
    act: () => visit.page.getByRole('button').click(),
    until: [{ css: '#answer', text: 'the answer' }],
    how: 'bench',
  });
  return [visit.page, measuredMs];
}

async function byOther(method: Method, page: Page): Promise<number | null> {
  const button = page.getByRole('button');
  const answer = page.locator('#answer');
  const startedAt = Date.now();
  await button.click();
  switch (method) {
    case 'Date.now, click, expect toBeVisible':
      await expect(answer).toBeVisible();
      return Date.now() - startedAt;
    case 'Date.now, click, waitFor':
      await answer.waitFor();
      return Date.now() - startedAt;
    case 'Date.now, click, waitForFunction':
      await page.waitForFunction(() => document.querySelector('#answer') !== null);
      return Date.now() - startedAt;
    case 'user timing of the page':
      await readTruth(page);
      return page.evaluate(() => performance.getEntriesByName('answer')[0]?.duration ?? null);
    case 'Rampgate stopwatch':
    case 'nothing':
    case 'nothing, Playwright trace on':
      return null;
  }
}

/** Waits inside the page, on a timer, so that waiting disturbs no frame. */
function readTruth(page: Page): Promise<Truth> {
  return page.evaluate(
    () =>
      new Promise<Truth>((resolve) => {
        type Partly = { frameMs: number | null; presentedMs: number | null; workMs: number };
        const truth = Reflect.get(window, 'truth') as Partly;
        const look = (): void => {
          const { frameMs, presentedMs, workMs } = truth;
          // The browser reports presentations up to 100 ms late.
          if (frameMs !== null)
            setTimeout(() => resolve({ frameMs, workMs, presentedMs: truth.presentedMs ?? presentedMs }), 120);
          else setTimeout(look, 100);
        };
        look();
      }),
  );
}

function report(trials: readonly Trial[], version: string): void {
  const of = (method: Method) => trials.filter((trial) => trial.method === method);
  const accuracies = methods.slice(0, 5).map((method) => accuracyOf(method, of(method)));
  const costs = (['nothing', 'Rampgate stopwatch', 'nothing, Playwright trace on'] as const).map((method) =>
    costOf(method, of(method)),
  );
  const text = [
    `Chromium ${version}; ${accuracies[0]?.trials ?? 0} trials of each method in random order, answers after 50 to 480 ms`,
    '',
    accuracyTable(accuracies),
    '',
    'What measuring costs the page: work before the frame, and its own answer after the stated delay, medians',
    costTable(costs),
  ].join('\n');
  print('Stopwatch against the truth', text, { methods: accuracies, costs });
}

function accuracyOf(method: Method, trials: readonly Trial[]) {
  const errors = trials.flatMap(({ measuredMs, truth }) => (measuredMs === null ? [] : [measuredMs - truth.frameMs]));
  const late = trials.flatMap(({ measuredMs, truth }) =>
    measuredMs === null || truth.presentedMs === null ? [] : [measuredMs - truth.presentedMs],
  );
  const sizes = errors.map(Math.abs);
  return {
    method,
    trials: trials.length,
    measured: errors.length,
    errorMs: {
      median: median(errors),
      absoluteMedian: median(sizes),
      absoluteP95: percentile(sizes, 95),
      absoluteMax: Math.max(...sizes),
    },
    againstPresentationMs: { median: median(late), absoluteP95: percentile(late.map(Math.abs), 95) },
    wrongVerdicts: trials.filter(isWrongAtFivePercent).length,
  };
}

function accuracyTable(accuracies: readonly ReturnType<typeof accuracyOf>[]): string {
  return table(
    ['ms', 'median', '|p50|', '|p95|', '|max|', 'to presentation', '|p95|', 'wrong at 5 %'],
    accuracies.map(({ method, errorMs, againstPresentationMs, wrongVerdicts, trials }) => [
      method,
      signed(errorMs.median),
      errorMs.absoluteMedian.toFixed(1),
      errorMs.absoluteP95.toFixed(1),
      errorMs.absoluteMax.toFixed(1),
      signed(againstPresentationMs.median),
      againstPresentationMs.absoluteP95.toFixed(1),
      `${wrongVerdicts} of ${trials}`,
    ]),
  );
}

function costOf(method: Method, trials: readonly Trial[]) {
  const afterDelayMs = trials.map(({ truth, delayMs }) => truth.frameMs - delayMs);
  return {
    method,
    workMs: median(trials.map(({ truth }) => truth.workMs)),
    standardErrorMs: standardError(afterDelayMs),
    frameAfterDelayMs: median(afterDelayMs),
    presentedAfterDelayMs: median(
      trials.flatMap(({ truth, delayMs }) => (truth.presentedMs === null ? [] : [truth.presentedMs - delayMs])),
    ),
  };
}

function costTable(costs: readonly ReturnType<typeof costOf>[]): string {
  const [bare] = costs;
  return table(
    ['ms', 'work', 'frame', 'difference', '± 2 s.e.', 'presented', 'difference'],
    costs.map(({ method, workMs, standardErrorMs, frameAfterDelayMs, presentedAfterDelayMs }) => [
      method,
      workMs.toFixed(1),
      frameAfterDelayMs.toFixed(1),
      signed(frameAfterDelayMs - (bare?.frameAfterDelayMs ?? Number.NaN)),
      (2 * Math.hypot(standardErrorMs, bare?.standardErrorMs ?? Number.NaN)).toFixed(1),
      presentedAfterDelayMs.toFixed(1),
      signed(presentedAfterDelayMs - (bare?.presentedAfterDelayMs ?? Number.NaN)),
    ]),
  );
}

/** Standard error of a median: 1.25 times that of the mean, as for a normal distribution. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return 1.25 * Math.sqrt(variance / values.length);
}

/** Whether the method would misjudge a limit that the truth misses, or meets, by five percent. */
function isWrongAtFivePercent({ measuredMs, truth }: Trial): boolean {
  if (measuredMs === null) return true;
  return measuredMs < truth.frameMs / 1.05 || measuredMs > truth.frameMs / 0.95;
}
