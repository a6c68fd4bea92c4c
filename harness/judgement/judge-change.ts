/** Judges by how much a percentile differs from that of accepted runs. */
import type { BaselineRun } from '../model/baseline.ts';
import type { Loss, Measurement } from '../model/evidence.ts';
import { changeBetween, type PercentileChange } from './change-between.ts';
import { confidenceOf } from './errors.ts';
import * as messages from './estimate-messages.ts';
import { judgeEstimate, type Undecided } from './judge-estimate.ts';
import type { PercentileQuestion } from './judge-quantile.ts';
import { withLosses } from './judge-timings.ts';
import { atLeastOne, type Estimate, type JudgedPart } from './judged-part.ts';
import { type Interval, sideOf } from './limits.ts';
import { type Comparable, type Measured, pooled } from './pooled.ts';
import { samplesToBound } from './quantile-interval.ts';

export interface ChangeQuestion extends PercentileQuestion {
  readonly baseline: readonly [BaselineRun, ...BaselineRun[]];
}

/** Null where the baseline has no measurement of this kind to compare with. */
export function judgeChange(question: ChangeQuestion, measurement: Comparable): JudgedPart | null {
  const { criterion, baseline, percentile, errors } = question;
  const isAlike = (one: Measurement): one is Comparable => one.sli === criterion.sli && one.kind === measurement.kind;
  const accepted = baseline.flatMap(({ measurements, machineNoise }): Measured[] =>
    measurements.filter(isAlike).map((one) => ({ measurement: one, noise: machineNoise })),
  );
  const [first] = accepted;
  if (first === undefined) return null;
  const [after, earlier] = [pooled([{ measurement, noise: question.noise }]), pooled(accepted)];
  const label = `change of p${percentile}`;
  if (after.observations.count === 0 || earlier.observations.count === 0) {
    const explanation = messages.nothingMeasured(atLeastOne(criterion.minSamples), 'samples');
    return {
      label,
      nature: 'sampled',
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      limit: criterion.limit,
      ...explanation,
    };
  }
  const change = changeBetween(
    { before: earlier, now: after },
    {
      percentile,
      errors,
      toleranceMs: (beforeMs) =>
        criterion.limit.unit === 'ratio' ? criterion.limit.value * beforeMs : criterion.limit.value,
    },
  );
  const attempts = { ...lossesOf(measurement), samples: { length: change.now.samples } };
  return {
    label,
    ...withLosses(
      attempts,
      answerOf(question, { ...change, runs: baseline.filter(({ measurements }) => measurements.some(isAlike)) }),
    ),
  };
}

/** Losses that say nothing about the time; a step that was never painted counts as longer than the wait. */
function lossesOf(measurement: Comparable): { readonly overdue: readonly Loss[]; readonly lost: readonly Loss[] } {
  const losses = measurement.kind === 'timings' ? measurement.losses : [];
  return { overdue: [], lost: losses.filter(({ reason }) => reason !== 'never-painted') };
}

type ChangeFrom = PercentileChange & { readonly runs: readonly BaselineRun[] };

function answerOf(question: ChangeQuestion, change: ChangeFrom) {
  const { criterion, percentile, errors, baseline } = question;
  const { limit, minSamples } = criterion;
  const { now, before, differenceMs, instrumentMs, noiseMs, chance, widened, runs } = change;
  const perMs = limit.unit === 'ratio' ? 1 / Math.max(before.valueMs, shortestMs) : 1;
  const scaled = ([lower, upper]: Interval): Interval => [
    lower === null ? null : lower * perMs,
    upper === null ? null : upper * perMs,
  ];
  const estimate: Estimate = {
    statistic: `change of p${percentile}`,
    value: differenceMs * perMs,
    unit: limit.unit,
    interval: scaled(widened(noiseMs)),
    confidence: confidenceOf(errors),
    samples: now.samples,
    compared: { beforeMs: before.valueMs, nowMs: now.valueMs, runs: runs.map(({ id }) => id) },
  };
  const lead = messages.changeLead(estimate, { percentile, now, before, baseline });
  const asked = Math.max(atLeastOne(minSamples), samplesToBound({ percentile, errors }, 'upper'));
  const fewest = Math.min(now.samples, before.samples);
  const tooFew = (): Undecided => ({
    reason: 'too-few-samples',
    ...messages.tooFew({ lead, more: asked - fewest, needed: asked, things: now.things }),
  });
  const detects = () => {
    const [lowest] = estimate.interval;
    if (lowest === null) return null;
    return messages.detectsQuantile(estimate.statistic, estimate.value + limit.value - lowest, limit);
  };
  const undecided = (): Undecided => {
    const alone = sideOf(scaled(chance), limit);
    const stated = { lead, estimate, limit };
    if (alone === 'across') {
      if (fewest < asked) return tooFew();
      return { reason: 'interval-spans-limit', ...messages.changeSpansLimit(stated) };
    }
    if (sideOf(scaled(widened({ up: 0, down: 0 })), limit) === 'across') {
      return { reason: 'too-close-to-limit', ...messages.tooClose(stated, alone, instrumentMs) };
    }
    return {
      reason: 'within-noise-floor',
      ...messages.withinNoiseFloor(stated, alone, alone === 'within' ? noiseMs.up : noiseMs.down),
    };
  };
  const isEnough = fewest >= atLeastOne(minSamples);
  const answer = judgeEstimate({ lead, estimate, limit, isEnough, detects, tooFew, undecided });
  if (!isEnough && answer.outcome === 'inconclusive') return answer;
  return { ...answer, message: messages.withDirectionNoted(answer.message, estimate.interval) };
}

/** Below this a share of a time has no meaning. */
const shortestMs = 0.001;
