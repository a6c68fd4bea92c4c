/** The watch: samples what is due, writes down what came of it, lets the state machine say what there is to say. */

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
import { compact } from './downsampled.ts';

export interface WatchRun {
  readonly state: WatchState;
  readonly tasks: readonly SamplingTask[];
  readonly target: Pick<LiveTarget, 'whyUnreachable'>;
  /** While the target does not answer, it is asked again so often. */
  readonly everyMs: number;
  readonly folder: Pick<WatchFolder, 'append'>;
  readonly redactor: Redactor;
  readonly clock: WatchClock;
  readonly signal: AbortSignal;
  /** Told after each observation, with what there is to say of it. */
  readonly onAdvance: (state: WatchState, events: readonly WatchEvent[]) => void;
  /** Told when all that was due is sampled. */
  readonly onRound: (state: WatchState) => void;
  /** Told what comes next: for people who look on. */
  readonly onTurn: (turn: Turn) => void;
}

/** What is sampled now; no source: nothing is, until a moment of the watch. */
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

/** What is left of a window at the end is still worth reading. */
const SHORTEST_LAST_MS = 1000;
/** Sampling that is late by more than this is a gap of its own. */
const LATE_MS = 60_000;

/** Goes on until its time is over or somebody interrupts; never throws. */
export async function runWatch(run: WatchRun): Promise<WatchState> {
  const { clock, signal } = run;
  const course = startCourse(run);
  const schedule = [answering(run), ...run.tasks].map((task) => scheduled(task, course));
  const beside: Promise<void>[] = [];
  const endMs = course.state().plan.durationMs;
  while (!signal.aborted && course.nowMs() < endMs) {
    const next = nextOf(schedule, course.nowMs());
    tellRound(course, run, next === null);
    if (next === null) {
      const dueMs = Math.min(endMs, ...schedule.map((one) => one.dueMs));
      run.onTurn({ sources: [], untilMs: dueMs });
      await clock.pause(dueMs - course.nowMs(), signal);
      course.look();
      continue;
    }
    const sampling = sampleIfThere(next, schedule, { course, run });
    if (next.task.isBeside) beside.push(sampling);
    else await sampling;
  }
  if (!signal.aborted) await sampleLast(schedule, course, run);
  await Promise.all(beside);
  course.observe({ kind: 'end', ...course.when(), why: signal.aborted ? 'interrupted' : 'time' });
  return course.state();
}

/** Whether the target answers is looked at as often as anything, however seldom the rest is sampled. */
function answering({ everyMs }: WatchRun): SamplingTask {
  return { sources: [], everyMs, sample: () => Promise.resolve([]) };
}

/** When there is time, and at least as often as anything is sampled; only where something happened since. */
function tellRound(course: Course, run: WatchRun, isIdle: boolean): void {
  if (!course.isNews() || (!isIdle && course.nowMs() - course.toldMs() < run.everyMs)) return;
  course.told();
  run.onRound(course.state());
}

/** Of all that is due, what is sampled most often: what takes long must not hold up what is watched closely. */
function nextOf(schedule: readonly Scheduled[], nowMs: number): Scheduled | null {
  const due = schedule.filter(({ dueMs }) => dueMs <= nowMs);
  const [first, ...others] = due;
  if (first === undefined) return null;
  return others.reduce((best, one) => (rhythmOf(one) < rhythmOf(best) ? one : best), first);
}

function rhythmOf({ task: { everyMs, isBeside } }: Scheduled): number {
  // It takes nobody's turn.
  if (isBeside) return -1;
  return everyMs ?? Number.POSITIVE_INFINITY;
}

/** Logs tell of time that has passed: the first window has to, and after a restart it begins where the last one ended. */
function scheduled(task: SamplingTask, course: Course): Scheduled {
  const nowMs = course.nowMs();
  if (!task.sources.some(isWindowed)) return { task, dueMs: nowMs, lastMs: nowMs };
  const lastMs = course.state().windows.findLast(({ source }) => task.sources.includes(source))?.untilMs ?? 0;
  return { task, dueMs: Math.max(nowMs, lastMs + (task.everyMs ?? 0)), lastMs };
}

interface Course {
  readonly state: () => WatchState;
  readonly nowMs: () => number;
  readonly when: () => Pick<Observation, 'at' | 'atMs'>;
  readonly observe: (observation: Observation) => void;
  /** Whether anything was observed since the last round was told, and when that was. */
  readonly isNews: () => boolean;
  readonly toldMs: () => number;
  readonly told: () => void;
  /** Looks at the clocks, and notes what happened to them. */
  readonly look: () => void;
}

function startCourse({ clock, folder, onAdvance, state: first }: WatchRun): Course {
  let state = first;
  let atMs = first.atMs;
  let read: ClockReading = clock.read();
  let isNews = true;
  let toldMs = atMs;
  const when = () => ({ atMs, at: new Date(read.wallMs).toISOString() });
  const observe = (observation: Observation): void => {
    // On disk before anybody judges it.
    folder.append(observation);
    isNews = true;
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
  const told = (): void => {
    isNews = false;
    toldMs = atMs;
  };
  return {
    state: () => state,
    nowMs: () => atMs,
    when,
    observe,
    look,
    isNews: () => isNews,
    toldMs: () => toldMs,
    told,
  };
}

/** A target that does not answer is asked for nothing; everything that is due waits for it. */
async function sampleIfThere(
  one: Scheduled,
  schedule: readonly Scheduled[],
  { course, run }: { readonly course: Course; readonly run: WatchRun },
): Promise<void> {
  if (one.task.isBeside) {
    one.dueMs = Number.POSITIVE_INFINITY;
    return sampleOne(one, course, run);
  }
  const why = await run.target.whyUnreachable();
  course.look();
  if (why === null) {
    if (one.task.sources.length > 0) run.onTurn({ sources: one.task.sources, untilMs: course.nowMs() });
    if (course.state().silent !== null) course.observe({ kind: 'answers', ...course.when() });
    noteLateness(one, course);
    return sampleOne(one, course, run);
  }
  course.observe({ kind: 'silent', ...course.when(), why: run.redactor.text(why) });
  const nowMs = course.nowMs();
  for (const waiting of schedule) if (waiting.dueMs <= nowMs) waiting.dueMs = nowMs + run.everyMs;
}

/** The machine was too busy, or what was sampled before took too long. */
function noteLateness({ dueMs, task }: Scheduled, course: Course): void {
  const lateMs = course.nowMs() - dueMs;
  if (task.everyMs === null || lateMs <= Math.max(LATE_MS, task.everyMs)) return;
  if (course.state().gaps.some(({ fromMs, lastedMs }) => fromMs + lastedMs >= dueMs)) return;
  course.observe({ kind: 'gap', ...course.when(), why: 'late', lastedMs: lateMs });
}

async function sampleOne(one: Scheduled, course: Course, run: WatchRun): Promise<void> {
  const { task } = one;
  const brought = await task.sample(course.nowMs() - one.lastMs);
  const gone = await goneNow(run.target);
  course.look();
  // What somebody cut short says nothing.
  if (run.signal.aborted) return;
  for (const evidence of run.redactor.deep(brought)) {
    const kept = compact(withQualityIssue(evidence, gone));
    course.observe({ kind: 'sample', ...course.when(), source: evidence.probe, evidence: kept });
  }
  one.lastMs = course.nowMs();
  one.dueMs = nextDue(one, course.nowMs());
}

/** In step with the beginning, however long a sample took; what was missed is not made up for. */
function nextDue({ dueMs, task: { everyMs } }: Scheduled, nowMs: number): number {
  if (everyMs === null) return Number.POSITIVE_INFINITY;
  return dueMs + Math.max(1, Math.ceil((nowMs - dueMs) / everyMs)) * everyMs;
}

/** Logs tell of the time since they were last read, which must not be left out at the end. */
async function sampleLast(schedule: readonly Scheduled[], course: Course, run: WatchRun): Promise<void> {
  for (const one of schedule) {
    if (!one.task.sources.some(isWindowed) || course.nowMs() - one.lastMs < SHORTEST_LAST_MS || run.signal.aborted)
      continue;
    if ((await run.target.whyUnreachable()) !== null) continue;
    await sampleOne(one, course, run);
  }
}
