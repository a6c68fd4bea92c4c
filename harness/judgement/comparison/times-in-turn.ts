/** The change of a time measured in turn: the factor between the two sides of each block. */
import { median, percentile } from '../../lib/percentile.ts';
import type { ComparedValue } from '../../model/comparison.ts';
import { bothSides } from '../errors.ts';
import { atLeastOne } from '../judged-part.ts';
import { measuredValues, observeHistogram } from '../observations.ts';
import type { Comparable } from '../pooled.ts';
import { greaterIsWorse } from './compared-part.ts';
import { cliffsDelta } from './effect-size.ts';
import type { EstimatedChange } from './estimated-change.ts';
import * as messages from './messages.ts';
import { negligibleOf } from './negligible.ts';
import { pairedShift, pairsToBound } from './signed-rank.ts';
import type { GroupQuestion, TimedPair } from './timed-pairs.ts';

interface Block {
  /** In ms, ascending; at least one on either side. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Null where no block has samples on both sides. */
export function timesInTurn(
  question: GroupQuestion,
  pairs: readonly TimedPair[],
): Omit<EstimatedChange, 'label'> | null {
  const { criterion, percentile: p, leftOut } = question;
  const blocks = pairs
    .map(({ before, after }) => ({ before: valuesOf(before.measurement), after: valuesOf(after.measurement) }))
    .filter(({ before, after }) => before.length > 0 && after.length > 0);
  if (blocks.length === 0) return null;
  const areVisits = pairs.some(({ before }) => before.measurement.kind === 'timings');
  const ofBlock = areVisits ? 50 : p;
  const sideOf = (side: keyof Block): ComparedValue => ({
    statistic: `p${ofBlock}`,
    value: median(blocks.map((block) => middleOrPercentile(block[side], ofBlock))),
    unit: 'ms',
    samples: blocks.reduce((sum, block) => sum + block[side].length, 0),
  });
  const [before, after] = [sideOf('before'), sideOf('after')];
  const factors = blocks.map((block) => logFactor(areVisits ? block : percentilesOf(block, p)));
  /** The change in ms that a factor makes of the time before. */
  const changeBy = (factor: number): number => atLeast(before.value) * Math.expm1(factor);
  const boundBy = (factor: number | null): number | null => (factor === null ? null : changeBy(factor));
  return {
    before,
    after,
    value: changeBy(pairedShift(factors, bothSides(0.5)).estimate),
    intervalAt: (errors) => {
      const [lower, upper] = pairedShift(factors, errors).interval;
      return [boundBy(lower), boundBy(upper)];
    },
    negligible: negligibleOf(question, before),
    greaterIsWorse: greaterIsWorse(criterion),
    tooFew: Math.min(before.samples, after.samples) < atLeastOne(criterion.minSamples),
    effect: cliffsDelta(blocks),
    notes: [messages.slowerBlocks(factors), ...messages.pairsLeftOut(leftOut)],
    needs: {
      things: 'blocks',
      measured: blocks.length,
      atLeast: (errors) =>
        Math.max(pairsToBound(Math.min(errors.lower, errors.upper)), samplesAsBlocks(blocks, criterion.minSamples)),
    },
  };
}

/** Shorter times are not measured, and a factor needs a time above 0. */
const LEAST_MS = 0.1;

/**
 * The natural logarithm of how many times as long a visit takes after as before: the middle of all pairs of a block, which
 * is the Hodges–Lehmann estimate of two samples (source: `signed-rank.ts`). Visits spread by factors, and whoever else is on
 * the machine makes some much slower; as the visits to both sides take turns, that comes over both. `npm run bench:comparison-errors`
 * says how often it finds what is there.
 */
function logFactor({ before, after }: Block): number {
  const log = (valueMs: number): number => Math.log(atLeast(valueMs));
  return median(after.flatMap((later) => before.map((earlier) => log(later) - log(earlier))));
}

function atLeast(valueMs: number): number {
  return Math.max(valueMs, LEAST_MS);
}

function percentilesOf({ before, after }: Block, p: number): Block {
  return { before: [middleOrPercentile(before, p)], after: [middleOrPercentile(after, p)] };
}

/** A p50 is the median, so that of two values neither is preferred. */
function middleOrPercentile(values: readonly number[], p: number): number {
  return p === 50 ? median(values) : percentile(values, p);
}

/** How many blocks like these give so many samples on either side. */
function samplesAsBlocks(blocks: readonly Block[], minSamples: number): number {
  const samples = blocks.reduce((sum, { before, after }) => sum + Math.min(before.length, after.length), 0);
  return Math.ceil((minSamples * blocks.length) / samples);
}

/** A step that was never painted counts with the time waited. */
function valuesOf(measurement: Comparable): readonly number[] {
  if (measurement.kind === 'distribution') return measuredValues(observeHistogram(measurement.histogram));
  const { samples, losses } = measurement;
  const waited = losses.filter(({ reason }) => reason === 'never-painted').map(({ waitedMs }) => waitedMs);
  return [...samples.map(({ valueMs }) => valueMs), ...waited].sort((a, b) => a - b);
}
