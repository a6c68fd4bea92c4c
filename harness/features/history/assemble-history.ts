/** Runs and baselines as the history of each criterion: series that may be compared, and what changed in them. Pure. */

import { changePoints, fewestRuns } from '../../judgement/trend/change-points.ts';
import { groupDrifts } from '../../judgement/trend/drifts.ts';
import type { AcceptedBaseline } from '../../store/decision.ts';
import type { SeriesKey } from '../../store/run-store.ts';
import { seriesKey, whyNotComparable } from '../../store/series-key.ts';
import type { StoredCriterion, StoredRun } from '../../store/stored-run.ts';
import type { Change, CriterionHistory, History, Series, TrendBaseline, TrendPoint } from './model.ts';

export interface Remembered {
  readonly rollout: string;
  readonly runs: readonly StoredRun[];
  /** Those in force, oldest first. */
  readonly accepted: readonly AcceptedBaseline[];
  /** Only this criterion. */
  readonly criterion?: string;
}

interface Sighting {
  readonly run: StoredRun;
  readonly finding: StoredCriterion;
}

/** Criteria in the order of the newest report that has them, each target and profile apart. */
export function assembleHistory({ rollout, runs, accepted, criterion }: Remembered): History {
  const ordered = runs.toSorted((one, other) => compare(one.startedAt, other.startedAt) || compare(one.id, other.id));
  const sightings = ordered
    .toReversed()
    .flatMap((run) => run.criteria.map((finding) => ({ run, finding })))
    .filter(({ finding }) => criterion === undefined || finding.criterion === criterion);
  const groups = groupBy(sightings, ({ run, finding }) => [
    run.profile,
    run.target,
    run.environment,
    finding.criterion,
  ]);
  const [first] = ordered;
  const last = ordered.at(-1);
  return {
    rollout,
    runs: runs.length,
    span: first === undefined || last === undefined ? null : { from: first.startedAt, to: last.startedAt },
    fewestRuns,
    criteria: groups.flatMap((newestFirst) => criterionHistory(newestFirst.toReversed(), { runs, accepted })),
  };
}

function criterionHistory(
  sightings: readonly Sighting[],
  { runs, accepted }: Pick<Remembered, 'runs' | 'accepted'>,
): CriterionHistory[] {
  const newest = sightings.at(-1);
  if (newest === undefined) return [];
  const { run, finding } = newest;
  const keyed = sightings.flatMap((sighting) => {
    const key = seriesKey(sighting.run, sighting.finding);
    const { value } = sighting.finding;
    return key === null || value === null ? [] : [{ ...sighting, key, value }];
  });
  const groups = groupBy(keyed, ({ key }) => Object.values(key)).sort((one, other) =>
    compare(one.at(-1)?.run.startedAt ?? '', other.at(-1)?.run.startedAt ?? ''),
  );
  const keys = groups.map(([first]) => first.key);
  const silent = sightings.filter(({ finding: { value } }) => value === null);
  return [
    {
      criterion: finding.criterion,
      target: run.target,
      environment: run.environment,
      profile: run.profile,
      limit: finding.limit,
      series: groups.map((group, index) => seriesOf(group, { before: keys[index - 1], accepted })),
      silent: silent.map(({ run: { id, startedAt, release, verdict }, finding: { outcome, reason } }) => ({
        run: id,
        startedAt,
        release,
        verdict,
        outcome,
        reason,
      })),
      notJudged: runs.filter((one) => isBeside(one, run)).length - sightings.length,
    },
  ];
}

function isBeside(one: StoredRun, { target, environment, profile }: StoredRun): boolean {
  return one.target === target && one.environment === environment && one.profile === profile;
}

type Keyed = Sighting & { readonly key: SeriesKey; readonly value: number };

function seriesOf(
  group: readonly [Keyed, ...Keyed[]],
  { before, accepted }: { readonly before: SeriesKey | undefined; readonly accepted: readonly AcceptedBaseline[] },
): Series {
  const { key } = group[0];
  const { machineClass, browser, toolMajor, statistic, unit } = key;
  const points = group.map(pointOf);
  return {
    machineClass,
    browser,
    toolMajor,
    statistic,
    unit,
    apart: before === undefined ? [] : whyNotComparable(key, before),
    points,
    baseline: baselineOf(key, accepted),
    changes: points.length < fewestRuns ? null : changesOf(points, statistic),
  };
}

function pointOf({ run: { id, startedAt, release, verdict }, finding, value }: Keyed): TrendPoint {
  const { lower, upper, samples, outcome, limit } = finding;
  return { run: id, startedAt, release, verdict, value, lower, upper, samples, outcome, limit };
}

/** The newest, whichever kind it is. */
function baselineOf(key: SeriesKey, accepted: readonly AcceptedBaseline[]): TrendBaseline | null {
  for (const { kind, run, criteria, at, by } of accepted.toReversed()) {
    const finding = criteria.find(({ criterion }) => criterion === key.criterion);
    const theirs = finding === undefined ? null : seriesKey(run, finding);
    const value = finding?.value ?? null;
    if (theirs === null || value === null || whyNotComparable(key, theirs).length > 0) continue;
    return { kind, run: run.id, release: run.release, value, acceptedAt: at, acceptedBy: by };
  }
  return null;
}

function changesOf(points: readonly TrendPoint[], statistic: string): Change[] {
  const values = points.map(({ value }) => value);
  return groupDrifts(values, changePoints(values)).flatMap((found): Change[] => {
    const isStep = 'at' in found;
    const first = points[isStep ? found.at : found.from];
    const last = points[isStep ? found.at : found.to];
    if (first === undefined || last === undefined) return [];
    const { before, after, p } = found;
    const rises = after > before;
    const wantsLess = first.limit.op === '<' || first.limit.op === '<=';
    const change = {
      before,
      after,
      relative: before <= 0 || statistic.endsWith('vs baseline') ? null : (after - before) / before,
      direction: rises === wantsLess ? 'worse' : 'better',
      p,
    } as const;
    return [
      isStep
        ? { kind: 'step', first, ...change }
        : { kind: 'drift', first, last, goesOn: last === points.at(-1), ...change },
    ];
  });
}

/** In the order in which their keys first come. */
function groupBy<T>(items: readonly T[], key: (item: T) => readonly unknown[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
