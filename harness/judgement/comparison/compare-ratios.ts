/** Compares ratios: block by block where each block has enough of both kinds, otherwise all together. */
import type { ComparedValue, Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Ratio } from '../../model/evidence.ts';
import { designEffect } from '../design-effect.ts';
import { bothSides, type Errors } from '../errors.ts';
import { itemAt } from '../item-at.ts';
import { atLeastOne } from '../judged-part.ts';
import { ratioIntervalOfMany } from '../ratio-interval.ts';
import { type ComparedQuestion, greaterIsWorse, refused, seen } from './compared-part.ts';
import { cohensH } from './effect-size.ts';
import { type EstimatedChange, estimated } from './estimated-change.ts';
import * as messages from './messages.ts';
import { negligibleOf } from './negligible.ts';
import type { MeasuredPair, MeasuredSide, PairedMeasurements } from './paired-measurements.ts';
import { pairedShift, pairsToBound } from './signed-rank.ts';

export interface RatiosQuestion {
  readonly criterion: Criterion;
  readonly negligible: Negligible;
  readonly design: 'apart' | 'in-turn';
}

/** Null where no ratios were measured. */
export function compareRatios(
  question: RatiosQuestion,
  { pairs, leftOut }: PairedMeasurements,
): ComparedQuestion | null {
  const counted = pairs.filter(isCounted);
  if (counted.length < pairs.length) return null;
  const [before, after] = [together(counted.map((pair) => pair.before)), together(counted.map((pair) => pair.after))];
  if (before.denominator === 0 || after.denominator === 0) {
    return refused(label, { reason: 'no-evidence', ...messages.noSamples() });
  }
  const [was, is] = [valueOf(before), valueOf(after)];
  const { criterion } = question;
  const tooFew = Math.min(was.samples, is.samples) < atLeastOne(criterion.minSamples);
  if (!tooFew && isAllOrNone(before) && isAllOrNone(after) && was.value === is.value) {
    const largest = Math.max(...differenceOf(before, after, bothSides(0.98)).map((end) => Math.abs(end)));
    const message = messages.equalShares({ before, after, largest });
    const answer = { outcome: 'same', worse: 'no', reason: 'equal-as-seen', negligible: null, message } as const;
    return seen({ label, before: was, after: is }, answer);
  }
  const differences = counted.map((pair) => shareOf(pair.after.measurement) - shareOf(pair.before.measurement));
  const inBlocks = question.design === 'in-turn' && counted.every(hasEnough);
  const change: EstimatedChange = {
    label,
    before: was,
    after: is,
    value: inBlocks ? pairedShift(differences, bothSides(0.5)).estimate : is.value - was.value,
    intervalAt: (errors) =>
      inBlocks ? pairedShift(differences, errors).interval : differenceOf(before, after, errors),
    negligible: negligibleOf(question, was),
    greaterIsWorse: greaterIsWorse(criterion),
    tooFew,
    effect: cohensH(before, after),
    notes: messages.pairsLeftOut(leftOut),
    needs: inBlocks
      ? { things: 'blocks', measured: counted.length, atLeast: ({ lower }) => pairsToBound(lower) }
      : {
          things: before.of.denominator,
          measured: Math.min(was.samples, is.samples),
          atLeast: () => criterion.minSamples,
        },
  };
  return estimated(change);
}

const label = 'ratio';

interface CountedPair {
  readonly before: MeasuredSide<Ratio>;
  readonly after: MeasuredSide<Ratio>;
}

function isCounted(pair: MeasuredPair): pair is CountedPair {
  return pair.before.measurement.kind === 'ratio' && pair.after.measurement.kind === 'ratio';
}

/** The counts of all blocks; between `numerator` and `atMost` where a source leaves some unclear. */
interface Counted {
  readonly numerator: number;
  readonly atMost: number;
  readonly denominator: number;
  readonly of: Ratio['of'];
  /** The design effect: observations per independent one. */
  readonly effect: number;
}

function together(sides: readonly MeasuredSide<Ratio>[]): Counted {
  const ratios = sides.map(({ measurement }) => measurement);
  const sum = (of: (ratio: Ratio) => number) => ratios.reduce((total, ratio) => total + of(ratio), 0);
  const slices = ratios.flatMap((ratio) => ratio.slices ?? []);
  return {
    numerator: sum(({ numerator }) => numerator),
    atMost: sum(({ numerator, unclear }) => unclear?.atMost ?? numerator),
    denominator: sum(({ denominator }) => denominator),
    of: itemAt(ratios, 0).of,
    effect: designEffect(slices.map(({ numerator, denominator }) => ({ hits: numerator, count: denominator }))),
  };
}

function valueOf({ numerator, denominator }: Counted): ComparedValue {
  return { statistic: 'ratio', value: numerator / denominator, unit: 'ratio', samples: denominator };
}

function isAllOrNone({ numerator, atMost, denominator }: Counted): boolean {
  return atMost === 0 || numerator === denominator;
}

function shareOf({ numerator, denominator }: Ratio): number {
  return numerator / denominator;
}

/** With fewer of either kind in a block, its share jumps instead of moving. */
const fewestOfKind = 2;

function hasEnough({ before, after }: CountedPair): boolean {
  return [before, after].every(
    ({ measurement: { numerator, denominator, unclear } }) =>
      unclear === undefined && Math.min(numerator, denominator - numerator) >= fewestOfKind,
  );
}

/** From the intervals of both ratios (MOVER; see change-between.ts). */
function differenceOf(before: Counted, after: Counted, errors: Errors): readonly [number, number] {
  const swapped = { lower: errors.upper, upper: errors.lower };
  const ends = (side: Counted, at: Errors) => {
    const of = (numerator: number) =>
      ratioIntervalOfMany({ numerator, denominator: side.denominator }, { errors: at, effect: side.effect });
    const [least, most] = [side.numerator / side.denominator, side.atMost / side.denominator];
    return { least, most, down: least - of(side.numerator)[0], up: of(side.atMost)[1] - most };
  };
  const [was, is] = [ends(before, swapped), ends(after, errors)];
  return [is.least - was.most - Math.hypot(is.down, was.up), is.most - was.least + Math.hypot(is.up, was.down)];
}
