/** One visit of one person: a new browser context, steps timed in the page, everything seen written down at once. */

import type { Browser, BrowserContext, Page } from 'playwright/test';
import { defined } from '../lib/defined.ts';
import { messageOf } from '../lib/message-of.ts';
import type { Loss, TimingSample } from '../model/evidence.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';
import {
  armCondition,
  type Condition,
  type PageResult,
  type PaintedResult,
  type StartsAt,
  type Surroundings,
} from './condition.ts';
import { watchErrorReports } from './error-reports.ts';
import type { HeardBy, JournalRecord } from './journal.ts';
import { type RequestLog, recordRequests } from './page-requests.ts';
import { installStopwatch } from './page-side.ts';
import { timeReferenceWork } from './reference-work.ts';
import { countStolenTime } from './stolen-time.ts';

/** A step: what the person does, and what must be painted for it to be done. */
export interface Step {
  /** The person's act; `{ navigate }` opens a URL in the tab, `{ reload: true }` loads its page again. */
  readonly act: (() => Promise<unknown>) | { readonly navigate: string } | { readonly reload: true };
  readonly until: Condition;
  /** Where the clock starts; by default the act's own input event, or the navigation's time origin. */
  readonly startsAt?: StartsAt;
}

export interface TimedStep extends Step {
  /** How this is taken, in a sentence for the report. */
  readonly how: string;
  /** Which variant, where the criterion asks for each. */
  readonly group?: string;
}

export interface Visit {
  readonly page: Page;
  /** 1 for the first counted visit of the scenario, 0 for the warm-up. */
  readonly number: number;
  /** The page's API requests so far. */
  readonly requests: RequestLog;
  /** Console errors and uncaught exceptions so far, in the application's words. */
  problems(): readonly string[];
  /** Does a step without counting it. Throws when it is never painted. */
  reach(step: Step): Promise<void>;
  /** Does a step and writes its time down as a sample, or as a loss. */
  time(sli: string, step: TimedStep): Promise<void>;
  /** Writes down when the page's document painted its first content, as the browser says. */
  firstContentfulPaint(sli: string, taken: { readonly how: string }): Promise<void>;
  /** Writes down what was seen of something that should not happen, in this one exposure. */
  occurrences(
    sli: string,
    seen: {
      readonly what: readonly string[];
      readonly exposedTo: string;
      readonly how: string;
      /** Which of the visit's listeners it rests on: the controls prove each of them. All, when left out. */
      readonly heardBy?: HeardBy;
    },
  ): void;
  /** Writes down a statement about what is shown; false fails the scenario after everything was measured. */
  check(
    sli: string,
    statement: { readonly name: string; readonly expected: string; readonly actual: string; readonly how: string },
  ): void;
  /** Repeats a step within the visit as often as the plan says; once in a traced visit. */
  rounds(): Iterable<number>;
  /** Waits until the page asks the API for nothing any more. */
  untilQuiet(): Promise<void>;
  /** Keeps looking at the page for a stated time, for things that must not happen. */
  watchFor(durationMs: number): Promise<void>;
}

export interface VisitOptions {
  readonly number: number;
  readonly plan: ScenarioPlan;
  readonly rounds: number;
  readonly write: (record: JournalRecord) => void;
  readonly now: () => Date;
}

export interface OpenVisit {
  readonly visit: Visit;
  readonly context: BrowserContext;
  /** Writes down what was seen on the way, once the journey has ended. Never throws. */
  readonly finish: () => Promise<void>;
}

/** What the browser does to open a context goes on for about this long, and must not be charged to the page. */
const SETTLE_MS = 200;

/** Opens a new context and page with the stopwatch installed. */
export async function openVisit(browser: Browser, options: VisitOptions): Promise<OpenVisit> {
  const { write, plan, number } = options;
  const context = await browser.newContext();
  await context.addInitScript(installStopwatch);
  const page = await context.newPage();
  page.setDefaultTimeout(plan.stepTimeoutMs);
  await page.waitForTimeout(SETTLE_MS);
  const requests = await recordRequests(page, plan.api);
  const problems = recordProblems(page);
  page.on('response', (response) => {
    if (response.status() === 429 && response.url().startsWith(plan.api))
      write({ kind: 'limited', visit: number, message: `${pathOf(response.url())} was answered 429` });
  });
  const errorReports = plan.errorReports && number > 0 ? watchErrorReports(context, page) : null;
  return {
    visit: visitOf({ page, requests, problems }, options),
    context,
    async finish() {
      if (errorReports === null) return;
      write({ kind: 'error-reports', visit: number, reports: await errorReports.finish() });
    },
  };
}

interface OpenPage {
  readonly page: Page;
  readonly requests: RequestLog;
  /** Grows while the page is open. */
  readonly problems: readonly string[];
}

/** What a scenario does on the page, each act with what it writes down. */
function visitOf(open: OpenPage, { number, plan, rounds, write, now }: VisitOptions): Visit {
  const { page, requests, problems } = open;
  return {
    page,
    number,
    requests,
    problems: () => [...problems],
    async reach(step) {
      const result = await runStep(page, step, plan.stepTimeoutMs);
      if (result.status === 'never-painted') {
        throw new Error(`after ${Math.round(result.waitedMs)} ms ${whyNotPainted(result)}`);
      }
    },
    async time(sli, step) {
      const at = now().toISOString();
      const group = step.group === undefined ? {} : { group: step.group };
      const lose = (loss: Omit<Loss, 'at' | 'group'>): void =>
        write({ kind: 'loss', sli, how: step.how, loss: { ...loss, ...group, at } });
      const { result, machine, mark } = await timeStep(open, step, { timeoutMs: plan.stepTimeoutMs, lose });
      if (result.status === 'painted') {
        const sample = { ...sampleOf(result), ...contextOf(result, requests, mark), ...machine, ...group, at };
        write({ kind: 'sample', sli, how: step.how, sample });
      } else {
        lose(lossOf(result));
      }
    },
    async firstContentfulPaint(sli, { how }) {
      const at = now().toISOString();
      const timed = page.evaluate(() => window.__rampgate?.firstContentfulPaint());
      const seen = await Promise.race([timed, page.waitForTimeout(plan.stepTimeoutMs)]);
      if (seen === undefined) {
        const [reason, message] = ['never-painted', 'nothing was painted'] as const;
        write({ kind: 'loss', sli, how, loss: { reason, waitedMs: plan.stepTimeoutMs, message, at } });
        return;
      }
      write({ kind: 'sample', sli, how, sample: { valueMs: seen.paintedMs, ...contextOf(seen, requests, 0), at } });
    },
    occurrences(sli, { what, exposedTo, how, heardBy }) {
      write({ kind: 'occurrences', sli, how, seen: what, exposedTo, ...defined({ heardBy }) });
    },
    check(sli, { name, expected, actual, how }) {
      write({ kind: 'check', sli, how, check: { name, ok: expected === actual, expected, actual } });
    },
    *rounds() {
      for (let round = 1; round <= rounds; round += 1) yield round;
    },
    async untilQuiet() {
      await requests.untilQuiet(plan.stepTimeoutMs);
    },
    async watchFor(durationMs) {
      await page.waitForTimeout(durationMs);
    },
  };
}

interface TimedStepResult {
  readonly result: PageResult;
  /** What the machine did meanwhile. */
  readonly machine: Pick<TimingSample, 'stolenMs' | 'referenceMs'>;
  /** Where the requests of the step begin. */
  readonly mark: number;
}

interface StepTiming {
  readonly timeoutMs: number;
  readonly lose: (loss: Omit<Loss, 'at' | 'group'>) => void;
}

/** Runs a step between two timings of a fixed piece of work. A step that fails is a loss, and throws. */
async function timeStep(
  { page, requests }: OpenPage,
  step: TimedStep,
  { timeoutMs, lose }: StepTiming,
): Promise<TimedStepResult> {
  const beforeMs = timeReferenceWork();
  const begun = performance.now();
  const mark = requests.mark();
  const stolenSoFarMs = countStolenTime();
  let result: PageResult;
  try {
    result = await runStep(page, step, timeoutMs);
  } catch (error) {
    const waitedMs = performance.now() - begun;
    const message = firstLine(error);
    const hasNavigated = /context was destroyed|navigat/i.test(message);
    lose({ reason: hasNavigated ? 'navigated-away' : 'step-failed', waitedMs, message });
    throw error;
  }
  const stolenMs = stolenSoFarMs();
  const referenceMs = [beforeMs, timeReferenceWork()] as const;
  return { result, machine: { ...(stolenMs === 0 ? {} : { stolenMs }), referenceMs }, mark };
}

/** Arms the in-page timer, does the act and reads what the timer saw. */
async function runStep(page: Page, step: Step, timeoutMs: number): Promise<PageResult> {
  const navigates = typeof step.act !== 'function';
  const armed = {
    condition: armCondition(step.until),
    startsAt: step.startsAt ?? (navigates ? { kind: 'navigation' as const } : { kind: 'input' as const }),
    timeoutMs,
  };
  if (typeof step.act === 'function') {
    await page.evaluate((spec) => window.__rampgate?.arm(spec), armed);
    await step.act();
    return readResult(page);
  }
  const script = await page.addInitScript((spec) => {
    if (window === window.top) window.__rampgate?.arm(spec);
  }, armed);
  try {
    if ('reload' in step.act) await page.reload({ waitUntil: 'commit' });
    else await page.goto(step.act.navigate, { waitUntil: 'commit' });
    return await readResult(page);
  } finally {
    await script.dispose(); // the next navigation is not this step's
  }
}

function readResult(page: Page): Promise<PageResult> {
  return page.evaluate(() => window.__rampgate?.result() ?? Promise.reject(new Error('no stopwatch in this page')));
}

/** What surrounded a sample in the page: long tasks, layout shifts, and each request with where its answer came from. */
function contextOf(
  { longTasksMs, longTasksAtMs, longFramesMs, layoutShift, requests: seen }: Surroundings,
  requests: RequestLog,
  mark: number,
) {
  const methods = new Map(requests.since(mark).map(({ url, method }) => [url, method]));
  return {
    longTasksMs,
    ...(longTasksMs.length === 0 ? {} : { longTasksAtMs }),
    longFramesMs,
    layoutShift,
    requests: seen.map((request) => ({
      ...request,
      method: methods.get(request.url) ?? 'GET',
      ...requests.answerFrom(request.url),
    })),
  };
}

function lossOf(result: Exclude<PageResult, PaintedResult>): Omit<Loss, 'at' | 'group'> {
  const { waitedMs } = result;
  if (result.status === 'already-painted') {
    const message = 'the condition held before the act; it cannot tell old content from new';
    return { reason: result.status, waitedMs, message };
  }
  // Chromium draws no frame of a tab that nobody sees: nothing is known of the application then.
  return { reason: result.hidden ? 'in-background' : result.status, waitedMs, message: whyNotPainted(result) };
}

function sampleOf({ frameMs, presentedMs, hidden, vanished }: PaintedResult): Pick<TimingSample, 'valueMs'> {
  return {
    valueMs: frameMs,
    ...(presentedMs === null ? {} : { presentedMs }),
    ...(hidden ? { suspect: 'the tab was in the background for a part of it' } : {}),
    ...(vanished === 0 ? {} : { vanished }),
  };
}

function whyNotPainted({ missing, hidden, vanished }: Extract<PageResult, { status: 'never-painted' }>): string {
  if (hidden) return `not painted while the tab was in the background: ${missing}`;
  if (vanished === 0) return `not painted: ${missing}`;
  return `not painted: there ${vanished === 1 ? 'once' : `${vanished} times`}, and gone before the frame`;
}

function recordProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('crash', () => problems.push('the tab crashed'));
  return problems;
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? '';
}
