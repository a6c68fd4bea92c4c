/** Finds runs that are far from those around them. Pure. */
import { median } from '../../lib/percentile.ts';

/**
 * Farther off than this many standard deviations, a run is an outlier. At 4, one run in 16,000 is an outlier by
 * chance; at 3 the false changes in plain noise doubled, because the scatter is then estimated too small.
 */
export const outlierDeviations = 4;

/** Makes a median absolute deviation, and a mean one, the standard deviation of a normal distribution. */
const perMedianDeviation = 1.4826;
const perMeanDeviation = 1.2533;

/**
 * The standard deviation, from absolute deviations that may be of outliers: their median, or their mean where more than half
 * are nothing (B. Iglewicz & D. Hoaglin, How to Detect and Handle Outliers, 1993).
 */
export function scatterOf(deviations: readonly number[]): number {
  return perMedianDeviation * median(deviations) || perMeanDeviation * mean(deviations);
}

/**
 * The values, with those that belong neither to the `reach` runs before them nor to the `reach` after them replaced by the
 * median of both. The first run at a new level belongs to those after it.
 */
export function withoutStrays(values: readonly number[], reach: number): number[] {
  const around = values.map((value, index) => {
    const before = values.slice(Math.max(0, index - reach), index);
    const after = values.slice(index + 1, index + 1 + reach);
    const middle = median([...before, value, ...after]);
    const nearest = Math.min(
      ...[before, after].filter((side) => side.length > 0).map((side) => Math.abs(value - median(side))),
    );
    return { value, middle, nearest };
  });
  const most = outlierDeviations * scatterOf(around.map(({ value, middle }) => Math.abs(value - middle)));
  return around.map(({ value, middle, nearest }) => (nearest > most ? middle : value));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
