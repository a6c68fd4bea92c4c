/** Timings in logarithmic buckets of one percent: percentiles over hours, in bounded memory. Pure. */
import type { Errors } from '../../../judgement/errors.ts';
import { logEvidence } from '../../../judgement/sequential/evidence.ts';
import { nearestRank } from '../../../lib/percentile.ts';

/** How many timings lie in each bucket, by the bucket's number. */
export interface ValueSketch {
  readonly [bucket: string]: number;
}

const GROWTH = Math.log(1.01);
/** Shorter times share the first bucket. */
const LEAST_MS = 0.01;

export function addToSketch(
  sketch: ValueSketch,
  valuesMs: readonly (readonly [valueMs: number, count: number])[],
): ValueSketch {
  const sum: { [bucket: string]: number } = { ...sketch };
  for (const [valueMs, count] of valuesMs) {
    const bucket = Math.round(Math.log(Math.max(LEAST_MS, valueMs)) / GROWTH);
    sum[bucket] = (sum[bucket] ?? 0) + count;
  }
  return sum;
}

export interface SketchedPercentile {
  readonly valueMs: number;
  /** Valid at every moment of a watch; null where that side is not bounded yet. */
  readonly interval: readonly [number | null, number | null];
}

/** Exact to one percent; null of nothing. */
export function percentileOfSketch(sketch: ValueSketch, p: number, errors: Errors): SketchedPercentile | null {
  const buckets = Object.keys(sketch)
    .map(Number)
    .toSorted((a, b) => a - b);
  const total = buckets.reduce((sum, bucket) => sum + (sketch[bucket] ?? 0), 0);
  if (total === 0) return null;
  const bound = { kind: 'share', value: 1 - p / 100 } as const;
  let upTo = 0;
  let valueMs: number | null = null;
  let [lower, upper]: [number | null, number | null] = [null, null];
  for (const bucket of buckets) {
    const ms = Math.exp(bucket * GROWTH);
    const before = { hits: total - upTo, exposure: total };
    if (logEvidence(before, bound, 'more') >= Math.log(1 / errors.lower)) lower = ms;
    upTo += sketch[bucket] ?? 0;
    if (valueMs === null && upTo >= nearestRank(total, p)) valueMs = ms;
    const beyond = { hits: total - upTo, exposure: total };
    if (upper === null && logEvidence(beyond, bound, 'fewer') >= Math.log(1 / errors.upper)) upper = ms;
  }
  return valueMs === null ? null : { valueMs, interval: [lower, upper] };
}
