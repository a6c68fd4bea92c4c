/**
 * The watch as a state machine: takes in one observation and returns the events. Pure: replaying the journal's observations
 * leads to the same state, which is how a watch goes on after a restart.
 */

import type { Instant } from '../../../model/units.ts';
import { isWindowed } from '../../../sources/registry.ts';
import type {
  Alert,
  Gap,
  LogWindowCount,
  Observation,
  Sampled,
  SampleValue,
  SourceSum,
  TargetSilent,
  TimePassed,
  WatchEvent,
  WatchPlan,
} from '../model.ts';
import { type AlertRules, alertRulesOf } from './alert-rules.ts';
import { alertAbout, recovered, targetAlert } from './alerts.ts';
import * as messages from './messages.ts';
import { type PointState, type PointStep, startPoint, takeRate, takeSample } from './point.ts';

export interface WatchState {
  readonly plan: WatchPlan;
  readonly rules: ReadonlyMap<string, AlertRules>;
  readonly atMs: number;
  readonly at: Instant;
  readonly points: { readonly [id: string]: PointState };
  readonly sources: { readonly [name: string]: SourceState };
  readonly alerts: readonly Alert[];
  readonly gaps: readonly Gap[];
  readonly windows: readonly LogWindowCount[];
  /** The first observation of a target that does not answer; null while it answers. */
  readonly silent: TargetSilent | null;
  readonly ended: 'time' | 'interrupted' | null;
}

export interface SourceState extends SourceSum {
  /** When it last brought evidence without a quality issue, in ms of the watch and as an instant. */
  readonly goodMs: number;
  readonly good: Instant;
}

export interface Advanced {
  readonly state: WatchState;
  readonly events: readonly WatchEvent[];
}

/** Longer lists would be a fault of their own; the oldest entries go. */
const MOST_LISTED = 200;

export function startWatch(plan: WatchPlan): WatchState {
  const { startedAt } = plan.watch;
  const rules = alertRulesOf(plan);
  const ids = [...plan.criteria, ...plan.rates].map(({ id }) => id);
  return {
    plan,
    rules,
    atMs: 0,
    at: startedAt,
    points: Object.fromEntries(ids.map((id) => [id, startPoint(id, rules.get(id) ?? null)])),
    sources: Object.fromEntries(
      plan.sources.map((source) => [
        source.name,
        { ...source, samples: 0, lost: 0, lastQualityIssue: null, goodMs: 0, good: startedAt },
      ]),
    ),
    alerts: [],
    gaps: [],
    windows: [],
    silent: null,
    ended: null,
  };
}

/** The state after the observations of a journal. */
export function replay(plan: WatchPlan, observations: readonly Observation[]): WatchState {
  return observations.reduce((state, observation) => advance(state, observation).state, startWatch(plan));
}

export function advance(before: WatchState, observation: Observation): Advanced {
  const state = { ...before, atMs: Math.max(before.atMs, observation.atMs), at: observation.at };
  switch (observation.kind) {
    case 'silent':
      return stayedSilent(state, observation);
    case 'answers':
      return state.silent === null ? { state, events: [] } : answersAgain(state, state.silent);
    case 'gap':
      return timePassed(state, observation);
    case 'sample':
      return sampled(state, observation);
    case 'end':
      return { state: { ...state, ended: observation.why }, events: [] };
  }
}

function stayedSilent(state: WatchState, observation: TargetSilent): Advanced {
  const silent = state.silent ?? observation;
  const next = { ...state, silent };
  const first: WatchEvent[] =
    state.silent === null ? [{ kind: 'silent', at: observation.at, why: observation.why }] : [];
  const lastedMs = observation.atMs - silent.atMs;
  if (lastedMs < state.plan.goneAfterMs || openAlert(state, 'target') !== undefined)
    return { state: next, events: first };
  const alert = targetAlert(next, { silent, observation });
  return withAlert({ state: next, events: first }, alert);
}

/** Restarts the clocks of all sources: the gap is reported once, for all of them. */
function timePassed(state: WatchState, { why, lastedMs, at, atMs }: TimePassed): Advanced {
  const gap: Gap = {
    source: null,
    fromMs: why === 'clock-set' ? atMs : atMs - lastedMs,
    from: why === 'clock-set' ? at : earlier(at, lastedMs),
    lastedMs,
    why,
    message: messages.gapText(why, lastedMs, null),
  };
  // A watch that is resumed after an interruption has not ended.
  const going = why === 'not-running' ? { ...state, ended: null } : state;
  const next = why === 'clock-set' ? going : allSeen(going);
  return withGap({ state: next, events: [] }, gap);
}

function sampled(before: WatchState, sample: Sampled): Advanced {
  const { state, events } =
    before.silent === null ? { state: before, events: [] } : answersAgain(before, before.silent);
  let next = noteSource({ state, events }, sample);
  const values: SampleValue[] = [];
  for (const [id, step] of stepsOf(next.state, sample)) {
    if (step.value !== null) values.push(step.value);
    next = { ...next, state: { ...next.state, points: { ...next.state.points, [id]: step.state } } };
    next = withAlertChange(next, { id, step, sample });
    if (step.failedChecks.length === 0) continue;
    next = {
      ...next,
      events: [...next.events, { kind: 'failed-check', at: sample.at, id, checks: step.failedChecks }],
    };
  }
  const sampleEvents: WatchEvent[] =
    sample.evidence.status === 'unavailable' ? [] : [{ kind: 'sample', at: sample.at, source: sample.source, values }];
  return withLogWindow({ ...next, events: [...sampleEvents, ...next.events] }, sample);
}

function stepsOf({ plan, points, rules }: WatchState, sample: Sampled): [string, PointStep][] {
  const steps: [string, PointStep | null][] = [];
  for (const criterion of plan.criteria) {
    const point = points[criterion.id];
    const with_ = { sample, rules: rules.get(criterion.id) ?? null };
    if (point !== undefined) steps.push([criterion.id, takeSample(point, criterion, with_)]);
  }
  for (const rate of plan.rates) {
    const [point, rule] = [points[rate.id], rules.get(rate.id)];
    if (point !== undefined && rule !== undefined) {
      steps.push([rate.id, takeRate(point, rate, { sample, rules: rule })]);
    }
  }
  return steps.flatMap(([id, step]) => (step === null ? [] : [[id, step] as [string, PointStep]]));
}

interface AlertStep {
  readonly id: string;
  readonly step: PointStep;
  readonly sample: Sampled;
}

function withAlertChange(advanced: Advanced, { id, step, sample }: AlertStep): Advanced {
  if (step.alertChange === null) return advanced;
  if (step.alertChange === 'raised') {
    return withAlert(advanced, alertAbout(id, { ...advanced.state, sinceMs: step.sinceMs ?? sample.atMs }));
  }
  return withRecovery(advanced, id, sample);
}

function answersAgain(state: WatchState, silent: TargetSilent): Advanced {
  const lastedMs = state.atMs - silent.atMs;
  const next = { ...allSeen(state), silent: null };
  const back: WatchEvent = { kind: 'answers-again', at: state.at, lastedMs };
  const message = messages.gapText('silent', lastedMs, null);
  const gap: Gap = { source: null, from: silent.at, fromMs: silent.atMs, lastedMs, why: 'silent', message };
  return withRecovery(withGap({ state: next, events: [back] }, gap), 'target', state);
}

/** Counts a source's sample, and reports a gap where the source was silent for too long. */
function noteSource(advanced: Advanced, { source: name, evidence, at, atMs }: Sampled): Advanced {
  const source = advanced.state.sources[name];
  if (source === undefined) return advanced;
  const qualityIssues = evidence.qualityIssues;
  // An issue about single SLIs does not lose the whole sample.
  const isLost = evidence.status === 'unavailable' || qualityIssues.some(({ slis }) => slis === undefined);
  const counted = { ...source, samples: source.samples + 1, lost: source.lost + Number(isLost) };
  if (isLost) {
    const lost = { ...counted, lastQualityIssue: qualityIssues[0]?.message ?? null };
    const isNews = source.lastQualityIssue !== lost.lastQualityIssue;
    const events: WatchEvent[] = isNews ? [{ kind: 'lost', at, source: name, qualityIssues }] : [];
    return { state: withSource(advanced.state, lost), events: [...advanced.events, ...events] };
  }
  const next = {
    ...advanced,
    state: withSource(advanced.state, { ...counted, lastQualityIssue: null, goodMs: atMs, good: at }),
  };
  const gap = gapOf(source, { at, atMs });
  return gap === null ? next : withGap(next, gap);
}

/** Sampling takes time and sources wait for each other: a sample that is this late is no gap. */
const LATE_MS = 10_000;

/** The time since a source's last good sample, where that is too long. */
export function gapOf(source: SourceState, { atMs }: { readonly at: Instant; readonly atMs: number }): Gap | null {
  const { everyMs, goodMs, good, name } = source;
  const lastedMs = atMs - goodMs;
  if (everyMs === null || lastedMs <= 2 * everyMs + LATE_MS) return null;
  const message = messages.unseenText(source, lastedMs);
  return { source: name, from: good, fromMs: goodMs, lastedMs, why: 'unseen', message };
}

function withSource(state: WatchState, source: SourceState): WatchState {
  return { ...state, sources: { ...state.sources, [source.name]: source } };
}

function allSeen(state: WatchState): WatchState {
  const { atMs: goodMs, at: good } = state;
  const seen = Object.values(state.sources).map((source) => [source.name, { ...source, goodMs, good }]);
  return { ...state, sources: Object.fromEntries(seen) };
}

function withGap({ state, events }: Advanced, gap: Gap): Advanced {
  return {
    state: { ...state, gaps: [...state.gaps, gap].slice(-MOST_LISTED) },
    events: [...events, { kind: 'gap', at: state.at, gap }],
  };
}

function withAlert({ state, events }: Advanced, alert: Alert): Advanced {
  return {
    state: { ...state, alerts: [...state.alerts, alert].slice(-MOST_LISTED) },
    events: [...events, { kind: 'alert', at: state.at, alert }],
  };
}

function withRecovery(advanced: Advanced, id: string, when: { readonly at: Instant; readonly atMs: number }): Advanced {
  const { state, events } = advanced;
  const alert = openAlert(state, id);
  if (alert === undefined) return advanced;
  const over = recovered(alert, when);
  return {
    state: { ...state, alerts: state.alerts.map((one) => (one === alert ? over : one)) },
    events: [...events, { kind: 'recovered', at: when.at, alert: over }],
  };
}

function openAlert({ alerts }: WatchState, id: string): Alert | undefined {
  return alerts.find((alert) => alert.id === id && alert.recoveredAt === null);
}

/** The evidence of a log is about a window of time. */
function withLogWindow({ state, events }: Advanced, { source, evidence, at, atMs }: Sampled): Advanced {
  if (!isWindowed(source) || evidence.status !== 'collected') return { state, events };
  const counted = evidence.measurements.flatMap((one) => (one.kind === 'occurrences' ? [one] : []));
  const lastedMs = Date.parse(at) - Date.parse(windowStart(evidence.facts) ?? at);
  const window: LogWindowCount = {
    source,
    until: at,
    untilMs: atMs,
    lastedMs,
    lines: counted[0]?.exposures ?? 0,
    counts: Object.fromEntries(counted.map(({ sli, count }) => [sli, count])),
  };
  return {
    state: { ...state, windows: [...state.windows, window].slice(-MOST_LISTED) },
    events: [...events, { kind: 'log-window', at, window }],
  };
}

function windowStart({ window }: { readonly [name: string]: unknown }): string | null {
  const from = typeof window === 'object' && window !== null ? Reflect.get(window, 'from') : null;
  return typeof from === 'string' ? from : null;
}

function earlier(at: Instant, byMs: number): Instant {
  return new Date(Date.parse(at) - byMs).toISOString();
}
