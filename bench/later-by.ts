/** Evidence of the same run, had everything of one indicator come so much later. */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { observeHistogram } from '../harness/judgement/observations.ts';
import type { Distribution, Evidence, Measurement } from '../harness/model/evidence.ts';

/** The load's histograms count in microseconds. */
const PER_MS = 1000;

/** What browsers timed and what a load timed; the rest stays as it is. */
export function laterBy(one: Evidence, laterMs: number, sli: string): Evidence {
  if (one.status === 'unavailable') return one;
  return { ...one, measurements: one.measurements.map((each) => (each.sli === sli ? later(each, laterMs) : each)) };
}

/** Single values in milliseconds; none of what is no time. */
export function valuesOf(measurement: Measurement): readonly number[] {
  if (measurement.kind === 'timings') return measurement.samples.map(({ valueMs }) => valueMs);
  return measurement.kind === 'distribution' ? millisecondsIn(measurement.histogram) : [];
}

function later(measurement: Measurement, laterMs: number): Measurement {
  if (measurement.kind === 'distribution') return laterDistribution(measurement, laterMs);
  if (measurement.kind !== 'timings') return measurement;
  const samples = measurement.samples.map((sample) => ({
    ...sample,
    valueMs: sample.valueMs + laterMs,
    ...(sample.presentedMs === undefined ? {} : { presentedMs: sample.presentedMs + laterMs }),
  }));
  return { ...measurement, samples };
}

function laterDistribution(distribution: Distribution, laterMs: number): Distribution {
  const shifted = (encoded: string): string => {
    const moved = build({ numberOfSignificantValueDigits: 3 });
    for (const ms of millisecondsIn(encoded)) moved.recordValue(Math.round((ms + laterMs) * PER_MS));
    return encodeIntoCompressedBase64(moved);
  };
  const slices = distribution.slices.map((slice) => ({ ...slice, histogram: shifted(slice.histogram) }));
  return { ...distribution, histogram: shifted(distribution.histogram), slices };
}

function millisecondsIn(histogram: string): number[] {
  const observed = observeHistogram(histogram);
  return Array.from({ length: observed.count }, (_, index) => observed.valueAt(index + 1) ?? Number.NaN);
}
