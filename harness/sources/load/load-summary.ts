/** What one load found, in the shape that `rampgate load --json` prints and the evidence keeps. */
import type { LoadResult } from './load-plan.ts';
import type { Percentiles } from './load-recorder.ts';

export interface LoadSummary {
  /** Per second; nothing is intended in a closed loop (`--rate max`). */
  readonly rate: { readonly intended: number | null; readonly achieved: number };
  readonly durationS: number;
  readonly requests: {
    readonly planned: number | null;
    readonly sent: number;
    readonly good: number;
    /** Answers with another status than expected, or without the expected content. */
    readonly bad: number;
    readonly rateLimited: number;
    readonly timeouts: number;
    /** No connection, or one that ended before its answer did. */
    readonly connectionErrors: number;
    /** In flight when the load was stopped. */
    readonly abandoned: number;
    readonly byStatus: { readonly [status: string]: number };
    readonly failures: { readonly [why: string]: number };
  };
  /** Good answers and time-outs, from when each was due; null where no good answer came, or none was due. */
  readonly latencyMs: Percentiles | null;
  /** The same from when each left. */
  readonly serviceMs: Percentiles | null;
  /** What failed, apart: failing fast is not being fast. */
  readonly errorLatencyMs: Percentiles | null;
  readonly cache: {
    /** The headers that were looked for. */
    readonly source: string | null;
    readonly hits: number;
    readonly misses: number;
    readonly unknown: number;
    readonly hitRate: number | null;
  };
  readonly generator: {
    readonly startDelayMs: { readonly p99: number; readonly max: number } | null;
    readonly eventLoopDelayMs: { readonly p99: number };
    readonly cpu: number;
    readonly maxInFlight: number;
    readonly kept: boolean;
  };
  /** HDR histogram of `latencyMs` in microseconds, compressed base64; null where that is. */
  readonly histogram: string | null;
}

/** Sums a load up. Every request sent is in exactly one count. */
export function summariseLoad(
  result: LoadResult,
  { cacheHeaders }: { readonly cacheHeaders: readonly string[] },
): LoadSummary {
  const { loadRecorder, generator, planned, sent, abandoned } = result;
  const { good, bad, timeouts, lost, rateLimited } = loadRecorder.counts;
  const { latency, service, errors } = loadRecorder.percentilesMs();
  const { hits, misses, unknown } = loadRecorder.cache;
  const served = good > 0;
  const { intendedPerSecond, achievedPerSecond, ...audit } = generator;
  return {
    rate: { intended: intendedPerSecond, achieved: achievedPerSecond },
    durationS: result.durationMs / 1000,
    requests: {
      planned,
      sent,
      good,
      bad,
      rateLimited,
      timeouts,
      connectionErrors: lost,
      abandoned,
      byStatus: { ...loadRecorder.byStatus },
      failures: { ...loadRecorder.failures },
    },
    latencyMs: served ? latency : null,
    serviceMs: served ? service : null,
    errorLatencyMs: errors,
    cache: {
      source: cacheHeaders.length === 0 ? null : cacheHeaders.join(', '),
      hits,
      misses,
      unknown,
      hitRate: hits + misses === 0 ? null : hits / (hits + misses),
    },
    generator: audit,
    histogram: served && latency !== null ? loadRecorder.latency().histogram : null,
  };
}
