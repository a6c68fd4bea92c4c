/** Reading the histograms of a load, which count microseconds. */
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** Undefined where nothing was counted, or none of them can be read. */
export function sumOf(histograms: readonly string[]): Histogram | undefined {
  const [sum, ...others] = histograms.flatMap((histogram) => decoded(histogram) ?? []);
  for (const other of others) sum?.add(other);
  return sum === undefined || sum.totalCount === 0 ? undefined : sum;
}

export function millisecondsAt(histogram: Histogram, percentile: number): number {
  return histogram.getValueAtPercentile(percentile) / 1000;
}

/** A chart that cannot be drawn must not keep the report, and its verdict, from being read. */
function decoded(base64: string): Histogram | undefined {
  try {
    return decodeFromCompressedBase64(base64);
  } catch {
    return undefined;
  }
}
