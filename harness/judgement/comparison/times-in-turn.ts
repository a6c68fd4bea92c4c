/** The change of a time that was measured in turn: the shift between the two sides of each block. */
import type { ComparedValue } from '../../comparison-model.ts';
import { bothSides } from '../errors.ts';
import { atLeastOne } from '../judged-part.ts';
import { measuredValues, observeHistogram } from '../observations.ts';
import type { Comparable } from '../pooled.ts';
import type { GroupAsked, TimedPair } from './compare-times.ts';
import { greaterIsWorse } from './compared-part.ts';
import { cliffsDelta } from './effect-size.ts';
import type { EstimatedChange } from './estimated-change.ts';
import * as messages from './messages.ts';
import { medianOf, percentileOf } from './nearest-rank.ts';
import { negligibleOf } from './negligible.ts';
import { pairedShift, pairsToBound } from './signed-rank.ts';

/**
 * Whatever else runs on the machine makes visits slower and none faster, and in bursts: the slow ones of a block tell of the
 * machine, the lower quartile of the application. It moves as the whole does, on both sides alike. `npm run bench:compare`
 * has what the median would find instead.
 */
const quietQuartile = 25;

/** Null where no block has samples on both sides. */
export function timesInTurn(asked: GroupAsked, pairs: readonly TimedPair[]): Omit<EstimatedChange, 'label'> | null {
  const { criterion, percentile, leftOut } = asked;
  const blocks = pairs
    .map(({ before, after }) => ({ before: valuesOf(before.measurement), after: valuesOf(after.measurement) }))
    .filter(({ before, after }) => before.length > 0 && after.length > 0);
  if (blocks.length === 0) return null;
  const ofBlock = pairs.some(({ before }) => before.measurement.kind === 'timings') ? quietQuartile : percentile;
  const sides = blocks.map(({ before, after }) => ({
    before: percentileOf(before, ofBlock),
    after: percentileOf(after, ofBlock),
  }));
  const sideOf = (side: 'before' | 'after'): ComparedValue => ({
    statistic: `p${ofBlock}`,
    value: medianOf(sides.map((block) => block[side])),
    unit: 'ms',
    samples: blocks.reduce((sum, block) => sum + block[side].length, 0),
  });
  const [before, after] = [sideOf('before'), sideOf('after')];
  const differences = sides.map((block) => block.after - block.before);
  const middle = bothSides(0.5);
  return {
    before,
    after,
    value: pairedShift(differences, middle).estimate,
    intervalAt: (errors) => pairedShift(differences, errors).interval,
    negligible: negligibleOf(asked, before),
    greaterIsWorse: greaterIsWorse(criterion),
    tooFew: Math.min(before.samples, after.samples) < atLeastOne(criterion.minSamples),
    effect: cliffsDelta(blocks),
    notes: [messages.slowerBlocks(differences), ...messages.pairsLeftOut(leftOut)],
    needs: {
      things: 'blocks',
      measured: blocks.length,
      atLeast: (errors) =>
        Math.max(pairsToBound(Math.min(errors.lower, errors.upper)), samplesAsBlocks(blocks, criterion.minSamples)),
    },
  };
}

/** So many blocks like these have so many samples on either side. */
function samplesAsBlocks(
  blocks: readonly { readonly before: readonly number[]; readonly after: readonly number[] }[],
  minSamples: number,
): number {
  const samples = blocks.reduce((sum, { before, after }) => sum + Math.min(before.length, after.length), 0);
  return Math.ceil((minSamples * blocks.length) / samples);
}

/** What was never painted took at least as long as it was waited for. */
function valuesOf(measurement: Comparable): readonly number[] {
  if (measurement.kind === 'distribution') return measuredValues(observeHistogram(measurement.histogram));
  const { samples, losses } = measurement;
  const waited = losses.filter(({ reason }) => reason === 'never-painted').map(({ waitedMs }) => waitedMs);
  return [...samples.map(({ valueMs }) => valueMs), ...waited].sort((a, b) => a - b);
}
