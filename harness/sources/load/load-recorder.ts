/** Counts what became of every request of a load, and keeps latencies in mergeable histograms. */
import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Distribution } from '../../model/evidence.ts';

/** One finished request. `latencyMs` counts from the intended start, where there was one, `serviceMs` from the actual one. */
export interface Finished {
  readonly outcome: 'good' | 'bad' | 'timeout' | 'lost' | 'rate-limited';
  readonly latencyMs?: number;
  readonly serviceMs: number;
  /** Seconds since the load began, at its start. */
  readonly second: number;
  readonly status?: number;
  /** Why it did not end well, in few enough different words to be counted. */
  readonly why?: string;
  /** For requests that repeat an earlier one: what the answer says about the cache. */
  readonly cache?: 'hit' | 'miss' | 'unknown';
}

export interface LoadRecorder {
  add(finished: Finished): void;
  readonly counts: {
    readonly good: number;
    readonly bad: number;
    readonly timeouts: number;
    readonly lost: number;
    readonly rateLimited: number;
  };
  readonly byStatus: { readonly [status: string]: number };
  /** How often a request ended badly for which reason. */
  readonly failures: { readonly [why: string]: number };
  readonly cache: { readonly hits: number; readonly misses: number; readonly unknown: number };
  /** What came to its end in each second of the load, by when it began. */
  seconds(): readonly SecondOfLoad[];
  /** Errors among the last requests, 0 to 1, once there are enough of them to say; else null. */
  recentErrorRatio(): number | null;
  latency(): Pick<Distribution, 'histogram' | 'count' | 'timeouts' | 'slices'>;
  percentilesMs(): {
    readonly latency: Percentiles | null;
    readonly service: Percentiles | null;
    readonly errors: Percentiles | null;
  };
}

export interface SecondOfLoad {
  readonly second: number;
  readonly requests: number;
  /** Time-outs among them. */
  readonly failed: number;
  readonly timeouts: number;
  /** Answers that repeat an earlier one and say whether they came from a cache, and those that did. */
  readonly repeats: number;
  readonly hits: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  readonly mean: number;
}

/** The circuit breaker looks at this many requests: enough not to trip over one bad second at any usual rate. */
const RECENT = 100;
const HIGHEST_US = 3_600_000_000;

export function startLoadRecorder(): LoadRecorder {
  const counts = { good: 0, bad: 0, timeouts: 0, lost: 0, rateLimited: 0 };
  const byStatus: { [status: string]: number } = {};
  const failures: { [why: string]: number } = {};
  const cache = { hits: 0, misses: 0, unknown: 0 };
  const recent = lastOnes(RECENT);
  const latency = newHistogram();
  const service = newHistogram();
  const errors = newHistogram();
  const slices = new Map<number, Histogram>();
  const seconds = new Map<number, { -readonly [count in keyof Omit<SecondOfLoad, 'second'>]: number }>();

  return {
    counts,
    byStatus,
    failures,
    cache,
    add(finished) {
      count(counts, finished.outcome);
      if (finished.status !== undefined) byStatus[finished.status] = (byStatus[finished.status] ?? 0) + 1;
      if (finished.why !== undefined) failures[finished.why] = (failures[finished.why] ?? 0) + 1;
      recent.add(finished.outcome !== 'good');
      const second = seconds.get(finished.second) ?? { requests: 0, failed: 0, timeouts: 0, repeats: 0, hits: 0 };
      seconds.set(finished.second, second);
      second.requests += 1;
      if (finished.outcome !== 'good' && finished.outcome !== 'rate-limited') second.failed += 1;
      if (finished.outcome === 'timeout') second.timeouts += 1;
      if (finished.cache === 'hit' || finished.cache === 'miss') second.repeats += 1;
      if (finished.cache === 'hit') second.hits += 1;
      if (finished.cache === 'hit') cache.hits += 1;
      if (finished.cache === 'miss') cache.misses += 1;
      if (finished.cache === 'unknown') cache.unknown += 1;
      // Failing fast is not being fast: errors have a histogram of their own. Time-outs waited, so they count.
      if (finished.outcome === 'good' || finished.outcome === 'timeout') {
        record(service, finished.serviceMs);
        if (finished.latencyMs === undefined) return;
        record(latency, finished.latencyMs);
        record(sliceOf(slices, finished.second), finished.latencyMs);
      } else {
        record(errors, finished.latencyMs ?? finished.serviceMs);
      }
    },
    seconds: () => [...seconds].sort(([a], [b]) => a - b).map(([second, counted]) => ({ second, ...counted })),
    recentErrorRatio: () => recent.ratio(),
    latency: () => ({
      histogram: encodeIntoCompressedBase64(latency),
      count: latency.totalCount,
      timeouts: counts.timeouts,
      slices: [...slices]
        .sort(([a], [b]) => a - b)
        .map(([second, slice]) => ({ second, histogram: encodeIntoCompressedBase64(slice), count: slice.totalCount })),
    }),
    percentilesMs: () => ({
      latency: percentilesOf(latency),
      service: percentilesOf(service),
      errors: percentilesOf(errors),
    }),
  };
}

/** The share of the last so many that were true; null before there were as many. */
function lastOnes(size: number): { add(value: boolean): void; ratio(): number | null } {
  const ring = new Uint8Array(size);
  let added = 0;
  let yes = 0;
  return {
    add(value) {
      const at = added % size;
      yes += Number(value) - (ring[at] ?? 0);
      ring[at] = Number(value);
      added += 1;
    },
    ratio: () => (added < size ? null : yes / size),
  };
}

function count(
  counts: { good: number; bad: number; timeouts: number; lost: number; rateLimited: number },
  outcome: Finished['outcome'],
): void {
  switch (outcome) {
    case 'good':
      counts.good += 1;
      break;
    case 'bad':
      counts.bad += 1;
      break;
    case 'timeout':
      counts.timeouts += 1;
      break;
    case 'lost':
      counts.lost += 1;
      break;
    case 'rate-limited':
      counts.rateLimited += 1;
      break;
  }
}

function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

function sliceOf(slices: Map<number, Histogram>, second: number): Histogram {
  const slice = slices.get(second) ?? newHistogram();
  slices.set(second, slice);
  return slice;
}

function record(histogram: Histogram, valueMs: number): void {
  histogram.recordValue(Math.min(HIGHEST_US, Math.max(1, Math.round(valueMs * 1000))));
}

function percentilesOf(histogram: Histogram): Percentiles | null {
  if (histogram.totalCount === 0) return null;
  // A percentile is told by the upper end of its bucket, which may lie above the largest value itself.
  const at = (percentile: number): number =>
    Math.min(histogram.getValueAtPercentile(percentile), histogram.maxValue) / 1000;
  return {
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    max: histogram.maxValue / 1000,
    mean: histogram.mean / 1000,
  };
}
