/** How a load's latencies went over time, a point for each of its slices. */
import type { Distribution } from '../../model/evidence.ts';
import { millisecondsAt, sumOf } from './histograms.ts';

/** Points per line; a longer run is summed up in slices of several seconds. */
export const mostPoints = 120;

export interface Slice {
  readonly second: number;
  readonly medianMs: number;
  readonly quantileMs: number;
}

/** Two thousand histograms take a second to open, and a load is drawn both in its finding and among the loads. */
const opened = new WeakMap<Distribution, Map<number, readonly Slice[]>>();

export function slicesOf(distribution: Distribution, percentile: number): readonly Slice[] {
  const byPercentile = opened.get(distribution) ?? new Map<number, readonly Slice[]>();
  opened.set(distribution, byPercentile);
  const slices = byPercentile.get(percentile) ?? openSlices(distribution, percentile);
  byPercentile.set(percentile, slices);
  return slices;
}

function openSlices({ slices }: Distribution, percentile: number): readonly Slice[] {
  const each = Math.ceil(slices.length / mostPoints);
  return Array.from({ length: Math.ceil(slices.length / Math.max(1, each)) }, (_, index) => {
    const together = slices.slice(index * each, (index + 1) * each);
    const sum = sumOf(together.map(({ histogram }) => histogram));
    if (sum === undefined) return [];
    return {
      second: together[0]?.second ?? 0,
      medianMs: millisecondsAt(sum, 50),
      quantileMs: millisecondsAt(sum, percentile),
    };
  }).flat();
}
