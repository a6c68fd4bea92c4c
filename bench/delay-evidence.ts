/** Evidence of the same run with all times of one indicator delayed. */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { observeHistogram } from '../harness/judgement/observations.ts';
import type { Distribution, Evidence, Measurement } from '../harness/model/evidence.ts';

/** The load's histograms count in microseconds. */
const PER_MS = 1000;

/** Delays timings and distributions of the indicator; other measurements stay as they are. */
export function delayed(one: Evidence, delayMs: number, sli: string): Evidence {
  if (one.status === 'unavailable') return one;
  return {
    ...one,
    measurements: one.measurements.map((each) => (each.sli === sli ? delayedMeasurement(each, delayMs) : each)),
  };
}

/** The single values in milliseconds; none for measurements that are no times. */
export function valuesOf(measurement: Measurement): readonly number[] {
  if (measurement.kind === 'timings') return measurement.samples.map(({ valueMs }) => valueMs);
  return measurement.kind === 'distribution' ? millisecondsIn(measurement.histogram) : [];
}

function delayedMeasurement(measurement: Measurement, delayMs: number): Measurement {
  if (measurement.kind === 'distribution') return delayedDistribution(measurement, delayMs);
  if (measurement.kind !== 'timings') return measurement;
  const samples = measurement.samples.map((sample) => ({
    ...sample,
    valueMs: sample.valueMs + delayMs,
    ...(sample.presentedMs === undefined ? {} : { presentedMs: sample.presentedMs + delayMs }),
  }));
  return { ...measurement, samples };
}

function delayedDistribution(distribution: Distribution, delayMs: number): Distribution {
  const shifted = (encoded: string): string => {
    const moved = build({ numberOfSignificantValueDigits: 3 });
    for (const ms of millisecondsIn(encoded)) moved.recordValue(Math.round((ms + delayMs) * PER_MS));
    return encodeIntoCompressedBase64(moved);
  };
  const slices = distribution.slices.map((slice) => ({ ...slice, histogram: shifted(slice.histogram) }));
  return { ...distribution, histogram: shifted(distribution.histogram), slices };
}

function millisecondsIn(histogram: string): number[] {
  const observed = observeHistogram(histogram);
  return Array.from({ length: observed.count }, (_, index) => observed.valueAt(index + 1) ?? Number.NaN);
}
