/**
 * Judges by how much a percentile differs from that of accepted runs.
 *
 * The interval of the difference is made of those of the two percentiles, which assume no shape (MOVER: G. Y. Zou & A.
 * Donner, "Construction of confidence limits about effect measures: a general approach", Statist. Med. 27 (2008)
 * 1693–1702). What two independent instruments err adds up by squares (JCGM 100:2008, GUM, 5.1.2); how far two runs of the
 * same thing may lie apart is measured for exactly this, and counts once, as on the noisier of the two machines.
 */
import type { BaselineRun, Loss } from '../model.ts';
import { bothSides, confidenceOf, type Errors } from './errors.ts';
import { judgeEstimate, refuseEstimate, type Undecided } from './judge-estimate.ts';
import type { PercentileQuestion } from './judge-quantile.ts';
import { aware } from './judge-timings.ts';
import { atLeastOne, type Estimate, type JudgedPart } from './judged-part.ts';
import { type Interval, sideOf } from './limits.ts';
import { noiseOfLoads, noiseOfTimings } from './machine-noise.ts';
import * as messages from './messages.ts';
import { type Comparable, type Measured, type Pooled, pooled } from './pooled.ts';
import { quantileInterval, samplesToBound } from './quantile-interval.ts';

export interface ChangeQuestion extends PercentileQuestion {
  readonly baseline: readonly [BaselineRun, ...BaselineRun[]];
}

/** Null where the baseline has no measurement of this kind to compare with. */
export function judgeChange(question: ChangeQuestion, measurement: Comparable): JudgedPart | null {
  const { criterion, baseline, percentile, errors } = question;
  const accepted = baseline.flatMap(({ measurements, machineNoise }): Measured[] =>
    measurements
      .filter((one): one is Comparable => one.sli === criterion.sli && one.kind === measurement.kind)
      .map((one) => ({ measurement: one, noise: machineNoise })),
  );
  const [first] = accepted;
  if (first === undefined) return null;
  const [after, earlier] = [pooled([{ measurement, noise: question.noise }]), pooled(accepted)];
  const label = `change of p${percentile}`;
  if (after.observations.count === 0 || earlier.observations.count === 0) {
    const told = messages.nothingMeasured(atLeastOne(criterion.minSamples), 'samples');
    return {
      label,
      nature: 'estimate',
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      limit: criterion.limit,
      ...told,
    };
  }
  // What is to be decided is how many lie beyond the baseline and the tolerance, so it is there that neighbours must not count
  // twice; and, seen from the other side, how many of the baseline lie so much below this run.
  const [nowMs, beforeMs] = [valueOf(after, percentile), valueOf(earlier, percentile)];
  const toleranceMs = criterion.limit.unit === 'ratio' ? criterion.limit.value * beforeMs : criterion.limit.value;
  const now = boundedPercentile(after, { percentile, errors, decidedAtMs: beforeMs + toleranceMs });
  // The change is smallest where the baseline is greatest: its ends count the other way round.
  const swapped = { lower: errors.upper, upper: errors.lower };
  const before = boundedPercentile(earlier, { percentile, errors: swapped, decidedAtMs: nowMs - toleranceMs });
  const attempts = { ...lossesOf(measurement), samples: { length: now.samples } };
  return { label, ...aware(attempts, answerOf(question, now, before)) };
}

/** Timings without a picture say nothing; those that never came are longer than they were waited for. */
function lossesOf(measurement: Comparable): { readonly overdue: readonly Loss[]; readonly lost: readonly Loss[] } {
  const losses = measurement.kind === 'timings' ? measurement.losses : [];
  return { overdue: [], lost: losses.filter(({ reason }) => reason !== 'never-painted') };
}

interface BoundedPercentile {
  readonly valueMs: number;
  /** By how much the truth may be smaller and greater, as far as chance goes; null where the samples do not bound it. */
  readonly downMs: number | null;
  readonly upMs: number | null;
  /** By how much what disturbed the machine may have made the lower end too long. */
  readonly disturbedMs: number;
  readonly samples: number;
  /** What they are, in words. */
  readonly things: string;
  readonly all: Pooled;
}

function valueOf({ observations }: Pooled, percentile: number): number {
  return quantileInterval(observations, { percentile, errors: bothSides(0.5) }).valueMs;
}

function boundedPercentile(
  all: Pooled,
  { decidedAtMs, ...question }: { readonly percentile: number; readonly errors: Errors; readonly decidedAtMs: number },
): BoundedPercentile {
  const { observations } = all;
  const { ranks, valueMs, openEnded } = quantileInterval(observations, {
    ...question,
    designEffect: all.dependenceAt(decidedAtMs),
  });
  const lower = ranks.lower === null ? null : (observations.valueAt(ranks.lower) ?? observations.lowAt(ranks.lower));
  const upper = ranks.upper === null || openEnded ? null : observations.valueAt(ranks.upper);
  return {
    valueMs,
    downMs: lower === null ? null : valueMs - lower,
    upMs: upper === null ? null : upper - valueMs,
    disturbedMs: ranks.lower === null || lower === null ? 0 : lower - observations.lowAt(ranks.lower),
    samples: observations.count,
    things: all.kind === 'timings' ? 'samples' : 'requests',
    all,
  };
}

function answerOf(question: ChangeQuestion, now: BoundedPercentile, before: BoundedPercentile) {
  const { criterion, percentile, errors, baseline } = question;
  const { limit, minSamples } = criterion;
  const perMs = limit.unit === 'ratio' ? 1 / Math.max(before.valueMs, shortestMs) : 1;
  const differenceMs = now.valueMs - before.valueMs;
  const instrumentMs = Math.hypot(now.all.uncertaintyMs, before.all.uncertaintyMs);
  const noise = { now: noiseOf(now, before.valueMs), before: noiseOf(before, before.valueMs) };
  const noiseMs = {
    up: Math.max(noise.now.tooShortMs, noise.before.tooLongMs),
    down: Math.max(noise.now.tooLongMs, noise.before.tooShortMs),
  };
  const chance: Interval = [
    less(differenceMs, bySquares(now.downMs, before.upMs), now.disturbedMs),
    more(differenceMs, bySquares(now.upMs, before.downMs), before.disturbedMs),
  ];
  const widened = (byMs: { readonly up: number; readonly down: number }): Interval => [
    less(chance[0], Math.max(byMs.down, instrumentMs), 0),
    more(chance[1], Math.max(byMs.up, instrumentMs), 0),
  ];
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
  };
  const lead = messages.changeLead(estimate, { percentile, now, before, baseline });
  const asked = Math.max(atLeastOne(minSamples), samplesToBound({ percentile, errors }, 'upper'));
  const fewest = Math.min(now.samples, before.samples);
  const tooFew = (): Undecided => ({
    reason: 'too-few-samples',
    ...messages.tooFew({ lead, more: asked - fewest, needed: asked, things: now.things }),
  });
  if (fewest < atLeastOne(minSamples) && sideOf(estimate.interval, limit) !== 'beyond') {
    return refuseEstimate({ lead, estimate, limit }, tooFew());
  }
  const lowest = estimate.interval[0];
  const detects =
    lowest === null ? null : messages.detectsQuantile(estimate.statistic, estimate.value + limit.value - lowest, limit);
  const answer = judgeEstimate({ lead, estimate, limit, detects }, () => {
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
  });
  return { ...answer, message: messages.withDirectionNoted(answer.message, estimate.interval) };
}

/** Below this a share of a time has no meaning. */
const shortestMs = 0.001;

function noiseOf({ all }: BoundedPercentile, usualMs: number) {
  return all.kind === 'timings' ? noiseOfTimings(all.noise, usualMs) : noiseOfLoads(all.noise);
}

function bySquares(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.hypot(one, other);
}

function less(value: number | null, by: number | null, further: number): number | null {
  return value === null || by === null ? null : value - by - further;
}

function more(value: number | null, by: number | null, further: number): number | null {
  return value === null || by === null ? null : value + by + further;
}
