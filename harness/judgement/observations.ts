/** Observations in order of size, where each is known exactly, known to a bucket, or known only from below. */
import { decodeFromCompressedBase64, type JsHistogram } from 'hdr-histogram-js';
import { itemAt } from './item-at.ts';

/**
 * What is known of the observations in order, in milliseconds. Rank 1 is the smallest. All functions are non-decreasing
 * in the rank; the true order statistic lies between the low and the high one.
 */
export interface Observations {
  readonly count: number;
  readonly lowAt: (rank: number) => number;
  /** As measured; `null`: not measured, only known to be longer. */
  readonly valueAt: (rank: number) => number | null;
  /** `null`: not bounded from above. */
  readonly highAt: (rank: number) => number | null;
}

/** A single measured value, and two ends that the truth is known to lie between. */
export interface Bounded {
  readonly lowMs: number;
  readonly valueMs: number;
  readonly highMs: number;
}

/** Single values, and beside them observations that are only known to be longer than the time waited for them. */
export function observeValues(values: readonly Bounded[], waitedMs: readonly number[]): Observations {
  const ascending = (of: (value: Bounded) => number): number[] => values.map(of).sort((a, b) => a - b);
  const lows = [...ascending(({ lowMs }) => lowMs), ...waitedMs].sort((a, b) => a - b);
  const measured = ascending(({ valueMs }) => valueMs);
  const highs = ascending(({ highMs }) => highMs);
  return {
    count: lows.length,
    lowAt: (rank) => itemAt(lows, rank - 1),
    valueAt: (rank) => (rank > measured.length ? null : itemAt(measured, rank - 1)),
    highAt: (rank) => (rank > highs.length ? null : itemAt(highs, rank - 1)),
  };
}

/**
 * The observations counted in an HDR histogram (compressed base64, microseconds): each is known to its bucket.
 * Throws when the text is not such a histogram.
 */
export function observeHistogram(base64: string): Observations {
  return observeHistograms([base64]);
}

/** The same of several, put together. */
export function observeHistograms(base64s: readonly string[]): Observations {
  const histograms = base64s.map(decoded);
  const histogram = itemAt(histograms, 0);
  for (const other of histograms.slice(1)) histogram.add(other);
  const buckets = occupiedBuckets(histogram);
  return {
    count: buckets.at(-1)?.countToHere ?? 0,
    lowAt: (rank) => bucketOf(buckets, rank).lowMs,
    valueAt: (rank) => bucketOf(buckets, rank).highMs,
    highAt: (rank) => bucketOf(buckets, rank).highMs,
  };
}

/** The occupied buckets of one, in ascending order. Throws when the text is not such a histogram. */
export function bucketsOfHistogram(base64: string): readonly Bucket[] {
  return occupiedBuckets(decoded(base64));
}

/** Decodes without WebAssembly, into a histogram that can be read bucket by bucket. */
function decoded(base64: string): JsHistogram {
  return decodeFromCompressedBase64(base64) as JsHistogram;
}

/** Every observation in order; one that was never painted counts with the time waited. */
export function measuredValues({ count, lowAt, valueAt }: Observations): number[] {
  return Array.from({ length: count }, (_, index) => valueAt(index + 1) ?? lowAt(index + 1));
}

interface Bucket {
  readonly lowMs: number;
  readonly highMs: number;
  /** In this one and all before it. */
  readonly countToHere: number;
}

function occupiedBuckets(histogram: JsHistogram): Bucket[] {
  // Stryker disable next-line ArrayDeclaration: what is no bucket reaches no rank
  const buckets: Bucket[] = [];
  let countToHere = 0;
  for (let index = 0; index < histogram.countsArrayLength; index += 1) {
    const count = histogram.getCountAtIndex(index);
    // Stryker disable next-line ConditionalExpression: about speed; an empty bucket is the first to reach no rank
    if (count === 0) continue;
    countToHere += count;
    const lowMicroseconds = histogram.valueFromIndex(index);
    const highMicroseconds = histogram.highestEquivalentValue(lowMicroseconds);
    buckets.push({ lowMs: lowMicroseconds / 1000, highMs: highMicroseconds / 1000, countToHere });
  }
  return buckets;
}

function bucketOf(buckets: readonly Bucket[], rank: number): Bucket {
  let below = -1;
  let known = buckets.length;
  while (known - below > 1) {
    const middle = below + Math.floor((known - below) / 2);
    if (itemAt(buckets, middle).countToHere >= rank) known = middle;
    else below = middle;
  }
  return itemAt(buckets, known);
}
