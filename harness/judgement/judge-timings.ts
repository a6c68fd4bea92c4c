/** Judges a percentile of single timings: group by group, lost attempts included, long tasks beside them. */
import type { Criterion } from '../model/criterion.ts';
import type { Loss, MachineNoise, TimingSample, Timings } from '../model/evidence.ts';
import * as messages from './estimate-messages.ts';
import { judgeQuantile, type PercentileQuestion, type QuantileCriterion } from './judge-quantile.ts';
import type { Answer, JudgedPart } from './judged-part.ts';
import { noiseOfTimings, slowdownOf } from './machine-noise.ts';
import { observeValues } from './observations.ts';

/** With a larger share of lost attempts, the remaining samples may be the fast ones. */
export const toleratedLossRatio = 0.1;

interface Attempts {
  readonly samples: readonly TimingSample[];
  /** Lost, but known to have taken longer than the limit: observations above it. */
  readonly overdue: readonly Loss[];
  /** Lost, without saying anything about the application. */
  readonly lost: readonly Loss[];
  readonly noise: MachineNoise;
}

/** The percentile question of each group and, where the criterion has it, the long-task question of each group. */
export function judgeTimings(question: PercentileQuestion, timings: Timings): JudgedPart[] {
  const { groups } = question.criterion;
  return (groups.length === 0 ? [null] : groups).flatMap((group) => judgeGroup({ ...question, timings, group }));
}

interface GroupQuestion extends PercentileQuestion {
  readonly timings: Timings;
  /** `null`: all samples are one group. */
  readonly group: string | null;
}

function judgeGroup({ criterion, percentile, errors, noise, timings, group }: GroupQuestion): JudgedPart[] {
  const statistic = `p${percentile}`;
  const label = group ?? statistic;
  const attempts = { ...attemptsOf(timings, criterion.limit.value, group), noise };
  if (group !== null && attemptCount(attempts) === 0) return [missingGroup(criterion, group)];
  const question = {
    percentile,
    minSamples: criterion.minSamples,
    errors,
    things: 'samples',
  };
  const time: QuantileCriterion = {
    ...question,
    statistic,
    limit: criterion.limit,
    uncertaintyMs: timings.uncertaintyMs,
    noise: noiseOfTimings(noise, criterion.limit.value),
  };
  const timePart = { label, ...withLosses(attempts, judgeTime(time, attempts)) };
  if (criterion.longestTask === undefined) return [timePart];
  // The browser's own clock measures a task: no uncertainty is added to it.
  const task: QuantileCriterion = {
    ...question,
    statistic: 'longest task',
    limit: criterion.longestTask,
    uncertaintyMs: 0,
    noise: noiseOfTimings(noise, criterion.longestTask.value),
  };
  const taskLabel = group === null ? 'longest task' : `${group}, longest task`;
  return [timePart, { label: taskLabel, ...withLosses(attempts, judgeLongestTask(task, attempts)) }];
}

function attemptsOf({ samples, losses }: Timings, limitMs: number, group: string | null): Omit<Attempts, 'noise'> {
  const mine = (one: { readonly group?: string }) => group === null || one.group === group;
  const isOverdue = ({ reason, waitedMs }: Loss) => reason === 'never-painted' && waitedMs >= limitMs;
  return {
    samples: samples.filter(mine),
    overdue: losses.filter((loss) => mine(loss) && isOverdue(loss)),
    lost: losses.filter((loss) => mine(loss) && !isOverdue(loss)),
  };
}

/** Attempts, by number. */
type Attempted = Pick<Attempts, 'overdue' | 'lost'> & { readonly samples: { readonly length: number } };

function attemptCount({ samples, overdue, lost }: Attempted): number {
  return samples.length + overdue.length + lost.length;
}

function missingGroup({ limit }: Criterion, group: string): JudgedPart {
  const explanation = messages.groupMissing(group);
  return { label: group, nature: 'sampled', outcome: 'inconclusive', reason: 'group-missing', limit, ...explanation };
}

function judgeTime(question: QuantileCriterion, { samples, overdue, noise }: Attempts): Answer {
  const waited = overdue.map(({ waitedMs }) => waitedMs);
  const answer = judgeUndisturbed(question, timedBeside(samples, noise), waited);
  const suspects = samples.flatMap(({ suspect }) => (suspect === undefined ? [] : [suspect]));
  return { ...answer, message: messages.withCircumstances(answer.message, { waitedMs: waited, suspects }) };
}

/**
 * The same percentile, with the same interval, of each sample's longest task (0 where it had none): it fails
 * where more visits have a long task than may be late; a single one is no failure.
 */
function judgeLongestTask(question: QuantileCriterion, { samples, noise }: Attempts): Answer {
  const longest = samples.map((sample) => ({
    valueMs: Math.max(0, ...sample.longTasksMs),
    slowdown: slowdownOf(sample, noise),
    stolenMs: sample.stolenMs ?? 0,
  }));
  return judgeUndisturbed(question, longest, []);
}

export interface Timed extends Pick<TimingSample, 'valueMs' | 'presentedMs' | 'stolenMs'> {
  /** How many times as long as usual a fixed piece of work took beside it. */
  readonly slowdown: number;
}

/** Samples with the machine's slowdown beside each. */
export function timedBeside(samples: readonly TimingSample[], noise: MachineNoise): Timed[] {
  return samples.map((sample) => ({ ...sample, slowdown: slowdownOf(sample, noise) }));
}

/** The shortest time it may have taken on an undisturbed machine. */
export function withoutDisturbance({ valueMs, stolenMs = 0, slowdown }: Omit<Timed, 'presentedMs'>): number {
  return Math.max(0, Math.min(valueMs - stolenMs, valueMs / slowdown));
}

/**
 * The frame with the answer in it and its presentation by the compositor bound the moment when a person saw it. A pass must hold with the later one, a fail with the earlier.
 *
 * Stolen CPU time and a slow machine make everything slower and nothing faster: the true value lies between the measured
 * one and the measured one without them. So a pass holds as measured; a fail must hold without them.
 */
function judgeUndisturbed(question: QuantileCriterion, values: readonly Timed[], waitedMs: readonly number[]): Answer {
  const judgeWith = (lowOf: (earlierMs: number, value: Timed) => number): Answer => {
    const bounded = values.map((value) => {
      const { valueMs, presentedMs = valueMs } = value;
      return {
        lowMs: lowOf(Math.min(valueMs, presentedMs), value),
        valueMs,
        highMs: Math.max(valueMs, presentedMs),
      };
    });
    return judgeQuantile(question, observeValues(bounded, waitedMs));
  };
  const answer = judgeWith((earlierMs, value) => withoutDisturbance({ ...value, valueMs: earlierMs }));
  const asMeasured = judgeWith((earlierMs) => earlierMs);
  if (answer.outcome === asMeasured.outcome) return answer;
  const explanation = messages.machineDisturbed(asMeasured.message, {
    stolenMs: values.flatMap(({ stolenMs = 0 }) => (stolenMs > 0 ? [stolenMs] : [])),
    slowdowns: values.flatMap(({ slowdown }) => (slowdown > 1 ? [slowdown] : [])),
    things: 'samples',
  });
  return { ...answer, reason: 'machine-disturbed', ...explanation };
}

/** Notes lost attempts in the message; with too many the answer is inconclusive. */
export function withLosses(attempts: Attempted, answer: Answer): Answer {
  const { lost } = attempts;
  if (lost.length === 0) return answer;
  const losses = { lost, attempts: attemptCount(attempts) };
  const tolerable = lost.length <= toleratedLossRatio * losses.attempts;
  if (tolerable || answer.outcome === 'inconclusive') {
    return { ...answer, message: messages.withLossesNoted(answer.message, losses) };
  }
  const { detects: _, ...rest } = answer;
  const { message, needs } = messages.tooManyLost(answer.message, losses);
  return { ...rest, outcome: 'inconclusive', reason: 'evidence-doubted', message, needs };
}
