/** What accepted runs measured, in the form in which it is drawn beside a run. */
import type { Measurement } from '../../model/evidence.ts';
import type { BaselineDistribution } from './distribution-charts.ts';
import type { BaselineTimings } from './timings-chart.ts';

/** What accepted runs measured of the same. */
export interface Baseline {
  /** The release and the run, or how many runs. */
  readonly name: string;
  readonly measurements: readonly Measurement[];
}

export function timingsOf(baseline: Baseline | null): BaselineTimings | null {
  const timings = (baseline?.measurements ?? []).filter((one) => one.kind === 'timings');
  if (baseline === null || timings.length === 0) return null;
  return { name: baseline.name, samples: timings.flatMap(({ samples }) => samples) };
}

export function distributionOf(baseline: Baseline | null): BaselineDistribution | null {
  const distributions = (baseline?.measurements ?? []).filter((one) => one.kind === 'distribution');
  if (baseline === null || distributions.length === 0) return null;
  return { name: baseline.name, histograms: distributions.map(({ histogram }) => histogram) };
}
