/** The metrics probe: what the target counted over the run, by its own word or by Prometheus's → evidence. */

import type { Shell } from '../../lib/shell.ts';
import type { Evidence, QualityIssue } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { type LoadedTarget, mixContext } from '../load/mix.ts';
import { quoted } from '../quoted.ts';
import { type ControlResult, compareCacheAnswers, familyOf, runControl } from './control.ts';
import type { CountedSince, Counting, CountingSource } from './counting.ts';
import { querySource } from './query-source.ts';
import { blind, type ReadMetric, readMetric } from './read-metrics.ts';
import { scrapeSource } from './scrape-source.ts';
import type { MetricReading, MetricsPolicy, SeriesSelector } from './settings.ts';
import { BlindMetric, namesOf } from './sum-up.ts';

export interface MetricsProbeOptions {
  readonly api: string;
  readonly target: LoadedTarget;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** How long one answer may take; 10 s when left out. */
  readonly timeoutMs?: number;
}

export interface MetricsProbe {
  /** Before anything else makes traffic. Never throws: what goes wrong is told by `collect`. */
  begin(): Promise<void>;
  /** After everything that makes traffic. Never throws: what could not be read says why, and is never zero. */
  collect(say: (text: string) => void): Promise<Evidence>;
}

const TIMEOUT_MS = 10_000;

export function metricsProbe(policy: MetricsPolicy, options: MetricsProbeOptions): MetricsProbe {
  const { shell, signal } = options;
  const source = openCountingSource(policy, options);
  const probe = `metrics-${policy.name}`;
  let startedAt = shell.now();
  let begun: Counting | Error = new Error('it was not read before the run');
  return {
    async begin() {
      startedAt = shell.now();
      begun = await source.begin().catch((error: unknown) => errorOf(error));
    },
    async collect(say) {
      const base = () => ({ probe, startedAt: startedAt.toISOString(), finishedAt: shell.now().toISOString() });
      try {
        if (begun instanceof Error) throw new BlindMetric(`before the run, ${begun.message}`);
        say('reading what was counted');
        const since = await begun.read(namesIn(policy));
        const lastedS = (shell.now().getTime() - startedAt.getTime()) / 1000;
        say('asking for something, to see it counted');
        const read = await readAll({ policy, source, since, lastedS, options });
        return { ...base(), status: 'collected', ...read, tools: { Node: process.version }, attachments: [] };
      } catch (error) {
        const qualityIssue: QualityIssue = signal.aborted
          ? { code: 'interrupted', message: `metrics ${policy.name}: the run was interrupted while they were read` }
          : { code: 'signal-absent', message: `metrics ${policy.name} are blind: ${errorOf(error).message}` };
        return { ...base(), status: 'unavailable', qualityIssues: [qualityIssue] };
      }
    },
  };
}

/** Where the counts are read from; nothing is asked yet. */
export function openCountingSource(
  { source, seenWithinMs }: MetricsPolicy,
  options: MetricsProbeOptions,
): CountingSource {
  const { api, shell, signal, timeoutMs = TIMEOUT_MS } = options;
  switch (source.kind) {
    case 'scrape':
      return scrapeSource(source, { api, shell, signal, timeoutMs, limiter: options.target.limiter });
    case 'prometheus':
      return querySource(source, { shell, signal, timeoutMs, seenWithinMs });
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The names that must tell of now; what may have no series yet is not waited for. */
function namesIn({ read }: MetricsPolicy): readonly string[] {
  return [...new Set(Object.values(read).flatMap((one) => namesOf(mustMove(one))))];
}

function mustMove(reading: MetricReading): readonly SeriesSelector[] {
  switch (reading.kind) {
    case 'ratio':
      return reading.of;
    case 'over':
      return [{ ...reading.histogram, name: `${familyOf(reading.histogram.name)}_bucket` }];
    case 'counter':
      return reading.counter;
    case 'cache-answers':
      return [...reading.hits, ...reading.misses];
  }
}

interface AfterRun {
  readonly policy: MetricsPolicy;
  readonly source: CountingSource;
  readonly since: CountedSince;
  readonly lastedS: number;
  readonly options: MetricsProbeOptions;
}

/** The run first: the control makes traffic of its own. */
async function readAll(after: AfterRun) {
  const { policy, source, since, lastedS } = after;
  const overTheRun = new Map<string, ReadMetric>();
  for (const [name, reading] of Object.entries(policy.read)) {
    if (reading.kind === 'cache-answers') continue;
    overTheRun.set(name, await readMetric({ sli: sliOf(name), reading, since, lastedS }));
  }
  const control = await controlOf(after);
  const results: [string, ReadMetric][] = [];
  for (const [name, reading] of Object.entries(policy.read)) {
    results.push([name, await provenOr(name, { reading, read: overTheRun.get(name), control })]);
  }
  const warned = since.warnings.map(
    (warning): QualityIssue => ({ code: 'counted-in-part', message: `${source.name} warns: ${warning}` }),
  );
  return {
    measurements: results.flatMap(([, { measurement }]) => measurement ?? []),
    qualityIssues: [
      ...warned,
      ...(control.qualityIssue === null ? [] : [control.qualityIssue]),
      ...results.flatMap(([, { qualityIssues }]) => qualityIssues),
    ],
    facts: {
      source: source.name,
      seconds: Math.round(lastedS),
      control: control.result?.facts ?? control.qualityIssue?.message ?? 'none is configured',
      unproven: unprovenIn(policy, control.result),
      read: Object.fromEntries(results.map(([name, { facts }]) => [name, facts])),
    },
  };
}

function sliOf(name: string): string {
  return `metrics.${name}`;
}

interface Controlled {
  readonly result: ControlResult | null;
  /** Why it could not be made. */
  readonly qualityIssue: QualityIssue | null;
}

async function controlOf({ policy, source, options }: AfterRun): Promise<Controlled> {
  const { control, read, seenWithinMs } = policy;
  if (control === null) return { result: null, qualityIssue: null };
  const { api, shell, signal } = options;
  try {
    const asked = { control, read, seenWithinMs };
    const result = await runControl(source, asked, { api, context: mixContext(options), shell, signal });
    return { result, qualityIssue: null };
  } catch (error) {
    if (signal.aborted) throw error;
    const message = `metrics ${policy.name} could not be proven to see: ${quoted(errorOf(error).message)}`;
    return { result: null, qualityIssue: { code: 'signal-absent', message } };
  }
}

/** A reading whose counters did not move when they should have says nothing, whatever it read. */
async function provenOr(
  name: string,
  {
    reading,
    read,
    control: { result, qualityIssue },
  }: { reading: MetricReading; read: ReadMetric | undefined; control: Controlled },
): Promise<ReadMetric> {
  const sli = sliOf(name);
  const why = namesUsed(reading).flatMap((used) => result?.dead.get(familyOf(used)) ?? [])[0];
  if (why !== undefined) return blind(sli, why);
  if (read !== undefined) return read;
  if (reading.kind !== 'cache-answers' || result === null) {
    return {
      measurement: null,
      qualityIssues: [],
      facts: { blind: qualityIssue?.message ?? 'there was no control to compare with' },
    };
  }
  return compareCacheAnswers(sli, reading, result);
}

function namesUsed(reading: MetricReading): readonly string[] {
  return namesOf(reading.kind === 'ratio' ? [...reading.part, ...reading.of] : mustMove(reading));
}

/** Names that are read, and that no control saw moving. */
function unprovenIn({ read }: MetricsPolicy, result: ControlResult | null): Json {
  const used = Object.values(read).flatMap((one) => namesUsed(one).map(familyOf));
  return [...new Set(used)].filter((name) => !result?.proven.has(name));
}
