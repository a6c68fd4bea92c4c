/** Pools several measurements of one SLI for a comparison. */
import type { Distribution, MachineNoise, Timings } from '../model/evidence.ts';
import { itemAt } from './item-at.ts';
import { dependenceAt } from './judge-distribution.ts';
import { timedBeside, withoutDisturbance } from './judge-timings.ts';
import { slowdownOf } from './machine-noise.ts';
import { type Observations, observeHistograms, observeValues } from './observations.ts';

export type Comparable = Timings | Distribution;

/** One measurement of an SLI, and what is known of the machine that made it. */
export interface Measured<M extends Comparable = Comparable> {
  readonly measurement: M;
  readonly noise: MachineNoise;
}

export interface Pooled {
  readonly observations: Observations;
  readonly uncertaintyMs: number;
  readonly noise: MachineNoise;
  readonly kind: Comparable['kind'];
  readonly dependenceAt: (valueMs: number) => number;
}

/** Of one SLI, and all of one kind; at least one. */
export function pooled(measured: readonly Measured[]): Pooled {
  const timings = measured.filter((one): one is Measured<Timings> => one.measurement.kind === 'timings');
  const loads = measured.filter((one): one is Measured<Distribution> => one.measurement.kind === 'distribution');
  const common = {
    uncertaintyMs: Math.max(...measured.map(({ measurement }) => measurement.uncertaintyMs)),
    noise: usualNoise(measured.map(({ noise }) => noise)),
  };
  if (timings.length > 0) {
    const values = timings.flatMap(({ measurement, noise }) => timedBeside(measurement.samples, noise));
    const waited = timings
      .flatMap(({ measurement }) => measurement.losses)
      .filter(({ reason }) => reason === 'never-painted')
      .map(({ waitedMs }) => waitedMs);
    // Both sides of a comparison have the compositor's delay, so the page's own frames are compared.
    const bounded = values.map((value) => ({
      lowMs: withoutDisturbance(value),
      valueMs: value.valueMs,
      highMs: value.valueMs,
    }));
    return { ...common, kind: 'timings', observations: observeValues(bounded, waited), dependenceAt: () => 1 };
  }
  const observed = observeHistograms(loads.map(({ measurement }) => measurement.histogram));
  const slowdown = Math.max(...loads.map(({ measurement, noise }) => slowdownOf(measurement, noise)));
  const slices = loads.flatMap(({ measurement }) => measurement.slices);
  return {
    ...common,
    kind: 'distribution',
    observations: { ...observed, lowAt: (rank) => observed.lowAt(rank) / slowdown },
    dependenceAt: (valueMs) => dependenceAt(valueMs, { slices }),
  };
}

/**
 * The median noise of the runs, the greater one of two: pooled runs are not as far off as the worst night. A run whose machine
 * noise is unknown is inconclusive by itself, and never accepted as a baseline.
 */
function usualNoise(noises: readonly MachineNoise[]): MachineNoise {
  const middle = (of: (noise: MachineNoise) => number | null): number => {
    const ascending = noises.map((noise) => of(noise) ?? 0).sort((one, other) => one - other);
    return itemAt(ascending, Math.floor(ascending.length / 2));
  };
  return {
    calibratedAt: null,
    timingsRatio: middle(({ timingsRatio }) => timingsRatio),
    loadsMs: middle(({ loadsMs }) => loadsMs),
    referenceMs: null,
  };
}
