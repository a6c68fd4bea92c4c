/** An alert: what was crossed, since when, by how much, and the rollback plan. Pure. */

import { planRollback } from '../../../judgement/rollback/plan-rollback.ts';
import type { Finding } from '../../../model/finding.ts';
import type { RollbackPlan } from '../../../model/rollback.ts';
import type { Instant } from '../../../model/units.ts';
import type { Alert, CoursePoint, TargetSilent, WatchPlan } from '../model.ts';
import * as messages from './messages.ts';
import type { PointState } from './point.ts';

interface Seen {
  readonly plan: WatchPlan;
  readonly points: { readonly [id: string]: PointState };
  readonly at: Instant;
  readonly atMs: number;
  readonly sinceMs: number;
}

/** An alert lists this many values at most; the last one raised it. */
const MOST_VALUES = 12;

/** About a criterion or a rate of the plan, by its id. Throws for an id that it does not have. */
export function alertAbout(id: string, { plan, points: states, at, atMs, sinceMs }: Seen): Alert {
  const point = states[id];
  if (point === undefined) throw new Error(`${id} is not watched`);
  const points = point.timeSeries.filter((one) => one.atMs >= sinceMs);
  const since = points[0]?.at ?? at;
  const sinceThen = { since, points };
  const criterion = plan.criteria.find((one) => one.id === id);
  const rate = plan.rates.find((one) => one.id === id);
  const about = criterion ?? rate;
  const limit = about?.alert;
  if (about === undefined || limit === undefined) throw new Error(`${id} has no alert limit`);
  const message =
    criterion === undefined
      ? rate === undefined
        ? ''
        : messages.beyondRate(rate, sinceThen)
      : messages.beyondAlert(criterion, limit, sinceThen);
  const { title, scope, advice } = about;
  const alert = { id, title, scope, limit, message, advice };
  return {
    ...alert,
    raisedAt: at,
    raisedAtMs: atMs,
    since,
    sinceMs,
    recoveredAt: null,
    recoveredAtMs: null,
    values: valuesOf(point.timeSeries),
    seen: point.counted?.seen ?? [],
    rollback: rollbackFor(alert, plan),
  };
}

export function targetAlert(
  { plan, at, atMs }: Pick<Seen, 'plan' | 'at' | 'atMs'>,
  { silent, observation }: { readonly silent: TargetSilent; readonly observation: TargetSilent },
): Alert {
  const message = messages.targetGone(observation.why, silent.at, atMs - silent.atMs);
  const alert = {
    id: 'target',
    title: `${plan.watch.target.name} answers`,
    scope: 'either' as const,
    limit: null,
    message,
    advice: 'Is it up, and can this machine reach it? If others cannot either, go back.',
  };
  return {
    ...alert,
    raisedAt: at,
    raisedAtMs: atMs,
    since: silent.at,
    sinceMs: silent.atMs,
    recoveredAt: null,
    recoveredAtMs: null,
    values: [],
    seen: [],
    rollback: rollbackFor(alert, plan),
  };
}

export function recovered(alert: Alert, { at, atMs }: { readonly at: Instant; readonly atMs: number }): Alert {
  return { ...alert, recoveredAt: at, recoveredAtMs: atMs };
}

function valuesOf(timeSeries: readonly CoursePoint[]): readonly CoursePoint[] {
  return timeSeries.slice(-MOST_VALUES);
}

type About = Pick<Alert, 'id' | 'title' | 'scope' | 'limit' | 'message' | 'advice'>;

function rollbackFor(alert: About, plan: WatchPlan): RollbackPlan {
  return rollback([findingOf(alert)], plan);
}

/** The rollback plan for what failed; without steps where nothing did. */
export function rollback(failed: readonly Finding[], { rollback: policy, preflight, watch }: WatchPlan): RollbackPlan {
  const verdict = failed.length === 0 ? 'go' : 'no-go';
  return planRollback({ verdict, findings: failed, policy, target: watch.target, preflight, at: watch.startedAt });
}

/** An alert as a deciding finding that failed, for the rollback plan. */
export function findingOf({ id, title, scope, limit, message, advice }: About): Finding {
  return {
    criterion: id,
    title,
    sli: id,
    scope,
    severity: 'blocking',
    outcome: 'fail',
    reason: 'count-beyond-limit',
    message,
    limit: limit ?? { op: '<=', value: 0, unit: 'count' },
    alerting: true,
    warning: false,
    rationale: '',
    advice,
    checklist: [],
    evidence: ['journal.ndjson'],
    parts: [],
  };
}
