/**
 * The scenario kit: the Playwright fixtures a scenario is written with, and the only thing it imports.
 * `scenario.visits(async (visit) => …)` tells the journey; the kit repeats it, times it and writes everything down.
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, test as base, expect, type TestInfo } from 'playwright/test';
import { redactorFor } from '../lib/redact.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';
import { visitForControls } from './control-visit.ts';
import { turnsAt } from './interleave.ts';
import type { JournalRecord } from './journal.ts';
import { keepPace } from './pace.ts';
import { CONTROLS_FILE } from './planted.ts';
import { countRequests } from './request-count.ts';
import { type TracedRun, traceOneMore } from './trace-one-more.ts';
import { openVisit, type Visit } from './visit.ts';

export type { APIRequestContext } from 'playwright/test';
export type { ScenarioPlan } from '../model/scenario-plan.ts';
export type { Condition, Painted, PaintedByCss } from './condition.ts';
export type { Step, Visit } from './visit.ts';

export interface Scenario {
  readonly plan: ScenarioPlan;
  /** The target's artifact that plays a part. Throws when the target has none. */
  artifact(part: string): { readonly id: string; readonly name: string };
  /** Tells the journey once per visit, each in a new browser context, as often as the plan says. */
  visits(journey: (visit: Visit) => Promise<void>): Promise<void>;
}

/** Content that never came this often in a row will not come: five beyond the limit decide even a p75. */
const LOST_STEPS_IN_A_ROW = 5;

/** A visit that throws says little about the next one; three in a row say that the rest will throw too. */
const FAILED_VISITS_IN_A_ROW = 3;

/** Nothing is written down before it went through here. */
const redactor = redactorFor(process.env);

export const test = base.extend<{ plan: ScenarioPlan; scenario: Scenario }>({
  plan: [
    async ({}, use) => {
      await use(missingPlan());
    },
    { option: true },
  ],
  scenario: async ({ browser, plan }, use, testInfo) => {
    const name = scenarioName(testInfo);
    const path =
      plan.journalDir === undefined ? testInfo.outputPath('journal.ndjson') : join(plan.journalDir, `${name}.ndjson`);
    mkdirSync(dirname(path), { recursive: true });
    if (plan.stage === 1 && plan.pass.number === 1) writeFileSync(path, '');
    await use({
      plan,
      artifact: (part) => artifactFor(plan, part),
      visits: (journey) =>
        runVisits({
          name,
          browser,
          plan,
          testInfo,
          journey,
          redactor,
          write: (record) => appendFileSync(path, `${JSON.stringify(redactor.deep(record))}\n`),
        }),
    });
    await testInfo.attach('journal', { path, contentType: 'application/x-ndjson' });
  },
});

async function runVisits(run: TracedRun): Promise<void> {
  const { name, browser, plan, write } = run;
  const planned = plan.visits[name] ?? 1;
  const [from, to] = visitsOfPass(planned, plan.pass);
  const rounds = plan.rounds[name] ?? 1;
  const now = (): Date => new Date();
  const { of: passes } = plan.pass;
  const { stage } = plan;
  write({ kind: 'begin', scenario: name, stage, planned, passes, at: now().toISOString(), browser: browser.version() });
  const requests = countRequests(browser, plan);
  const paced = keepPace(plan.visitEveryMs);
  const turns = turnsAt(plan.turnsAt);
  await turns.take(async () => {
    await paced();
    if (from <= to && (plan.warmUp !== 'browser' || !warmedUp.has(browser))) await warmUp(run);
    await proveListening(run);
  });
  const failures: Error[] = [];
  let slowest: { readonly visit: number; readonly valueMs: number } | undefined;
  let done = 0;
  let failedInARow = 0;
  let lostInARow = 0;
  for (let number = from; number <= to && failedInARow < FAILED_VISITS_IN_A_ROW; number += 1) {
    if (lostInARow >= LOST_STEPS_IN_A_ROW) {
      write({
        kind: 'stopped',
        message: `${lostInARow} steps in a row were never painted, so it was stopped after visit ${number - 1}`,
      });
      break;
    }
    const enough = requests.whyNoMore();
    if (enough !== null) {
      write({ kind: 'stopped', message: `${enough}, so it ended after visit ${number - 1}`, by: 'request-ceiling' });
      break;
    }
    const record = (entry: JournalRecord): void => {
      if (entry.kind === 'sample' && entry.sample.valueMs > (slowest?.valueMs ?? 0)) {
        slowest = { visit: number, valueMs: entry.sample.valueMs };
      }
      if (entry.kind === 'sample') lostInARow = 0;
      if (entry.kind === 'loss') lostInARow += 1;
      write(entry);
      assertSeen(redactor.deep(entry));
    };
    const failure = await turns.take(async () => {
      await paced();
      write({ kind: 'visit', number, at: now().toISOString() });
      return visitOnce(run, { number, plan, rounds, now, write: record });
    });
    if (failure === null) {
      done += 1;
      failedInARow = 0;
    } else {
      failures.push(failure);
      failedInARow += 1;
      write({ kind: 'failure', visit: number, message: failure.message });
    }
  }
  // What comes after this scenario disturbs no visit of the other side, either.
  await turns.take(async () => {
    // The scenario after this one asks for the same.
    await paced();
    if (plan.trace && requests.whyNoMore() === null)
      await traceOneMore(run, { failed: failures.length > 0 || run.testInfo.errors.length > 0, slowest });
  });
  requests.end();
  write({ kind: 'end', visits: done, at: now().toISOString() });
  if (failures[0] !== undefined) throw withoutSecrets(failures[0]);
}

/** Playwright's report quotes it. */
function withoutSecrets(error: Error): Error {
  error.message = redactor.text(error.message);
  error.stack = redactor.text(error.stack ?? '');
  return error;
}

function artifactFor({ artifacts }: ScenarioPlan, part: string): { readonly id: string; readonly name: string } {
  const artifact = artifacts[part];
  if (artifact !== undefined) return artifact;
  throw new Error(
    `the target has no artifact "${part}"; its configuration names ${Object.keys(artifacts).join(', ') || 'none'}`,
  );
}

/** First and last number of the visits that a pass tells; together the passes tell all of them. */
function visitsOfPass(planned: number, { number, of }: ScenarioPlan['pass']): readonly [number, number] {
  return [Math.floor((planned * (number - 1)) / of) + 1, Math.floor((planned * number) / of)];
}

/** What was seen wrong fails the scenario softly, after it was written down. */
function assertSeen(entry: JournalRecord): void {
  if (entry.kind === 'check')
    expect.soft(entry.check.actual, `${entry.sli}: ${entry.check.name}`).toBe(entry.check.expected);
  if (entry.kind === 'occurrences') expect.soft(entry.seen, entry.sli).toEqual([]);
}

async function visitOnce(
  run: Pick<TracedRun, 'browser' | 'journey'>,
  options: Parameters<typeof openVisit>[1],
): Promise<Error | null> {
  try {
    const { visit, context, finish } = await openVisit(run.browser, options);
    try {
      await run.journey(visit);
    } finally {
      await finish();
      await context.close();
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * The browser's own start must not be charged to the application, nor the first use of a server that was just started:
 * one uncounted visit to another page, then one uncounted telling of the journey. What fails in it fails again, counted.
 */
async function warmUp({ browser, plan, journey }: TracedRun): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('data:text/html,<h1>warm-up</h1><button>warm</button>');
  await page.getByRole('button').click();
  await context.close();
  const uncounted = { number: 0, plan, rounds: 1, now: () => new Date(), write: () => undefined };
  await visitOnce({ browser, journey }, uncounted);
  warmedUp.add(browser);
}

/** Browsers that have told a journey already. */
const warmedUp = new WeakSet<Browser>();

/** Once a run, in the first scenario that gets here; after a warm-up, so that it times nothing and delays little. */
async function proveListening({ browser, plan }: TracedRun): Promise<void> {
  const { controlPath, journalDir } = plan;
  if (controlPath === undefined || journalDir === undefined) return;
  const path = join(journalDir, CONTROLS_FILE);
  if (existsSync(path)) return;
  const records = await visitForControls(browser, { ...plan, controlPath });
  writeFileSync(path, records.map((record) => `${JSON.stringify(redactor.deep(record))}\n`).join(''));
}

function scenarioName(testInfo: TestInfo): string {
  return (testInfo.file.split('/').at(-1) ?? '').replace(/\.scenario\.[cm]?[jt]s$/, '');
}

function missingPlan(): ScenarioPlan {
  throw new Error('no plan: playwright.config.ts must hand one in through `use: { plan: scenarioPlan() }`');
}
