/** Judges by how much a percentile differs from that of accepted runs. */
import type { BaselineRun } from '../model/baseline.ts';
import type { Limit } from '../model/criterion.ts';
import type { Loss, Measurement } from '../model/evidence.ts';
import { changeBetween, type PercentileChange } from './change-between.ts';
import { confidenceOf } from './errors.ts';
import * as messages from './estimate-messages.ts';
import { judgeEstimate, type Undecided } from './judge-estimate.ts';
import type { PercentileQuestion } from './judge-quantile.ts';
import { withLosses } from './judge-timings.ts';
import { type Answer, atLeastOne, type Estimate, type JudgedPart } from './judged-part.ts';
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

function answerOf(question: ChangeQuestion, change: ChangeFrom): Answer {
  const { percentile, errors, baseline } = question;
  const { limit, minSamples } = question.criterion;
  const { now, before } = change;
  const estimate = estimateOf(question, change);
  const lead = messages.changeLead(estimate, { percentile, now, before, baseline });
  const stated = { lead, estimate, limit };
  const needed = Math.max(atLeastOne(minSamples), samplesToBound({ percentile, errors }, 'upper'));
  const fewest = Math.min(now.samples, before.samples);
  const tooFew = (): Undecided => ({
    reason: 'too-few-samples',
    ...messages.tooFew({ lead, more: needed - fewest, needed, things: now.things }),
  });
  const spansLimit = (): Undecided => ({ reason: 'interval-spans-limit', ...messages.changeSpansLimit(stated) });
  const undecided = () => tooNear(stated, change) ?? (fewest < needed ? tooFew() : spansLimit());
  const isEnough = fewest >= atLeastOne(minSamples);
  const answer = judgeEstimate({ ...stated, isEnough, detects: () => detectsOf(stated), tooFew, undecided });
  if (!isEnough && answer.outcome === 'inconclusive') return answer;
  return { ...answer, message: messages.withDirectionNoted(answer.message, estimate.interval) };
}

function estimateOf({ criterion: { limit }, percentile, errors }: ChangeQuestion, change: ChangeFrom): Estimate {
  const { now, before, differenceMs, noiseMs, widened, runs } = change;
  return {
    statistic: `change of p${percentile}`,
    value: differenceMs * unitsPerMs(limit, before),
    unit: limit.unit,
    interval: inUnitOf(limit, before, widened(noiseMs)),
    confidence: confidenceOf(errors),
    samples: now.samples,
    compared: { beforeMs: before.valueMs, nowMs: now.valueMs, runs: runs.map(({ id }) => id) },
  };
}

/** A limit on a change is in ms, or a share of the baseline's percentile. */
function unitsPerMs({ unit }: Limit, { valueMs }: ChangeFrom['before']): number {
  return unit === 'ratio' ? 1 / Math.max(valueMs, shortestMs) : 1;
}

function inUnitOf(limit: Limit, before: ChangeFrom['before'], [lower, upper]: Interval): Interval {
  const perMs = unitsPerMs(limit, before);
  return [lower === null ? null : lower * perMs, upper === null ? null : upper * perMs];
}

/** The samples decide, but the instrument or the machine is not that exact; null where the samples do not decide. */
function tooNear(stated: messages.Stated, { chance, widened, before, noiseMs, instrumentMs }: ChangeFrom) {
  const { limit } = stated;
  const sideOfChange = (interval: Interval) => sideOf(inUnitOf(limit, before, interval), limit);
  const alone = sideOfChange(chance);
  if (alone === 'across') return null;
  if (sideOfChange(widened({ up: 0, down: 0 })) === 'across') {
    return { reason: 'too-close-to-limit', ...messages.tooClose(stated, alone, instrumentMs) } as const;
  }
  const apartMs = alone === 'within' ? noiseMs.up : noiseMs.down;
  return { reason: 'within-noise-floor', ...messages.withinNoiseFloor(stated, alone, apartMs) } as const;
}

function detectsOf({ estimate, limit }: messages.Stated): string | null {
  const [lowest] = estimate.interval;
  if (lowest === null) return null;
  return messages.detectsQuantile(estimate.statistic, estimate.value + limit.value - lowest, limit);
}

/** Below this a share of a time has no meaning. */
const shortestMs = 0.001;
