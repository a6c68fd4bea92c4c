/**
 * Compares how often something was seen.
 *
 * Where few are good, by chance: given the total, each occurrence falls on a side with the probability of that side's
 * exposures (J. Przyborowski & H. Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika
 * 31 (1940) 313–323), which holds at zero as well. Where many are good, it asks whether there are enough.
 */
import type { ComparedValue, Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Occurrences } from '../../model/evidence.ts';
import type { Errors } from '../errors.ts';
import { atLeastOne } from '../judged-part.ts';
import { holds, type Interval } from '../limits.ts';
import { ratioInterval } from '../ratio-interval.ts';
import { type ComparedQuestion, greaterIsWorse, seen } from './compared-part.ts';
import { type EstimatedChange, estimated } from './estimated-change.ts';
import * as messages from './messages.ts';
import type { MeasuredPair, MeasuredSide, PairedMeasurements } from './paired-measurements.ts';

export interface OccurrencesQuestion {
  readonly criterion: Criterion;
  readonly negligible: Negligible;
}

/** Null where no occurrences were measured. */
export function compareOccurrences(
  { criterion }: OccurrencesQuestion,
  { pairs, leftOut }: PairedMeasurements,
): ComparedQuestion | null {
  const counted = pairs.filter(isCounted);
  if (counted.length < pairs.length) return null;
  const [before, after] = [together(counted.map((pair) => pair.before)), together(counted.map((pair) => pair.after))];
  const [was, is] = [valueOf(before), valueOf(after)];
  const both = { before, after };
  const values = { label, before: was, after: is };
  const tooFew = Math.min(before.exposures, after.exposures) < atLeastOne(criterion.minSamples);
  if (!greaterIsWorse(criterion) && !tooFew) return seen(values, enoughOrNot(criterion, both));
  const isEqual = was.value === is.value && before.exposures === after.exposures;
  if (!tooFew && (isEqual || was.value + is.value === 0)) {
    const message = messages.equalCounts(both);
    return seen(values, { outcome: 'same', worse: 'no', reason: 'equal-as-seen', negligible: 0, message });
  }
  if (was.value + is.value === 0 || !greaterIsWorse(criterion)) {
    const few = messages.tooFewExposures(both, atLeastOne(criterion.minSamples));
    return seen(values, { outcome: 'undecided', worse: 'open', reason: 'too-few-samples', negligible: 0, ...few });
  }
  const expected = (is.samples / was.samples) * was.value;
  const change: EstimatedChange = {
    ...values,
    value: is.value - expected,
    intervalAt: (errors) => excessOf(both, errors),
    negligible: 0,
    greaterIsWorse: true,
    tooFew,
    effect: null,
    notes: [messages.countsSeen(both), ...messages.pairsLeftOut(leftOut)],
    needs: {
      things: before.exposedTo,
      measured: Math.min(was.samples, is.samples),
      atLeast: () => atLeastOne(criterion.minSamples),
    },
  };
  return estimated(change);
}

const label = 'count';

export interface Both {
  readonly before: Occurrences;
  readonly after: Occurrences;
}

interface CountedPair {
  readonly before: MeasuredSide<Occurrences>;
  readonly after: MeasuredSide<Occurrences>;
}

function isCounted(pair: MeasuredPair): pair is CountedPair {
  return pair.before.measurement.kind === 'occurrences' && pair.after.measurement.kind === 'occurrences';
}

function together(sides: readonly MeasuredSide<Occurrences>[]): Occurrences {
  return sides
    .map(({ measurement }) => measurement)
    .reduce((all, one) => ({
      ...all,
      count: all.count + one.count,
      exposures: all.exposures + one.exposures,
      seen: [...all.seen, ...one.seen],
    }));
}

function valueOf({ count, exposures }: Occurrences): ComparedValue {
  return { statistic: 'count', value: count, unit: 'count', samples: exposures };
}

function enoughOrNot({ limit }: Criterion, { before, after }: Both) {
  const [was, is] = [holds(before.count, limit), holds(after.count, limit)];
  const message = messages.enoughOrNot({ before, after }, limit);
  if (was === is) return { outcome: 'same', worse: 'no', reason: 'equal-as-seen', negligible: null, message } as const;
  const worse = is ? 'no' : 'yes';
  return { outcome: 'different', worse, reason: 'unequal-as-seen', negligible: null, message } as const;
}

/** By how many the count exceeds that of as many exposures before, given the total of both sides. */
function excessOf({ before, after }: Both, errors: Errors): Interval {
  const all = before.count + after.count;
  const more = after.exposures / before.exposures;
  const ends = ratioInterval({ numerator: after.count, denominator: all }, errors);
  const excess = (share: number) => (1 + more) * all * share - all * more;
  return [excess(ends[0]), excess(ends[1])];
}
