/** The browser probe: runs the scenarios with Playwright's runner and reads what they wrote down → evidence. */

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { REQUESTS_FILE, readRequestCounts } from '../../browser-kit/request-count.ts';
import { compiledEnv } from '../../lib/compile-cache.ts';
import { defined } from '../../lib/defined.ts';
import { packageVersion } from '../../lib/package-version.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Evidence, QualityIssue } from '../../model/evidence.ts';
import type { Policy } from '../../model/policy.ts';
import type { TargetIdentity } from '../../model/run.ts';
import type { ScenarioPlan, WarmUp } from '../../model/scenario-plan.ts';
import type { TargetPolicy } from '../../model/target-policy.ts';
import { attachRecordings } from './attach-recordings.ts';
import { type ControlVisit, provedCounts } from './browser-controls.ts';
import { parseJournal, readJournal } from './read-journal.ts';
import { redactRecordings } from './redact-recordings.ts';
import { keepFilms } from './save-filmstrips.ts';
import type { ScenarioPolicy } from './settings.ts';

export interface BrowserProbeOptions {
  readonly policy: Pick<Policy, 'browser'> & {
    readonly scenarios: readonly ScenarioPolicy[];
    readonly target: Pick<TargetPolicy, 'artifacts' | 'limiter' | 'page'> & {
      readonly conventions: Pick<TargetPolicy['conventions'], 'summaryQuery'>;
    };
    /** Whether somebody reads what the page reports to Sentry. */
    readonly sentry?: { readonly asks: readonly string[] } | null;
  };
  readonly target: Pick<TargetIdentity, 'web' | 'api'>;
  /** Playwright's configuration, which says where the scenarios are. */
  readonly config: string;
  readonly browser: { readonly path: string };
  /** Where journals, traces, HARs and Playwright's report go. */
  readonly runFolder: string;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** The probes, by name, that more samples could decide something for. */
  readonly stillOpen: (evidence: readonly Evidence[]) => ReadonlySet<string>;
  readonly onProgress: (text: string) => void;
  /** Where there is a ceiling: how many requests to the target the pages may begin, and who is told how many they did. */
  readonly requests?: { readonly most: number; readonly onMade: (requests: number) => void };
  /** Where to ask for one's turn before each visit, when another target is visited meanwhile. */
  readonly turnsAt?: string;
  /** Where to prove that errors and requests are heard; absent: nothing is said of it. */
  readonly control?: ControlVisit;
}

const PROGRESS_EVERY_MS = 500;
/**
 * Visits of a scenario are spread over the whole of the probe's time: whatever disturbs the machine for ten seconds then
 * touches a few visits of each scenario, instead of most visits of one.
 */
const PASSES = 2;
const KEPT_LINES = 8;

/**
 * Runs the policy's scenarios one after another, and again those that are still open, stage by stage; one evidence each.
 * Never throws.
 */
export async function collectBrowser(options: BrowserProbeOptions): Promise<Evidence[]> {
  const { policy, runFolder, shell, signal } = options;
  const journalDir = join(runFolder, 'evidence');
  mkdirSync(journalDir, { recursive: true });
  const startedAt = shell.now().toISOString();
  let evidence: Evidence[] = [];
  let next: readonly ScenarioPolicy[] = policy.scenarios;
  for (let stage = 1; next.length > 0; stage += 1) {
    const crash = await tellScenarios(next, { ...options, stage, journalDir });
    const finishedAt = shell.now().toISOString();
    evidence = policy.scenarios.map((scenario) =>
      evidenceOf(scenario, {
        ...options,
        journalDir,
        startedAt,
        finishedAt,
        crash,
        warmUp: policy.browser.warmUp ?? 'journey',
        interrupted: signal.aborted,
      }),
    );
    if (signal.aborted) break;
    const open = options.stillOpen(evidence);
    next = policy.scenarios.filter(({ name, stages }) => stage < stages && open.has(`browser-${name}`));
  }
  const begun = readRequestCounts(join(journalDir, REQUESTS_FILE));
  options.requests?.onMade(begun.reduce((sum, one) => sum + one, 0));
  const recorded = (probe: string) => recordsOf(journalDir, probe.replace(/^browser-/, ''));
  return evidence.map((one) => keepFilms(one, recorded(one.probe), runFolder));
}

interface Stage extends BrowserProbeOptions {
  readonly stage: number;
  readonly journalDir: string;
}

/** Tells these scenarios in one run of Playwright; resolves to its last words, for when they say why it failed. */
async function tellScenarios(scenarios: readonly ScenarioPolicy[], options: Stage): Promise<string> {
  const { runFolder, shell, signal, stage, journalDir } = options;
  const lines: string[] = [];
  // A folder of its own, or two gates at once would clear each other's.
  const scratch = join(runFolder, 'playwright-scratch');
  const running = shell.start(playwrightCommand(scenarios, { config: options.config, scratch }), {
    env: {
      ...compiledEnv(),
      RAMPGATE_PLAN: JSON.stringify(scenarioPlan(scenarios, options)),
      RAMPGATE_CHROMIUM: options.browser.path,
      PLAYWRIGHT_HTML_OUTPUT_DIR: join(runFolder, stage === 1 ? 'playwright' : `playwright-${stage}`),
      PLAYWRIGHT_HTML_OPEN: 'never',
      FORCE_COLOR: '0',
    },
    onLine: (line) => {
      // Where in Playwright it happened says nothing to anybody.
      if (line.trim() === '' || /^\s+at /.test(line)) return;
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    },
  });
  const stop = (): void => void running.stop('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const progress = setInterval(() => {
    const text = progressOf(scenarios, { journalDir, stage });
    if (text !== '') options.onProgress(text);
  }, PROGRESS_EVERY_MS);
  const ended = await running.ended;
  clearInterval(progress);
  rmSync(scratch, { recursive: true, force: true });
  redactRecordings(runFolder, options.redactor);
  signal.removeEventListener('abort', stop);
  return ended.error ?? lines.join(' | ');
}

function playwrightCommand(
  scenarios: readonly ScenarioPolicy[],
  { config, scratch }: { readonly config: string; readonly scratch: string },
): readonly [string, ...string[]] {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const files = scenarios.map(({ name }) => `/${name}.scenario.`);
  return [process.execPath, cli, 'test', '--config', config, '--output', scratch, ...files];
}

function scenarioPlan(
  scenarios: readonly ScenarioPolicy[],
  { policy, target, stage, journalDir, control, requests, turnsAt }: Stage,
): ScenarioPlan {
  const each = (key: 'visits' | 'rounds'): { [name: string]: number } =>
    Object.fromEntries(scenarios.map((scenario) => [scenario.name, scenario[key]]));
  return {
    web: target.web,
    api: target.api,
    artifacts: policy.target.artifacts,
    summaryQuery: policy.target.conventions.summaryQuery,
    page: policy.target.page,
    ...(policy.target.limiter === null ? {} : { visitEveryMs: policy.target.limiter.visitEveryMs }),
    stage,
    pass: { number: 1, of: policy.browser.passes ?? PASSES },
    visits: each('visits'),
    rounds: each('rounds'),
    stepTimeoutMs: policy.browser.stepTimeoutMs,
    browserArgs: policy.browser.args,
    // One trace of each journey is enough.
    trace: policy.browser.trace && stage === 1,
    ...(control === undefined || control.withoutControl !== undefined ? {} : { controlPath: control.path }),
    ...(policy.sentry?.asks.includes('page') ? { errorReports: true } : {}),
    ...defined({ turnsAt, mostRequests: requests?.most, warmUp: policy.browser.warmUp }),
    journalDir,
  };
}

function progressOf(
  scenarios: readonly ScenarioPolicy[],
  { journalDir, stage }: Pick<Stage, 'journalDir' | 'stage'>,
): string {
  return scenarios
    .map(({ name, visits }) => {
      const visit = recordsOf(journalDir, name).filter((record) => record.kind === 'visit').length;
      return visit === 0 ? null : `${name} ${visit}/${visits * stage}`;
    })
    .filter((part) => part !== null)
    .join(', ');
}

const WARM_UP: Readonly<Record<WarmUp, string>> = {
  journey: 'one uncounted visit to another page, then one uncounted telling of the journey',
  browser: 'one uncounted visit to another page, then one uncounted telling of the first journey in each browser',
};

interface ScenarioRun {
  readonly warmUp: WarmUp;
  readonly journalDir: string;
  readonly runFolder: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly crash: string;
  readonly interrupted: boolean;
  readonly control?: ControlVisit;
}

function evidenceOf({ name, stages }: ScenarioPolicy, run: ScenarioRun): Evidence {
  const base = { probe: `browser-${name}`, startedAt: run.startedAt, finishedAt: run.finishedAt };
  const records = recordsOf(run.journalDir, name);
  const ofInterruption: QualityIssue[] = run.interrupted
    ? [{ code: 'interrupted', message: 'the run was interrupted' }]
    : [];
  if (records.length === 0) {
    const [
      qualityIssue = {
        code: 'probe-crashed' as const,
        message: `Playwright ended before the scenario began: ${run.crash}`,
      },
    ] = ofInterruption;
    return { ...base, status: 'unavailable', qualityIssues: [qualityIssue] };
  }
  const outcome = readJournal(records, name);
  const { control } = run;
  const proved = control === undefined ? null : provedCounts(records, { ...run, visit: control });
  return {
    ...base,
    status: 'collected',
    measurements: outcome.measurements.map((measurement) => ({
      ...measurement,
      how: stages === 1 ? measurement.how : `${measurement.how}; told in ${outcome.stages} of at most ${stages} stages`,
    })),
    facts: {
      visits: { ...outcome.visits },
      stages: { told: outcome.stages, atMost: stages },
      failures: outcome.failures.map((failure) => ({ ...failure })),
      warmUp: WARM_UP[run.warmUp],
    },
    tools: {
      ...(outcome.browser === null ? {} : { Chromium: outcome.browser }),
      Playwright: packageVersion('playwright'),
    },
    attachments: [
      { name: `journal of ${name}`, path: `evidence/${name}.ndjson`, mediaType: 'application/x-ndjson' },
      ...attachRecordings(outcome.traces, run.runFolder),
    ],
    // What had come to its end before is whole.
    qualityIssues: [
      ...(outcome.isWhole ? [] : ofInterruption),
      ...outcome.qualityIssues,
      ...(proved?.qualityIssues ?? []),
    ],
    ...(proved === null || proved.controls.length === 0 ? {} : { controls: proved.controls }),
  };
}

function recordsOf(journalDir: string, name: string): ReturnType<typeof parseJournal> {
  const path = join(journalDir, `${name}.ndjson`);
  return existsSync(path) ? parseJournal(readFileSync(path, 'utf8')) : [];
}
