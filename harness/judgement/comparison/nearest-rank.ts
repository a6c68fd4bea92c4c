/** Middles and percentiles of plain values. */
import { entry } from '../get-or-create.ts';

/** Of at least one value: the middle one, or halfway between the two middle ones. */
export function medianOf(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = (ascending.length - 1) / 2;
  return (entry(ascending, Math.floor(middle)) + entry(ascending, Math.ceil(middle))) / 2;
}

/** Of at least one value, in ascending order: by nearest rank, and the middle as `medianOf` has it. */
export function percentileOf(ascending: readonly number[], percentile: number): number {
  if (percentile === 50) return medianOf(ascending);
  return entry(ascending, Math.max(0, Math.ceil((percentile * ascending.length) / 100 - 1e-9) - 1));
}
