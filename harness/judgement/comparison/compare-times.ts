/** Compares times: pair by pair where they were taken in turn, otherwise percentile with percentile. */
import type { Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Loss, Timings } from '../../model/evidence.ts';
import { toleratedLossRatio } from '../judge-timings.ts';
import type { Comparable, Measured } from '../pooled.ts';
import { type ComparedQuestion, refused } from './compared-part.ts';
import { type EstimatedChange, estimated } from './estimated-change.ts';
import * as messages from './messages.ts';
import type { Gathered, MeasuredPair } from './paired-measurements.ts';
import { timesApart } from './times-apart.ts';
import { timesInTurn } from './times-in-turn.ts';

export interface TimesAsked {
  readonly criterion: Criterion;
  readonly percentile: number;
  readonly negligible: Negligible;
  readonly design: 'apart' | 'in-turn';
}

/** What both sides took, pair by pair. */
export interface TimedPair {
  readonly before: Measured;
  readonly after: Measured;
}

/** One question for each group, or one for all. Null where what was measured are no times. */
export function compareTimes(asked: TimesAsked, { pairs, leftOut }: Gathered): ComparedQuestion[] | null {
  const timed = pairs.filter(isTimed);
  if (timed.length < pairs.length) return null;
  const { groups } = asked.criterion;
  return (groups.length === 0 ? [null] : groups).map((group) =>
    compareGroup({ ...asked, leftOut }, { label: group ?? `p${asked.percentile}`, pairs: timed.map(ofGroup(group)) }),
  );
}

function isTimed(pair: MeasuredPair): pair is TimedPair {
  return [pair.before, pair.after].every(({ measurement: { kind } }) => kind === 'timings' || kind === 'distribution');
}

/** All samples where no group is asked for. */
function ofGroup(group: string | null): (pair: TimedPair) => TimedPair {
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

interface Group {
  readonly label: string;
  readonly pairs: readonly TimedPair[];
}

export interface GroupAsked extends TimesAsked {
  readonly leftOut: readonly string[];
}

function compareGroup(asked: GroupAsked, { label, pairs }: Group): ComparedQuestion {
  const lost = (['before', 'after'] as const).find((side) => tooManyLost(pairs.map((pair) => pair[side].measurement)));
  if (lost !== undefined) {
    return refused(label, { reason: 'evidence-doubted', ...messages.tooManyLost(lost) });
  }
  const change = asked.design === 'in-turn' ? timesInTurn(asked, pairs) : timesApart(asked, pairs);
  if (change === null) return refused(label, { reason: 'no-evidence', ...messages.noSamples() });
  return estimated({ ...change, label } satisfies EstimatedChange);
}

/** Those that never came are longer than they were waited for; the others say nothing, and leave perhaps the lucky ones. */
function tooManyLost(measurements: readonly Comparable[]): boolean {
  const timings = measurements.filter((one): one is Timings => one.kind === 'timings');
  const attempts = timings.flatMap(({ samples, losses }) => [...samples, ...losses]).length;
  const lost = timings.flatMap(({ losses }) => losses.filter(isSilent)).length;
  return lost > toleratedLossRatio * attempts;
}

function isSilent({ reason }: Loss): boolean {
  return reason !== 'never-painted';
}
