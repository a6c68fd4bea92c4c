/** A run's evidence once more, its samples drawn again with replacement: as another run of the same target might have been. */
import { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import {
  calibration,
  type Distribution,
  type Evidence,
  type Measurement,
  type Ratio,
  type Timings,
} from '../harness/model/evidence.ts';

/** Neighbouring seconds are drawn together, so that what they have in common stays. */
const BLOCK_SECONDS = 5;

/** Numbers from 0 to 1. */
export type Random = () => number;

/** The machine is the same one each time. */
export function drawnAgain(one: Evidence, random: Random): Evidence {
  return one.status === 'unavailable' || one.probe === calibration.probe
    ? one
    : { ...one, measurements: one.measurements.map((measurement) => measuredAgain(measurement, random)) };
}

function measuredAgain(measurement: Measurement, random: Random): Measurement {
  switch (measurement.kind) {
    case 'timings':
      return timingsAgain(measurement, random);
    case 'distribution':
      return distributionAgain(measurement, random);
    case 'ratio':
      return ratioAgain(measurement, random);
    // Seen is seen: there is nothing to draw.
    case 'occurrences':
    case 'checks':
    case 'growth':
      return measurement;
  }
}

/** Each group as often as it was. */
function timingsAgain(timings: Timings, random: Random): Timings {
  const groups = Map.groupBy(timings.samples, ({ group }) => group);
  return { ...timings, samples: [...groups.values()].flatMap((samples) => samples.map(() => oneOf(samples, random))) };
}

function distributionAgain(distribution: Distribution, random: Random): Distribution {
  const slices = secondsAgain(distribution.slices, random);
  const [first, ...others] = slices.map(({ histogram }) => decodeFromCompressedBase64(histogram));
  if (first === undefined) return distribution;
  for (const other of others) first.add(other);
  return { ...distribution, histogram: encodeIntoCompressedBase64(first), count: first.totalCount, slices };
}

function ratioAgain(ratio: Ratio, random: Random): Ratio {
  const slices = secondsAgain(ratio.slices ?? [], random);
  const sum = (of: 'numerator' | 'denominator'): number => slices.reduce((total, slice) => total + slice[of], 0);
  return slices.length === 0
    ? ratio
    : { ...ratio, slices, numerator: sum('numerator'), denominator: sum('denominator') };
}

function secondsAgain<Slice extends { readonly second: number }>(slices: readonly Slice[], random: Random): Slice[] {
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
