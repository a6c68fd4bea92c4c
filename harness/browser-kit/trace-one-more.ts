/** One more visit, which counts for nothing, to see what happens in it: Playwright's trace, and a HAR of its requests. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, TestInfo } from 'playwright/test';
import type { Redactor } from '../lib/redact.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';
import type { JournalRecord, RecordedRequests, TracedStep } from './journal.ts';
import { harToKeep } from './redacted-har.ts';
import { openVisit, type Visit } from './visit.ts';

export interface TracedRun {
  readonly name: string;
  readonly browser: Browser;
  readonly plan: ScenarioPlan;
  readonly testInfo: TestInfo;
  readonly journey: (visit: Visit) => Promise<void>;
  readonly write: (record: JournalRecord) => void;
  readonly redactor: Redactor;
}

interface Reasons {
  readonly failed: boolean;
  /** Of this pass. */
  readonly slowest: { readonly visit: number; readonly valueMs: number } | undefined;
}

/** Recording disturbs what it records, so this is never a visit that counts: one in the last pass, and in another that failed. */
export async function traceOneMore(run: TracedRun, reasons: Reasons): Promise<void> {
  const { browser, plan, testInfo } = run;
  if (!reasons.failed && plan.pass.number < plan.pass.of) return;
  const why = whyTraced(reasons);
  const path = pathOf(run, 'trace', 'zip');
  const recorded = testInfo.outputPath('as-recorded.har');
  const steps: TracedStep[] = [];
  const { visit, context } = await openVisit(browser, {
    number: 1,
    plan,
    rounds: 1,
    now: () => new Date(),
    write: (entry) => {
      if (entry.kind !== 'sample') return;
      const { valueMs, at, group } = entry.sample;
      const which = group === undefined ? {} : { group };
      steps.push({ sli: entry.sli, ...which, valueMs, beganAt: at, endedAt: new Date().toISOString() });
    },
  });
  await context.tracing.start({ screenshots: true, snapshots: true, sources: true });
  await context.tracing.startHar(recorded, { content: 'omit', mode: 'full' });
  try {
    await run.journey(visit);
  } catch {
    // The failure is already written down; this visit is here for its recordings.
  } finally {
    await context.tracing.stop({ path });
    // One that cannot be written is missed when it is to be kept, and takes nothing of what counts with it.
    await context.tracing.stopHar().catch(() => undefined);
    await context.close();
  }
  run.write({ kind: 'trace', path, why, steps, har: keepHar(recorded, run) });
  await testInfo.attach('trace', { path, contentType: 'application/zip' });
}

function whyTraced({ failed, slowest }: Reasons): string {
  if (failed) return 'a visit failed';
  if (slowest === undefined) return 'the last pass timed no step';
  return `as in visit ${slowest.visit}, the slowest of the last pass with ${Math.round(slowest.valueMs)} ms`;
}

/** What Playwright recorded holds secrets, so it is not where it would be kept, and does not stay. */
function keepHar(recorded: string, run: TracedRun): RecordedRequests {
  try {
    const har = readFileSync(recorded, 'utf8');
    rmSync(recorded);
    const { text, requests } = harToKeep(har, run.redactor);
    const path = pathOf(run, 'requests', 'har');
    writeFileSync(path, text);
    return { path, ...requests };
  } catch {
    return { missing: 'what Playwright recorded of its requests cannot be read' };
  }
}

function pathOf({ plan, name, testInfo }: TracedRun, what: string, extension: string): string {
  return plan.journalDir === undefined
    ? testInfo.outputPath(`${what}.${extension}`)
    : join(plan.journalDir, `${name}-${what}-${plan.pass.number}.${extension}`);
}
