/** The change of a time between two saved runs: of the criterion's percentile, with the noise of both machines. */
import type { ComparedValue } from '../../model/comparison.ts';
import { changeBetween } from '../change-between.ts';
import { bothSides } from '../errors.ts';
import { atLeastOne } from '../judged-part.ts';
import { measuredValues } from '../observations.ts';
import { pooled } from '../pooled.ts';
import { samplesToBound } from '../quantile-interval.ts';
import { greaterIsWorse } from './compared-part.ts';
import { cliffsDelta } from './effect-size.ts';
import type { EstimatedChange } from './estimated-change.ts';
import * as messages from './messages.ts';
import { negligibleOf } from './negligible.ts';
import type { GroupQuestion, TimedPair } from './timed-pairs.ts';

/** Null where a side has no samples. */
export function timesApart(
  question: GroupQuestion,
  pairs: readonly TimedPair[],
): Omit<EstimatedChange, 'label'> | null {
  const { criterion, percentile } = question;
  const [earlier, now] = [pooled(pairs.map(({ before }) => before)), pooled(pairs.map(({ after }) => after))];
  if (earlier.observations.count === 0 || now.observations.count === 0) return null;
  const change = (errors = bothSides(0.5)) =>
    changeBetween({ before: earlier, now }, { percentile, errors, toleranceMs: () => 0 });
  const { before: was, now: is, differenceMs, noiseMs } = change();
  const valueOf = ({ valueMs, samples }: typeof was): ComparedValue => ({
    statistic: `p${percentile}`,
    value: valueMs,
    unit: 'ms',
    samples,
  });
  const [before, after] = [valueOf(was), valueOf(is)];
  return {
    before,
    after,
    value: differenceMs,
    intervalAt: (errors) => change(errors).widened(noiseMs),
    negligible: negligibleOf(question, before),
    greaterIsWorse: greaterIsWorse(criterion),
    tooFew: Math.min(before.samples, after.samples) < atLeastOne(criterion.minSamples),
    effect: cliffsDelta([{ before: measuredValues(earlier.observations), after: measuredValues(now.observations) }]),
    notes: [messages.noiseOf(noiseMs)],
    needs: {
      things: was.things,
      measured: Math.min(before.samples, after.samples),
      atLeast: (errors) =>
        Math.max(
          criterion.minSamples,
          ...(['lower', 'upper'] as const).map((side) => samplesToBound({ percentile, errors }, side)),
        ),
    },
  };
}
