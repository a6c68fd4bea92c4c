/** Metrics that the target itself answers with, read twice: before and after. */

import type { Shell } from '../../lib/shell.ts';
import type { LimiterPolicy } from '../../model/target-policy.ts';
import { distinctPath } from '../distinct-path.ts';
import { quoted } from '../quoted.ts';
import type { CountedSince, CountingSource } from './counting.ts';
import { type ExposedSample, parseExposition } from './parse-exposition.ts';
import { identityOf, matcherOf, type SeriesRise } from './series.ts';
import type { ScrapedSource } from './settings.ts';
import { tokenFree, whyNoAnswer } from './web-trouble.ts';

export interface ScrapeOptions {
  /** The target's API, whose origin a path belongs to. */
  readonly api: string;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** It is read again and again, which a limiter may not like. */
  readonly limiter: LimiterPolicy | null;
}

/** Without OpenMetrics, whose counters are called otherwise by some. */
const ACCEPT = 'text/plain;version=0.0.4;q=1,*/*;q=0.1';

/** The samples of one moment by name, then by labels. */
type Snapshot = ReadonlyMap<string, ReadonlyMap<string, ExposedSample>>;

export function scrapeSource({ at }: ScrapedSource, options: ScrapeOptions): CountingSource {
  const url = new URL(at, options.api).href;
  const name = tokenFree(url);
  return {
    name,
    async begin() {
      const before = await scrape(url, name, options);
      return { read: async () => between(before, await scrape(url, name, options)) };
    },
  };
}

async function scrape(at: string, name: string, options: ScrapeOptions): Promise<Snapshot> {
  const { shell, signal, timeoutMs, limiter } = options;
  const url = limiter === null ? at : distinctPath(at, limiter.distinctBy);
  const answer = await shell
    .request(url, { timeoutMs, headers: { accept: ACCEPT }, signal })
    .catch((error: unknown) => Promise.reject(new Error(`${name} ${whyNoAnswer(error, timeoutMs)}`)));
  const { status, headers, text } = answer;
  if (status !== 200) throw new Error(`${name} answered ${status}: ${quoted(text.trim().slice(0, 200))}`);
  const type = headers['content-type'] ?? 'text/plain';
  if (!/^(?:text\/plain|application\/openmetrics-text)\b/i.test(type))
    throw new Error(`${name} answered with ${quoted(type)}, which is not the text format of Prometheus`);
  if (/openmetrics/i.test(type) && !/^# EOF\s*$/m.test(text)) throw new Error(`${name} ended before its end (# EOF)`);
  try {
    return snapshotOf(parseExposition(text));
  } catch (error) {
    throw new Error(`${name} is not in the text format of Prometheus: ${quoted(String(error))}`);
  }
}

function snapshotOf(samples: readonly ExposedSample[]): Snapshot {
  if (samples.length === 0) throw new Error('it holds no sample at all');
  const byName = new Map<string, Map<string, ExposedSample>>();
  for (const sample of samples) {
    const series = byName.get(sample.name) ?? new Map<string, ExposedSample>();
    byName.set(sample.name, series);
    const identity = identityOf(sample.labels);
    if (series.has(identity)) throw new Error(`it has ${sample.name} twice with the same labels: ${identity}`);
    series.set(identity, sample);
  }
  return byName;
}

const noSeries: ReadonlyMap<string, ExposedSample> = new Map();

function between(before: Snapshot, after: Snapshot): CountedSince {
  const hasRestarted = startOf(before) !== startOf(after);
  return {
    warnings: [],
    rises: async (selector) => {
      const { name } = selector;
      const [then, now] = [before.get(name) ?? noSeries, after.get(name) ?? noSeries];
      const matches = matcherOf(selector);
      return [...new Set([...then.keys(), ...now.keys()])].flatMap((identity) => {
        const [was, is] = [then.get(identity), now.get(identity)];
        const { labels } = is ?? was ?? { labels: {} };
        if (!matches(labels)) return [];
        const isNew = hasRestarted || createdAt(before, name, labels) !== createdAt(after, name, labels);
        return [{ labels, ...riseOf(was, is, isNew) }];
      });
    },
  };
}

function riseOf(
  was: ExposedSample | undefined,
  is: ExposedSample | undefined,
  isNew: boolean,
): Omit<SeriesRise, 'labels'> {
  if (is === undefined) return { rise: 0, resets: 0, gap: 'vanished' };
  // What was not there before began at zero: the source was read then.
  if (was === undefined) return { rise: finite(is.value), resets: 0, gap: null };
  const isReset = isNew || is.value < was.value;
  return {
    rise: finite(isReset ? is.value : is.value - was.value),
    resets: Number(isReset),
    gap: is.timestamp !== null && is.timestamp === was.timestamp ? 'stale' : null,
  };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** When the process began that counts; with its counters, where several are put together. */
function startOf(snapshot: Snapshot): string {
  const started = snapshot.get('process_start_time_seconds') ?? noSeries;
  return [...started]
    .map(([identity, { value }]) => `${identity} ${value}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join();
}

/** When a series began, where the source says: `x_created` beside `x_total`, or beside the parts of a histogram. */
function createdAt(snapshot: Snapshot, name: string, labels: ExposedSample['labels']): number | null {
  const created = snapshot.get(`${name.replace(/_(?:total|bucket|count|sum)$/, '')}_created`);
  const withoutEdge = Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'le'));
  return created?.get(identityOf(withoutEdge))?.value ?? null;
}
