/** One sample of a source → its counts for one criterion, which is all that a watch keeps of it. Pure. */
import { holds, limitsFromAbove } from '../../../judgement/limits.ts';
import { bucketsOfHistogram } from '../../../judgement/observations.ts';
import type { ShareCounts } from '../../../judgement/sequential/confidence-sequence.ts';
import type { Counted } from '../../../judgement/sequential/evidence.ts';
import { nearestRank } from '../../../lib/percentile.ts';
import type { Criterion, Limit } from '../../../model/criterion.ts';
import type { Check, Distribution, Measurement, Ratio, Timings } from '../../../model/evidence.ts';
import type { Unit } from '../../../model/units.ts';

/** A sample gives a share beyond the limit, a count, or checks. */
export type Reading = ShareReading | CountReading | ChecksReading;

export interface ShareReading {
  readonly kind: 'share';
  readonly parts: readonly PartReading[];
  /** How many lie beyond the alert limit; null without one. */
  readonly beyondAlert: Counted | null;
  /** The sample's own value; null where it saw nothing. */
  readonly value: number | null;
  readonly unit: Unit;
}

/** One group of the samples, or the tasks beside them. */
export interface PartReading {
  readonly label: string;
  readonly statistic: string;
  readonly limit: Limit;
  readonly counts: ShareCounts;
  /** Of timings; a step that was never painted is here with the time waited. */
  readonly valuesMs: readonly (readonly [valueMs: number, count: number])[];
}

export interface CountReading {
  readonly kind: 'count';
  readonly count: number;
  readonly exposures: number;
  readonly exposedTo: string;
  readonly seen: readonly string[];
}

export interface ChecksReading {
  readonly kind: 'checks';
  readonly checks: readonly Check[];
}

/** Null where the measurement is of another kind than the criterion asks for. */
export function readingOf(criterion: Criterion, measurement: Measurement): Reading | null {
  const { statistic } = criterion;
  if (statistic.kind === 'percentile' && measurement.kind === 'timings') {
    return timingsReading(criterion, measurement, statistic.p);
  }
  if (statistic.kind === 'percentile' && measurement.kind === 'distribution') {
    return distributionReading(criterion, measurement, statistic.p);
  }
  if (statistic.kind === 'ratio' && measurement.kind === 'ratio') return ratioReading(criterion, measurement);
  if (statistic.kind === 'count' && measurement.kind === 'occurrences') {
    const { count, exposures, exposedTo, seen } = measurement;
    return { kind: 'count', count, exposures, exposedTo, seen };
  }
  if (statistic.kind === 'all' && measurement.kind === 'checks') return { kind: 'checks', checks: measurement.checks };
  return null;
}

/** The share that may lie on the bad side: for a p95 one in twenty, for a ratio what the limit allows. */
export function badShareOf({ statistic }: Criterion, limit: Limit): number {
  if (statistic.kind === 'percentile') return 1 - statistic.p / 100;
  return limitsFromAbove(limit) ? limit.value : 1 - limit.value;
}

/** An alert names the bad side (`> 2 %`); this is the limit on the good side (`<= 2 %`). */
export function limitOfAlert(alert: Limit): Limit {
  return { ...alert, op: alert.op.startsWith('>') ? '<=' : '>=' };
}

interface Timed {
  /** Without stolen time and the instrument's uncertainty. */
  readonly leastMs: number;
  readonly mostMs: number;
  readonly valueMs: number;
  readonly longestTaskMs: number | null;
  readonly count: number;
}

function timingsReading(criterion: Criterion, timings: Timings, p: number): ShareReading {
  const groups = criterion.groups.length === 0 ? [null] : criterion.groups;
  const parts = groups.map((group) => ({ group, timed: timedIn(timings, group) }));
  const all = parts.flatMap(({ timed }) => timed);
  return {
    kind: 'share',
    parts: parts.flatMap(({ group, timed }) => [
      partOf(timed, { label: group ?? `p${p}`, statistic: `p${p}`, limit: criterion.limit }),
      ...(criterion.longestTask === undefined ? [] : [taskPart(timed, group, criterion.longestTask)]),
    ]),
    beyondAlert: beyondAlert(all, criterion),
    value: percentileOf(all, p),
    unit: 'ms',
  };
}

function timedIn({ samples, losses, uncertaintyMs }: Timings, group: string | null): Timed[] {
  const mine = (one: { readonly group?: string }) => group === null || one.group === group;
  const seen = samples.filter(mine).map(({ valueMs, presentedMs = valueMs, stolenMs = 0, longTasksMs }) => ({
    leastMs: Math.max(0, Math.min(valueMs, presentedMs) - stolenMs - uncertaintyMs),
    mostMs: Math.max(valueMs, presentedMs) + uncertaintyMs,
    valueMs,
    longestTaskMs: Math.max(0, ...longTasksMs),
    count: 1,
  }));
  // A step that was never painted took longer than the wait; other losses say nothing about the application.
  const neverPainted = losses
    .filter((loss) => mine(loss) && loss.reason === 'never-painted')
    .map(({ waitedMs }) => ({
      leastMs: waitedMs,
      mostMs: Number.POSITIVE_INFINITY,
      valueMs: waitedMs,
      longestTaskMs: null,
      count: 1,
    }));
  return [...seen, ...neverPainted];
}

function taskPart(timed: readonly Timed[], group: string | null, limit: Limit): PartReading {
  const tasks = timed.flatMap(({ longestTaskMs: ms }) =>
    ms === null ? [] : [{ leastMs: ms, mostMs: ms, valueMs: ms, longestTaskMs: null, count: 1 }],
  );
  const label = group === null ? 'longest task' : `${group}, longest task`;
  return partOf(tasks, { label, statistic: 'longest task', limit });
}

function distributionReading(criterion: Criterion, distribution: Distribution, p: number): ShareReading {
  const { histogram, uncertaintyMs } = distribution;
  const buckets = distribution.count === 0 ? [] : bucketsOfHistogram(histogram);
  const timed = buckets.map(({ lowMs, highMs, countToHere }, index) => ({
    leastMs: Math.max(0, lowMs - uncertaintyMs),
    mostMs: highMs + uncertaintyMs,
    valueMs: highMs,
    longestTaskMs: null,
    count: countToHere - (buckets[index - 1]?.countToHere ?? 0),
  }));
  return {
    kind: 'share',
    parts: [partOf(timed, { label: `p${p}`, statistic: `p${p}`, limit: criterion.limit })],
    beyondAlert: beyondAlert(timed, criterion),
    value: percentileOf(timed, p),
    unit: 'ms',
  };
}

function partOf(timed: readonly Timed[], about: Pick<PartReading, 'label' | 'statistic' | 'limit'>): PartReading {
  const count = (isCounted: (one: Timed) => boolean): number =>
    timed.reduce((sum, one) => sum + (isCounted(one) ? one.count : 0), 0);
  return {
    ...about,
    counts: {
      surely: count(({ leastMs }) => !holds(leastMs, about.limit)),
      perhaps: count(({ mostMs }) => !holds(mostMs, about.limit)),
      exposure: count(() => true),
    },
    valuesMs: timed.map(({ valueMs, count: times }) => [valueMs, times]),
  };
}

function beyondAlert(timed: readonly Timed[], { alert }: Criterion): Counted | null {
  if (alert === undefined) return null;
  const { counts } = partOf(timed, { label: '', statistic: '', limit: limitOfAlert(alert) });
  return { hits: counts.surely, exposure: counts.exposure };
}

/** By nearest rank, as the gate takes it; null of nothing. */
function percentileOf(timed: readonly Timed[], p: number): number | null {
  const ascending = timed.toSorted((a, b) => a.valueMs - b.valueMs);
  const total = ascending.reduce((sum, { count }) => sum + count, 0);
  const rank = nearestRank(total, p);
  let before = 0;
  for (const { valueMs, count } of ascending) {
    before += count;
    if (before >= rank) return valueMs;
  }
  return null;
}

function ratioReading({ limit, alert }: Criterion, ratio: Ratio): ShareReading {
  const { numerator, denominator, unclear } = ratio;
  const most = unclear?.atMost ?? numerator;
  const badOf = (of: Limit, counted: number): number => (limitsFromAbove(of) ? counted : denominator - counted);
  const [one, other] = [badOf(limit, numerator), badOf(limit, most)];
  const counts = { surely: Math.min(one, other), perhaps: Math.max(one, other), exposure: denominator };
  return {
    kind: 'share',
    parts: [{ label: 'ratio', statistic: 'ratio', limit, counts, valuesMs: [] }],
    beyondAlert: alert === undefined ? null : { hits: counts.surely, exposure: denominator },
    value: denominator === 0 ? null : numerator / denominator,
    unit: 'ratio',
  };
}
