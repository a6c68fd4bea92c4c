/** Metrics that a Prometheus has scraped: its raw samples, so that every reset is seen and nothing is extrapolated. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counting, CountingSource } from './counting.ts';
import { type MatrixSeries, openQueryApi, type QueryApi, type QueryApiOptions } from './query-api.ts';
import { identityOf, type Labels, promqlOf, riseOver, type SeriesRise } from './series.ts';
import type { PrometheusSource, SeriesSelector } from './settings.ts';
import { tokenFree } from './web-trouble.ts';

export interface QueryOptions extends QueryApiOptions {
  /** How long a sample of now is waited for. */
  readonly seenWithinMs: number;
}

/** How far back Prometheus itself looks for a sample (`query.lookback-delta`). */
const LOOKBACK_S = 300;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

export function querySource(source: PrometheusSource, options: QueryOptions): CountingSource {
  const api = openQueryApi(source, options);
  return {
    name: `Prometheus at ${tokenFree(source.url)}`,
    async begin() {
      const fromS = await api.time();
      return { read: (names) => read(api, source, { ...options, fromS, names }) };
    },
  };
}

interface Since extends QueryOptions {
  /** By Prometheus's own clock, like everything here. */
  readonly fromS: number;
  readonly names: readonly string[];
}

async function read(api: QueryApi, { only }: PrometheusSource, since: Since): ReturnType<Counting['read']> {
  const { fromS } = since;
  const untilS = await api.time();
  const deadlineMs = performance.now() + since.seenWithinMs;
  for (const name of since.names) {
    await waitForSample(promqlOf({ name, where: {} }, only), { api, untilS, deadlineMs, signal: since.signal });
  }
  const rangeMs = Math.ceil(((await api.time()) - fromS + LOOKBACK_S) * 1000);
  const range = (selector: SeriesSelector) => api.matrix(`${promqlOf(selector, only)}[${rangeMs}ms]`);
  const counted = new Set<string>();
  for (const name of ['up', 'process_start_time_seconds']) {
    for (const series of await range({ name, where: {} })) {
      if (hasKnownStart(name, series, fromS)) counted.add(sourceOf(series.labels));
    }
  }
  return {
    get warnings() {
      return api.warnings;
    },
    rises: async (selector) => {
      const lived = await api.vector(promqlOf(selector, only), fromS);
      const livedThen = new Set(lived.map(({ labels }) => identityOf(labels)));
      const all = (await range(selector)).filter(
        (series) => livedThen.has(identityOf(series.labels)) || series.samples.some(([atS]) => atS > fromS),
      );
      // Who had any sample before was scraped before: what was not there began at zero.
      const known = new Set([...counted, ...all.filter(wasThere(fromS)).map(({ labels }) => sourceOf(labels))]);
      return all.map((series) => riseOf(series, { fromS, untilS, startsAtZero: known.has(sourceOf(series.labels)) }));
    },
  };
}

interface Wait {
  readonly api: QueryApi;
  readonly untilS: number;
  /** By this process's clock; one for all names. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Until the slowest of the series has a sample of now; which have none in the end is for `rises` to say. */
async function waitForSample(selector: string, { api, untilS, deadlineMs, signal }: Wait): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const [oldest] = await api.vector(`min(timestamp(${selector}))`);
    if (oldest !== undefined && oldest.value >= untilS) return;
    if (performance.now() + pauseMs > deadlineMs) return;
    await sleep(pauseMs, undefined, { signal });
  }
}

function wasThere(fromS: number): (series: MatrixSeries) => boolean {
  return ({ samples }) => samples.some(([atS]) => atS <= fromS);
}

/** It was scraped before, or its process began since: either way a new series began at zero. */
function hasKnownStart(name: string, series: MatrixSeries, fromS: number): boolean {
  if (wasThere(fromS)(series)) return true;
  return name === 'process_start_time_seconds' && series.samples.some(([, value]) => value >= fromS);
}

/** Whose counters they are, in the labels that Prometheus adds. */
function sourceOf({ job = '', instance = '' }: Labels): string {
  return identityOf({ job, instance });
}

interface Window {
  readonly fromS: number;
  readonly untilS: number;
  readonly startsAtZero: boolean;
}

function riseOf({ labels, samples }: MatrixSeries, { fromS, untilS, startsAtZero }: Window): SeriesRise {
  const before = samples.filter(([atS]) => atS <= fromS).at(-1)?.[1];
  const since = samples.filter(([atS]) => atS > fromS);
  const last = samples.at(-1)?.[0] ?? 0;
  const values = since.map(([, value]) => value);
  const start = before ?? (startsAtZero ? 0 : values[0]);
  const { rise, resets } = riseOver(start === undefined ? values : [start, ...values]);
  const startGap = before === undefined && !startsAtZero ? 'unknown-start' : null;
  const isNumber = [start ?? 0, ...values].every((value) => Number.isFinite(value));
  return { labels, rise: isNumber ? rise : Number.NaN, resets, gap: last < untilS ? 'stale' : startGap };
}
