/** A policy and the watch's settings → its plan. Pure. */
import type { Criterion } from '../../../model/criterion.ts';
import type { NotExercised } from '../../../model/gate-report.ts';
import { type Policy, sourceOf, watchedEvidence } from '../../../sources/registry.ts';
import type { WatchedRate, WatchPlan, WatchStage } from '../model.ts';

export interface PlanSettings {
  readonly durationMs: number;
  readonly rhythm: ReadonlyMap<string, number | null>;
  readonly falseAlerts: number;
  readonly goneAfterMs: number;
  readonly rates: readonly WatchedRate[];
  readonly stage: WatchStage | null;
}

export type WatchIdentity = Pick<WatchPlan['watch'], 'id' | 'startedAt' | 'tool' | 'target' | 'machine'> &
  Pick<WatchPlan, 'preflight'>;

/** A stage has no success criteria: those are for the whole watch. */
export function planWatch(
  policy: Policy,
  settings: PlanSettings,
  { preflight, ...identity }: WatchIdentity,
): WatchPlan {
  const { rollout, configHash, successCriteria, waivers, errorBudget, rollback } = policy;
  const { durationMs, rhythm, falseAlerts, goneAfterMs, stage } = settings;
  const criteria = policy.criteria.filter(canBeWatched);
  const sources = watchedEvidence(policy);
  return {
    watch: { ...identity, rollout, configHash, stage },
    durationMs,
    sources: sources.map((name) => ({ name, everyMs: rhythm.get(name) ?? null })),
    criteria,
    rates: settings.rates.filter(({ probe }) => sources.includes(probe)),
    successCriteria: stage === null ? successCriteria : [],
    leftOut: [...policy.leftOut, ...policy.criteria.filter((one) => !canBeWatched(one)).map(leftOut)],
    waivers,
    errorBudget,
    rollback,
    preflight,
    falseAlerts,
    goneAfterMs,
  };
}

function canBeWatched({ statistic, probe }: Criterion): boolean {
  if (statistic.kind === 'all' && statistic.vsBaseline === true) return false;
  return statistic.kind !== 'change' && statistic.kind !== 'growth' && sourceOf(probe)?.watch !== undefined;
}

function leftOut({ id, title, checklist }: Criterion): NotExercised {
  const reason = 'a watch samples too lightly for it; the gate measures it';
  return { id, title, reason, checklist };
}
