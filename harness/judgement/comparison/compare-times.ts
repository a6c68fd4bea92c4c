/** Compares times: pair by pair where they were measured in turn, otherwise percentile with percentile. */
import type { Loss, Timings } from '../../model/evidence.ts';
import { toleratedLossRatio } from '../judge-timings.ts';
import type { Comparable } from '../pooled.ts';
import { type ComparedQuestion, refused } from './compared-part.ts';
import { type EstimatedChange, estimated } from './estimated-change.ts';
import * as messages from './messages.ts';
import type { PairedMeasurements } from './paired-measurements.ts';
import { type GroupQuestion, isTimed, ofGroup, type TimedPair, type TimesQuestion } from './timed-pairs.ts';
import { timesApart } from './times-apart.ts';
import { timesInTurn } from './times-in-turn.ts';

/** One question for each group, or one for all. Null where no times were measured. */
export function compareTimes(
  question: TimesQuestion,
  { pairs, leftOut }: PairedMeasurements,
): ComparedQuestion[] | null {
  const timed = pairs.filter(isTimed);
  if (timed.length < pairs.length) return null;
  const { groups } = question.criterion;
  return (groups.length === 0 ? [null] : groups).map((group) =>
    compareGroup(
      { ...question, leftOut },
      { label: group ?? `p${question.percentile}`, pairs: timed.map(ofGroup(group)) },
    ),
  );
}

interface Group {
  readonly label: string;
  readonly pairs: readonly TimedPair[];
}

function compareGroup(question: GroupQuestion, { label, pairs }: Group): ComparedQuestion {
  const lost = (['before', 'after'] as const).find((side) => tooManyLost(pairs.map((pair) => pair[side].measurement)));
  if (lost !== undefined) {
    return refused(label, { reason: 'evidence-doubted', ...messages.tooManyLost(lost) });
  }
  const change = question.design === 'in-turn' ? timesInTurn(question, pairs) : timesApart(question, pairs);
  if (change === null) return refused(label, { reason: 'no-evidence', ...messages.noSamples() });
  return estimated({ ...change, label } satisfies EstimatedChange);
}

/** A step that was never painted counts as longer than the wait; other losses may leave only the fast samples. */
function tooManyLost(measurements: readonly Comparable[]): boolean {
  const timings = measurements.filter((one): one is Timings => one.kind === 'timings');
  const attempts = timings.flatMap(({ samples, losses }) => [...samples, ...losses]).length;
  const lost = timings.flatMap(({ losses }) => losses.filter(isSilent)).length;
  return lost > toleratedLossRatio * attempts;
}

function isSilent({ reason }: Loss): boolean {
  return reason !== 'never-painted';
}
