/** Resamples a run's evidence with replacement: what another run of the same target might have measured. */
import { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import {
  calibration,
  type Distribution,
  type Evidence,
  type Measurement,
  type Ratio,
  type Timings,
} from '../harness/model/evidence.ts';
import type { Random } from './random.ts';

/** Neighbouring seconds are drawn together, which preserves their correlation. */
const BLOCK_SECONDS = 5;

/** The calibration of the machine stays as it is. */
export function resample(one: Evidence, random: Random): Evidence {
  return one.status === 'unavailable' || one.probe === calibration.probe
    ? one
    : { ...one, measurements: one.measurements.map((measurement) => resampleMeasurement(measurement, random)) };
}

function resampleMeasurement(measurement: Measurement, random: Random): Measurement {
  switch (measurement.kind) {
    case 'timings':
      return resampleTimings(measurement, random);
    case 'distribution':
      return resampleDistribution(measurement, random);
    case 'ratio':
      return resampleRatio(measurement, random);
    // Exact observations: there is nothing to draw.
    case 'occurrences':
    case 'checks':
    case 'growth':
      return measurement;
  }
}

/** Each group keeps its number of samples. */
function resampleTimings(timings: Timings, random: Random): Timings {
  const groups = Map.groupBy(timings.samples, ({ group }) => group);
  return { ...timings, samples: [...groups.values()].flatMap((samples) => samples.map(() => oneOf(samples, random))) };
}

function resampleDistribution(distribution: Distribution, random: Random): Distribution {
  const slices = resampleSeconds(distribution.slices, random);
  const [first, ...others] = slices.map(({ histogram }) => decodeFromCompressedBase64(histogram));
  if (first === undefined) return distribution;
  for (const other of others) first.add(other);
  return { ...distribution, histogram: encodeIntoCompressedBase64(first), count: first.totalCount, slices };
}

function resampleRatio(ratio: Ratio, random: Random): Ratio {
  const slices = resampleSeconds(ratio.slices ?? [], random);
  const sum = (of: 'numerator' | 'denominator'): number => slices.reduce((total, slice) => total + slice[of], 0);
  return slices.length === 0
    ? ratio
    : { ...ratio, slices, numerator: sum('numerator'), denominator: sum('denominator') };
}

function resampleSeconds<Slice extends { readonly second: number }>(slices: readonly Slice[], random: Random): Slice[] {
  const drawn: Slice[] = [];
  while (drawn.length < slices.length) {
    const from = Math.floor(random() * Math.max(1, slices.length - BLOCK_SECONDS + 1));
    drawn.push(...slices.slice(from, from + Math.min(BLOCK_SECONDS, slices.length - drawn.length)));
  }
  return drawn.map((slice, second) => ({ ...slice, second }));
}

function oneOf<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to draw from');
  return item;
}
