/** Evaluates a watch at any moment and at its end: alerts, criteria, success criteria, and what to do. Pure. */
import { holds } from '../../../judgement/limits.ts';
import { type Counted, logEvidence } from '../../../judgement/sequential/evidence.ts';
import { isInForce, waive } from '../../../judgement/waivers.ts';
import { decides, type Finding } from '../../../model/finding.ts';
import type { SuccessCriterionResult } from '../../../model/gate-report.ts';
import type { RollbackPlan } from '../../../model/rollback.ts';
import { sumUpRow } from '../../../model/success-criteria.ts';
import type {
  Alert,
  Course,
  CoursePoint,
  Gap,
  PointStanding,
  WatchCost,
  Watchpoint,
  WatchReport,
  WatchStanding,
} from '../model.ts';
import { gapOf, type WatchState } from './advance.ts';
import { findingOf, rollback } from './alerts.ts';
import { findingsOf } from './findings.ts';

export function evaluateWatch(state: WatchState, cost: WatchCost | null): WatchReport {
  const { plan } = state;
  const { startedAt } = plan.watch;
  const findings = waive(findingsOf({ ...state, ...plan }), plan.waivers, startedAt);
  const leftOut = plan.leftOut;
  const rows = plan.successCriteria.map((row) => sumUpRow(row, { findings, leftOut }));
  const gaps = [...state.gaps, ...openGaps(state)];
  const judged = { state, findings, rows };
  const { standing, because } = standingOf(judged);
  return {
    schemaVersion: 1,
    watch: {
      ...plan.watch,
      durationMs: plan.durationMs,
      elapsedMs: state.atMs,
      seenAt: state.at,
      ended: state.ended,
      falseAlerts: plan.falseAlerts,
    },
    standing,
    because,
    advice: plan.watch.stage === null ? null : adviceOf(judged),
    alerts: state.alerts,
    findings,
    successCriteria: rows,
    notExercised: leftOut,
    expiredWaivers: plan.waivers.filter((waiver) => !isInForce(waiver, startedAt)),
    watchpoints: watchpointsOf(state, findings),
    courses: coursesOf(state),
    logWindows: state.windows,
    sources: Object.values(state.sources).map(({ name, everyMs, samples, lost, lastQualityIssue }) => ({
      name,
      everyMs,
      samples,
      lost,
      lastQualityIssue,
    })),
    gaps,
    rollback: rollbackOf(judged),
    cost,
  };
}

interface Judged {
  readonly state: WatchState;
  readonly findings: readonly Finding[];
  readonly rows: readonly SuccessCriterionResult[];
}

/**
 * Failed: an alert is open, or a deciding criterion failed. Success: the watch came to its end, every row is met and no deciding
 * criterion is open. Silence never passes.
 */
function standingOf({ state, findings, rows }: Judged): { readonly standing: WatchStanding; readonly because: string } {
  const standing = state.alerts.filter(({ recoveredAt }) => recoveredAt === null);
  const failed = findings.filter((finding) => decides(finding) && finding.outcome === 'fail');
  if (standing.length > 0 || failed.length > 0 || state.silent !== null) {
    const words = [
      ...standing.map(({ title }) => `an alert stands: ${title}`),
      ...failed.filter(({ alerting }) => !alerting).map(({ title }) => `failed: ${title}`),
      ...(state.silent === null ? [] : ['the target does not answer']),
    ];
    return { standing: 'failed', because: sentence(words) };
  }
  if (state.ended === null) return { standing: 'watching', because: 'Nothing speaks against it so far.' };
  if (state.ended === 'interrupted') {
    return {
      standing: 'inconclusive',
      because: 'It was interrupted before its time was over; --resume goes on with it.',
    };
  }
  const open = state.plan.watch.stage === null ? openRows(rows) : openFindings(findings, state);
  if (open.length > 0) return { standing: 'inconclusive', because: `Not decided: ${open.join(', ')}.` };
  return { standing: 'success', because: successText(state, rows) };
}

function openRows(rows: readonly SuccessCriterionResult[]): readonly string[] {
  const open = rows.filter(({ outcome }) => outcome !== 'pass').map(({ id, title }) => `${id} (${title})`);
  return rows.length === 0 ? ['no success criterion is named'] : open;
}

/** A stage looks at everything that can raise an alert, rates too: each must be proven to be within its alert limit. */
function openFindings(findings: readonly Finding[], { points, plan, rules }: WatchState): readonly string[] {
  const watched: readonly { readonly id: string; readonly title: string; readonly each: number }[] = [
    ...findings
      .filter((finding) => decides(finding) && rules.has(finding.criterion))
      .map(({ criterion, title }) => ({ id: criterion, title, each: 1 })),
    // Their exposure is in seconds, their bound per `perMs`.
    ...plan.rates.map(({ id, title, perMs }) => ({ id, title, each: perMs / 1000 })),
  ];
  if (watched.length === 0) return ['nothing was watched that could raise an alert'];
  return watched
    .filter(({ id, each }) => {
      const bound = rules.get(id)?.raise.bound;
      const seen = seenOf(points[id], each);
      return bound === undefined || logEvidence(seen, bound, 'fewer') < Math.log(1 / plan.errorBudget.falseGo);
    })
    .map(({ title }) => title);
}

/** How much was beyond the alert limit, and the exposure in units of `each`. */
function seenOf(point: WatchState['points'][string] | undefined, each: number): Counted {
  const sum = (of: (one: CoursePoint) => number): number =>
    (point?.timeSeries ?? []).reduce((all, one) => all + of(one), 0);
  return { hits: sum(({ beyond }) => beyond ?? 0), exposure: sum(({ exposure }) => exposure) / each };
}

function successText({ plan }: WatchState, rows: readonly SuccessCriterionResult[]): string {
  if (plan.watch.stage !== null) return 'No alert in this stage, and everything that could raise one was seen.';
  const inPart = rows.filter(({ notExercised }) => notExercised.length > 0).map(({ id }) => id);
  const met = `All ${rows.length} success criteria are met`;
  return inPart.length === 0 ? `${met}.` : `${met}; ${inPart.join(' and ')} in part, as far as a watch can say.`;
}

function sentence(words: readonly string[]): string {
  const text = words.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Go back on an alert or a failure, go on when the stage came to its end without one, hold otherwise. */
function adviceOf(judged: Judged): WatchReport['advice'] {
  const { standing } = standingOf(judged);
  if (standing === 'failed') return 'go-back';
  return standing === 'success' ? 'go-on' : 'hold';
}

function rollbackOf({ state, findings }: Judged): RollbackPlan {
  const failed = findings.filter((finding) => decides(finding) && finding.outcome === 'fail');
  const alerting = state.alerts.filter(({ recoveredAt }) => recoveredAt === null).map(asFinding(failed));
  return rollback([...failed, ...alerting.flat()], state.plan);
}

/** An alert of a criterion that failed is not listed twice. */
function asFinding(failed: readonly Finding[]): (alert: Alert) => readonly Finding[] {
  return (alert) => (failed.some(({ criterion }) => criterion === alert.id) ? [] : [findingOf(alert)]);
}

function watchpointsOf({ plan, points, alerts }: WatchState, findings: readonly Finding[]): Watchpoint[] {
  const lastOf = (id: string): CoursePoint | undefined => points[id]?.timeSeries.at(-1);
  const criteria = findings.map(({ criterion: id, limit, alert, outcome }): Watchpoint => {
    const last = lastOf(id);
    const isBeyond = last !== undefined && !holds(last.value, limit);
    return { id, limit, alert: alert ?? null, standing: findingStanding(outcome, isBeyond) };
  });
  // A rate is not judged: it can only alert.
  const rates = plan.rates.map(({ id, alert }): Watchpoint => {
    const last = lastOf(id);
    return {
      id,
      limit: null,
      alert,
      standing: last === undefined ? 'open' : holds(last.value, alert) ? 'beyond' : 'within',
    };
  });
  const standing = new Set(alerts.filter(({ recoveredAt }) => recoveredAt === null).map(({ id }) => id));
  return [...criteria, ...rates].map((one) => (standing.has(one.id) ? { ...one, standing: 'alert' } : one));
}

function findingStanding(outcome: Finding['outcome'], isLastBeyond: boolean): PointStanding {
  if (outcome === 'fail') return 'failed';
  if (isLastBeyond) return 'beyond';
  return outcome === 'pass' ? 'within' : 'open';
}

function coursesOf({ plan, points }: WatchState): Course[] {
  const criteria = plan.criteria.map(({ id, title, limit, alert }) => ({ id, title, limit, alert: alert ?? null }));
  const rates = plan.rates.map(({ id, title, alert }) => ({ id, title, limit: null, alert }));
  return [...criteria, ...rates].flatMap(({ id, title, limit, alert }) => {
    const timeSeries = points[id]?.timeSeries ?? [];
    const [first] = timeSeries;
    return first === undefined ? [] : [{ id, title, unit: first.unit, limit, alert, points: timeSeries }];
  });
}

/** Gaps of sources that are silent for too long at this moment. */
function openGaps(state: WatchState): Gap[] {
  if (state.silent !== null) return [];
  return Object.values(state.sources).flatMap((source) => gapOf(source, state) ?? []);
}
