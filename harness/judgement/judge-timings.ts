/** Judges a percentile of single timings: group by group, lost attempts included, long tasks beside them. */
import type { Criterion, Loss, TimingSample, Timings } from '../model.ts';
import { judgeQuantile, type PercentileQuestion, type QuantileCriterion } from './judge-quantile.ts';
import type { Answer, JudgedPart } from './judged-part.ts';
import * as messages from './messages.ts';
import { observeValues } from './observations.ts';

/** Above this share of attempts without a sample, those that are there may be the lucky ones. */
const toleratedLossRatio = 0.1;

interface Attempts {
  readonly samples: readonly TimingSample[];
  /** Lost, but known to have taken longer than the limit: observations above it. */
  readonly overdue: readonly Loss[];
  /** Lost, and silent about the application. */
  readonly lost: readonly Loss[];
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

function judgeGroup({ criterion, percentile, errors, timings, group }: GroupQuestion): JudgedPart[] {
  const statistic = `p${percentile}`;
  const label = group ?? statistic;
  const attempts = attemptsOf(timings, criterion.limit.value, group);
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
  };
  const timePart = { label, ...aware(attempts, judgeTime(time, attempts)) };
  if (criterion.longestTask === undefined) return [timePart];
  // The browser's own clock measures a task: no uncertainty is added to it.
  const task: QuantileCriterion = {
    ...question,
    statistic: 'longest task',
    limit: criterion.longestTask,
    uncertaintyMs: 0,
  };
  const taskLabel = group === null ? 'longest task' : `${group}, longest task`;
  return [timePart, { label: taskLabel, ...aware(attempts, judgeLongestTask(task, attempts)) }];
}

function attemptsOf({ samples, losses }: Timings, limitMs: number, group: string | null): Attempts {
  const mine = (one: { readonly group?: string }) => group === null || one.group === group;
  const isOverdue = ({ reason, waitedMs }: Loss) => reason === 'never-painted' && waitedMs >= limitMs;
  return {
    samples: samples.filter(mine),
    overdue: losses.filter((loss) => mine(loss) && isOverdue(loss)),
    lost: losses.filter((loss) => mine(loss) && !isOverdue(loss)),
  };
}

function attemptCount({ samples, overdue, lost }: Attempts): number {
  return samples.length + overdue.length + lost.length;
}

function missingGroup({ limit }: Criterion, group: string): JudgedPart {
  const told = messages.groupMissing(group);
  return { label: group, nature: 'estimate', outcome: 'inconclusive', reason: 'group-missing', limit, ...told };
}

function judgeTime(question: QuantileCriterion, { samples, overdue }: Attempts): Answer {
  const waited = overdue.map(({ waitedMs }) => waitedMs);
  const answer = judgeUndisturbed(question, samples, waited);
  const suspects = samples.flatMap(({ suspect }) => (suspect === undefined ? [] : [suspect]));
  return { ...answer, message: messages.withCircumstances(answer.message, { waitedMs: waited, suspects }) };
}

/**
 * The same percentile, with the same interval, of each sample's longest task (0 where it had none): a long task in
 * more visits than the timing itself may be late in is a fail, a single one is not.
 */
function judgeLongestTask(question: QuantileCriterion, { samples }: Attempts): Answer {
  const longest = samples.map(({ longTasksMs, stolenMs = 0 }) => ({ valueMs: Math.max(0, ...longTasksMs), stolenMs }));
  return judgeUndisturbed(question, longest, []);
}

type Timed = Pick<TimingSample, 'valueMs' | 'presentedMs' | 'stolenMs'>;

/**
 * The frame with the answer in it and its presentation by the compositor are two views of one moment: a person saw it
 * between them. A pass must hold with the later one, a fail with the earlier.
 *
 * A machine that was kept from running makes everything slower and nothing faster: each value lies between what was
 * measured less the stolen time, and what was measured. So a pass holds as measured; a fail must hold without it.
 */
function judgeUndisturbed(question: QuantileCriterion, values: readonly Timed[], waitedMs: readonly number[]): Answer {
  const judgeWith = (share: 0 | 1): Answer => {
    const bounded = values.map(({ valueMs, presentedMs = valueMs, stolenMs = 0 }) => ({
      lowMs: Math.max(0, Math.min(valueMs, presentedMs) - share * stolenMs),
      valueMs,
      highMs: Math.max(valueMs, presentedMs),
    }));
    return judgeQuantile(question, observeValues(bounded, waitedMs));
  };
  const answer = judgeWith(1);
  const asMeasured = judgeWith(0);
  if (answer.outcome === asMeasured.outcome) return answer;
  const stolen = values.flatMap(({ stolenMs = 0 }) => (stolenMs > 0 ? [stolenMs] : []));
  return { ...answer, reason: 'machine-disturbed', ...messages.machineDisturbed(asMeasured.message, stolen) };
}

/** Names the attempts that were lost; too many of them leave neither a pass nor a fail. */
function aware(attempts: Attempts, answer: Answer): Answer {
  const { lost } = attempts;
  if (lost.length === 0) return answer;
  const told = { lost, attempts: attemptCount(attempts) };
  const tolerable = lost.length <= toleratedLossRatio * told.attempts;
  if (tolerable || answer.outcome === 'inconclusive') {
    return { ...answer, message: messages.withLossesNoted(answer.message, told) };
  }
  const { detects: _, ...rest } = answer;
  const { message, needs } = messages.tooManyLost(answer.message, told);
  return { ...rest, outcome: 'inconclusive', reason: 'evidence-doubted', message, needs };
}
