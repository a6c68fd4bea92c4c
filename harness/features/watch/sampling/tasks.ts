/** What is sampled again and again: each source of the policy, through the probe that the gate uses for it. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../../lib/defined.ts';
import type { Redactor } from '../../../lib/redact.ts';
import type { Shell } from '../../../lib/shell.ts';
import type { Evidence } from '../../../model/evidence.ts';
import type { LiveTarget } from '../../../model/live-target.ts';
import type { Policy } from '../../../model/policy.ts';
import type { LoadPolicy, LogPolicy, MetricsPolicy } from '../../../model/source-policies.ts';
import { collectBrowser } from '../../../sources/browser/collect-browser.ts';
import { collectChecks } from '../../../sources/checks/collect-checks.ts';
import { collectCommands } from '../../../sources/commands/collect-commands.ts';
import { collectLoad } from '../../../sources/load/collect-load.ts';
import { announcedLog } from '../../../sources/logs/announced-log.ts';
import { collectLogs } from '../../../sources/logs/collect-logs.ts';
import { type MetricsProbe, metricsProbe } from '../../../sources/metrics/collect-metrics.ts';
import { collectPageReports } from '../../../sources/sentry/collect-page-reports.ts';
import { collectSentry } from '../../../sources/sentry/collect-sentry.ts';
import { withErrorRate } from './error-rate.ts';
import { keptMix } from './saved-mix.ts';

export interface SamplingOptions {
  readonly target: LiveTarget;
  /** Where the output of commands goes. */
  readonly folder: string;
  readonly browserPath: string | null;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

/** One round of a source or of several that go together. `sinceMs`: how long ago the last one was, or the watch began. */
export interface SamplingTask {
  readonly sources: readonly string[];
  readonly everyMs: number | null;
  /** It needs nothing of the target and may take minutes: nothing waits for it. */
  readonly isBeside?: true;
  readonly sample: (sinceMs: number) => Promise<readonly Evidence[]>;
}

/** How often each source is due, by its name; null: once. */
export type Rhythm = ReadonlyMap<string, number | null>;

/** None disturbs another: each waits until the one before is over. */
export function samplingTasks(policy: Policy, rhythm: Rhythm, options: SamplingOptions): SamplingTask[] {
  const { target, shell, signal, folder, redactor } = options;
  const everyMs = (source: string): number | null => rhythm.get(source) ?? null;
  const one = (source: string, sample: (sinceMs: number) => Promise<Evidence>): SamplingTask => ({
    sources: [source],
    everyMs: everyMs(source),
    sample: async (sinceMs) => [await sample(sinceMs)],
  });
  return [
    ...policy.loads.map((load) => one(`load-${load.name}`, loadSampler(load, policy, options))),
    ...policy.metrics.map((metrics) => one(`metrics-${metrics.name}`, metricsSampler(metrics, policy, options))),
    ...browserTasks(policy, rhythm, options),
    ...sentryTasks(policy, everyMs, options),
    ...policy.checks.map((checks) =>
      one(`checks-${checks.name}`, () =>
        collectChecks(checks, {
          target: target.identity,
          policy: policy.target,
          accepted: 'a watch compares with nothing',
          shell,
          signal,
          onProgress: quiet,
        }),
      ),
    ),
    ...policy.logs.map((log) => one(`logs-${log.name}`, logSampler(log, policy, options))),
    ...policy.commands.map((list) => ({
      ...one(`commands-${list.name}`, () =>
        collectCommands(list, { runFolder: folder, redactor, shell, signal, onProgress: quiet }),
      ),
      isBeside: true as const,
    })),
  ];
}

const quiet = (): void => undefined;

/**
 * A control that was seen once needs no second time, and what there is to ask for is not found out anew for every sample: the
 * watch is there to be light.
 */
function loadSampler(load: LoadPolicy, policy: Policy, { target, shell, signal }: SamplingOptions) {
  let isProved = false;
  const mix = keptMix(load.mix);
  return async (sinceMs: number): Promise<Evidence> => {
    const evidence = await collectLoad(
      { ...load, mix: mix.find(sinceMs) },
      {
        api: target.identity.api,
        target: policy.target,
        safety: policy.safety,
        slowRoute: policy.target.slowRoute,
        withoutControls: isProved ? { cache: provedBefore, timing: provedBefore } : policy.target.withoutControls,
        shell,
        signal,
        stillOpen: () => false,
        beside: [],
        onProgress: quiet,
      },
    );
    if (!isAllGood(evidence)) mix.forget();
    isProved ||= evidence.controls?.every(({ outcome }) => outcome !== 'not-seen') === true;
    return evidence;
  };
}

/** Whether nothing failed that may have failed because what was asked for is no longer there. */
function isAllGood(evidence: Evidence): boolean {
  if (evidence.status !== 'collected' || evidence.qualityIssues.length > 0) return false;
  return evidence.measurements.every(
    (one) => one.kind !== 'ratio' || !one.sli.endsWith('.error-rate') || one.numerator === 0,
  );
}

const provedBefore = 'it was seen at the beginning of the watch';

/** From one reading to the next: what is counted while nobody looks is in the next one. */
function metricsSampler(metrics: MetricsPolicy, policy: Policy, { target, shell, signal }: SamplingOptions) {
  const open = (): MetricsProbe =>
    metricsProbe(metrics, { api: target.identity.api, target: policy.target, shell, signal });
  let probe = open();
  let begun = probe.begin();
  return async (): Promise<Evidence> => {
    await begun;
    const evidence = await probe.collect(quiet);
    probe = open();
    begun = probe.begin();
    return evidence;
  };
}

/** From where the last reading ended: no line is counted twice, and none is left out. */
function logSampler(log: LogPolicy, policy: Policy, { target, shell, signal }: SamplingOptions) {
  const reason = policy.target.withoutControls.logs;
  return (sinceMs: number): Promise<Evidence> =>
    collectLogs(
      { ...announcedLog(log, target.logs), windowMs: sinceMs },
      {
        trafficSinceMs: null,
        target: target.identity,
        shell,
        signal,
        ...defined({ withoutControl: reason }),
      },
    );
}

/** Scenarios of one rhythm are told in one run of Playwright, with what the page reports meanwhile. */
function browserTasks(policy: Policy, rhythm: Rhythm, options: SamplingOptions): SamplingTask[] {
  const { browserPath } = options;
  if (browserPath === null) return [];
  const byRhythm = Map.groupBy(policy.scenarios, ({ name }) => rhythm.get(`browser-${name}`) ?? null);
  return [...byRhythm].map(([everyMs, scenarios]) => ({
    sources: [
      ...scenarios.map(({ name }) => `browser-${name}`),
      ...(policy.sentry?.asks.includes('page') === true ? ['sentry-page'] : []),
    ],
    everyMs,
    sample: () => visit({ ...policy, scenarios }, { ...options, browserPath }),
  }));
}

async function visit(
  policy: Policy,
  { target, shell, signal, redactor, browserPath }: SamplingOptions & { readonly browserPath: string },
): Promise<readonly Evidence[]> {
  // Journals and pictures of hundreds of visits are nobody's reading: what counts is in the evidence.
  const runFolder = mkdtempSync(join(tmpdir(), 'rampgate-watch-'));
  try {
    mkdirSync(join(runFolder, 'evidence'), { recursive: true });
    const visited = await collectBrowser({
      policy: { ...policy, browser: { ...policy.browser, trace: false } },
      target: target.identity,
      config: 'playwright.config.ts',
      browser: { path: browserPath },
      runFolder,
      redactor,
      shell,
      signal,
      stillOpen: () => new Set(),
      onProgress: quiet,
    });
    if (policy.sentry?.asks.includes('page') !== true) return visited;
    const scenarios = policy.scenarios.map((scenario) => scenario.name);
    const asked = { sentry: target.sentry, release: target.identity.release, shell, runFolder, before: visited };
    return [...visited, collectPageReports({ ...asked, scenarios })];
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
}

function sentryTasks(
  policy: Policy,
  everyMs: (source: string) => number | null,
  { target, shell, signal }: SamplingOptions,
): SamplingTask[] {
  const { sentry } = policy;
  if (sentry === null || !sentry.asks.includes('issues')) return [];
  const reason = policy.target.withoutControls.sentry;
  let isProved = false;
  const rate = withErrorRate();
  const sample = async (sinceMs: number): Promise<readonly Evidence[]> => {
    const without = isProved ? provedBefore : reason;
    const evidence = await collectSentry(sentry, {
      sentry: target.sentry,
      release: target.identity.release,
      shell,
      signal,
      ...defined({ withoutControl: without }),
      onProgress: quiet,
    });
    isProved ||= evidence.controls?.some(({ outcome }) => outcome === 'seen') === true;
    return [rate(evidence, sinceMs)];
  };
  return [{ sources: ['sentry-issues'], everyMs: everyMs('sentry-issues'), sample }];
}
