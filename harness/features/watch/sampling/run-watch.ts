/** Runs a watch: samples what is due, writes it to the journal, and feeds the state machine. */

import { goneNow, withQualityIssue } from '../../../gate/target.ts';
import type { Redactor } from '../../../lib/redact.ts';
import type { LiveTarget } from '../../../model/live-target.ts';
import { isWindowed } from '../../../sources/registry.ts';
import type { SamplingTask } from '../../../sources/sampling.ts';
import { advance, type WatchState } from '../engine/advance.ts';
import { type ClockReading, passedBetween } from '../engine/passing-time.ts';
import type { Observation, WatchEvent } from '../model.ts';
import type { WatchFolder } from '../watch-folder.ts';
import type { WatchClock } from './clock.ts';
import { forJournal } from './for-journal.ts';

export interface WatchRun {
  readonly state: WatchState;
  readonly tasks: readonly SamplingTask[];
  readonly target: Pick<LiveTarget, 'whyUnreachable'>;
  /** How often a target that does not answer is asked again. */
  readonly everyMs: number;
  readonly folder: Pick<WatchFolder, 'append'>;
  readonly redactor: Redactor;
  readonly clock: WatchClock;
  readonly signal: AbortSignal;
  /** Called after each observation, with its events. */
  readonly onAdvance: (state: WatchState, events: readonly WatchEvent[]) => void;
  /** Called when everything that was due has been sampled. */
  readonly onRound: (state: WatchState) => void;
  /** Called with what comes next, for the live display. */
  readonly onTurn: (turn: Turn) => void;
}

/** What is sampled now; without sources, nothing is until `untilMs` of the watch. */
export interface Turn {
  readonly sources: readonly string[];
  readonly untilMs: number;
}

interface Scheduled {
  readonly task: SamplingTask;
  /** In ms of the watch; infinite for what is never due again. */
  dueMs: number;
  lastMs: number;
}

/** At the end, the rest of a log window is read if it is at least this long. */
const SHORTEST_LAST_MS = 1000;
/** Sampling that is later than this is a gap. */
const LATE_MS = 60_000;

/** Goes on until its time is over or it is interrupted; never throws. */
export async function runWatch(run: WatchRun): Promise<WatchState> {
  const { clock, signal } = run;
  const session = startSession(run);
  const schedule = [answering(run), ...run.tasks].map((task) => scheduled(task, session));
  const beside: Promise<void>[] = [];
  const endMs = session.state().plan.durationMs;
  while (!signal.aborted && session.nowMs() < endMs) {
    const next = nextOf(schedule, session.nowMs());
    reportRound(session, run, next === null);
    if (next === null) {
      const dueMs = Math.min(endMs, ...schedule.map((one) => one.dueMs));
      run.onTurn({ sources: [], untilMs: dueMs });
      await clock.pause(dueMs - session.nowMs(), signal);
      session.look();
      continue;
    }
    const sampling = sampleIfThere(next, schedule, { session, run });
    if (next.task.isBeside) beside.push(sampling);
    else await sampling;
  }
  if (!signal.aborted) await sampleLast(schedule, session, run);
  await Promise.all(beside);
  session.observe({ kind: 'end', ...session.when(), why: signal.aborted ? 'interrupted' : 'time' });
  return session.state();
}

/** Checks whether the target answers at the watch's rhythm, however rarely the sources are sampled. */
function answering({ everyMs }: WatchRun): SamplingTask {
  return { sources: [], everyMs, sample: () => Promise.resolve([]) };
}

/** Reports a round when idle, and at least every `everyMs`; only where there are new observations. */
function reportRound(session: WatchSession, run: WatchRun, isIdle: boolean): void {
  if (!session.hasNews() || (!isIdle && session.nowMs() - session.reportedMs() < run.everyMs)) return;
  session.markReported();
  run.onRound(session.state());
}

/** Of the tasks that are due, the one sampled most often: slow tasks must not hold up frequent ones. */
function nextOf(schedule: readonly Scheduled[], nowMs: number): Scheduled | null {
  const due = schedule.filter(({ dueMs }) => dueMs <= nowMs);
  const [first, ...others] = due;
  if (first === undefined) return null;
  return others.reduce((best, one) => (rhythmOf(one) < rhythmOf(best) ? one : best), first);
}

function rhythmOf({ task: { everyMs, isBeside } }: Scheduled): number {
  // It runs concurrently and delays nothing.
  if (isBeside) return -1;
  return everyMs ?? Number.POSITIVE_INFINITY;
}

/** A log window covers the time before it: the first one is due after its length, and after a restart where the last one ended. */
function scheduled(task: SamplingTask, session: WatchSession): Scheduled {
  const nowMs = session.nowMs();
  if (!task.sources.some(isWindowed)) return { task, dueMs: nowMs, lastMs: nowMs };
  const lastMs = session.state().windows.findLast(({ source }) => task.sources.includes(source))?.untilMs ?? 0;
  return { task, dueMs: Math.max(nowMs, lastMs + (task.everyMs ?? 0)), lastMs };
}

interface WatchSession {
  readonly state: () => WatchState;
  readonly nowMs: () => number;
  readonly when: () => Pick<Observation, 'at' | 'atMs'>;
  readonly observe: (observation: Observation) => void;
  /** Whether there are new observations since the last reported round, and when that was. */
  readonly hasNews: () => boolean;
  readonly reportedMs: () => number;
  readonly markReported: () => void;
  /** Reads the clocks, and records sleep and clock changes as gaps. */
  readonly look: () => void;
}

function startSession({ clock, folder, onAdvance, state: first }: WatchRun): WatchSession {
  let state = first;
  let atMs = first.atMs;
  let read: ClockReading = clock.read();
  let hasNews = true;
  let reportedMs = atMs;
  const when = () => ({ atMs, at: new Date(read.wallMs).toISOString() });
  const observe = (observation: Observation): void => {
    // Saved before it is judged.
    folder.append(observation);
    hasNews = true;
    const advanced = advance(state, observation);
    state = advanced.state;
    onAdvance(state, advanced.events);
  };
  const look = (): void => {
    const now = clock.read();
    const { elapsedMs, asleepMs, setByMs } = passedBetween(read, now);
    read = now;
    atMs += elapsedMs;
    if (asleepMs > 0) observe({ kind: 'gap', ...when(), why: 'asleep', lastedMs: asleepMs });
    if (setByMs !== 0) observe({ kind: 'gap', ...when(), why: 'clock-set', lastedMs: setByMs });
  };
  const markReported = (): void => {
    hasNews = false;
    reportedMs = atMs;
  };
  return {
    state: () => state,
    nowMs: () => atMs,
    when,
    observe,
    look,
    hasNews: () => hasNews,
    reportedMs: () => reportedMs,
    markReported,
  };
}

/** Nothing is sampled while the target does not answer; everything that is due waits. */
async function sampleIfThere(
  one: Scheduled,
  schedule: readonly Scheduled[],
  { session, run }: { readonly session: WatchSession; readonly run: WatchRun },
): Promise<void> {
  if (one.task.isBeside) {
    one.dueMs = Number.POSITIVE_INFINITY;
    return sampleOne(one, session, run);
  }
  const why = await run.target.whyUnreachable();
  session.look();
  if (why === null) {
    if (one.task.sources.length > 0) run.onTurn({ sources: one.task.sources, untilMs: session.nowMs() });
    if (session.state().silent !== null) session.observe({ kind: 'answers', ...session.when() });
    noteLateness(one, session);
    return sampleOne(one, session, run);
  }
  session.observe({ kind: 'silent', ...session.when(), why: run.redactor.text(why) });
  const nowMs = session.nowMs();
  for (const waiting of schedule) if (waiting.dueMs <= nowMs) waiting.dueMs = nowMs + run.everyMs;
}

/** Records a gap where the machine was too busy, or earlier sampling took too long. */
function noteLateness({ dueMs, task }: Scheduled, session: WatchSession): void {
  const lateMs = session.nowMs() - dueMs;
  if (task.everyMs === null || lateMs <= Math.max(LATE_MS, task.everyMs)) return;
  if (session.state().gaps.some(({ fromMs, lastedMs }) => fromMs + lastedMs >= dueMs)) return;
  session.observe({ kind: 'gap', ...session.when(), why: 'late', lastedMs: lateMs });
}

async function sampleOne(one: Scheduled, session: WatchSession, run: WatchRun): Promise<void> {
  const { task } = one;
  const brought = await task.sample(session.nowMs() - one.lastMs);
  const gone = await goneNow(run.target);
  session.look();
  // An interrupted sample says nothing.
  if (run.signal.aborted) return;
  for (const evidence of run.redactor.deep(brought)) {
    const journaled = forJournal(withQualityIssue(evidence, gone));
    session.observe({ kind: 'sample', ...session.when(), source: evidence.probe, evidence: journaled });
  }
  one.lastMs = session.nowMs();
  one.dueMs = nextDue(one, session.nowMs());
}

/** Keeps the rhythm of the beginning, however long a sample took; missed samples are not made up for. */
function nextDue({ dueMs, task: { everyMs } }: Scheduled, nowMs: number): number {
  if (everyMs === null) return Number.POSITIVE_INFINITY;
  return dueMs + Math.max(1, Math.ceil((nowMs - dueMs) / everyMs)) * everyMs;
}

/** Reads the rest of the log windows at the end. */
async function sampleLast(schedule: readonly Scheduled[], session: WatchSession, run: WatchRun): Promise<void> {
  for (const one of schedule) {
    if (!one.task.sources.some(isWindowed) || session.nowMs() - one.lastMs < SHORTEST_LAST_MS || run.signal.aborted)
      continue;
    if ((await run.target.whyUnreachable()) !== null) continue;
    await sampleOne(one, session, run);
  }
}
