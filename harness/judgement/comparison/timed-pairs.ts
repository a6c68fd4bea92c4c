/** Pairs of times, and the question about them. */
import type { Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Measured } from '../pooled.ts';
import type { MeasuredPair } from './paired-measurements.ts';

export interface TimesQuestion {
  readonly criterion: Criterion;
  readonly percentile: number;
  readonly negligible: Negligible;
  readonly design: 'apart' | 'in-turn';
}

/** The times of both sides. */
export interface TimedPair {
  readonly before: Measured;
  readonly after: Measured;
}

export interface GroupQuestion extends TimesQuestion {
  readonly leftOut: readonly string[];
}

export function isTimed(pair: MeasuredPair): pair is TimedPair {
  return [pair.before, pair.after].every(({ measurement: { kind } }) => kind === 'timings' || kind === 'distribution');
}

/** Keeps the samples of one group; all of them for null. */
export function ofGroup(group: string | null): (pair: TimedPair) => TimedPair {
  const only = <One extends { readonly group?: string }>(all: readonly One[]) =>
    all.filter((one) => one.group === group);
  const chosen = ({ measurement, noise }: Measured): Measured => {
    if (group === null || measurement.kind !== 'timings') return { measurement, noise };
    return {
      measurement: { ...measurement, samples: only(measurement.samples), losses: only(measurement.losses) },
      noise,
    };
  };
  return ({ before, after }) => ({ before: chosen(before), after: chosen(after) });
}
