/** An open loop: a request leaves when it is due, whether or not earlier ones have been answered. */

import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../../lib/percentile.ts';
import { planArrivals } from './arrivals.ts';
import type { Reply } from './autocannon-pool.ts';
import { classify, reasonToStop } from './classify.ts';
import { type GeneratorBusyness, watchGenerator } from './generator-audit.ts';
import { type LoadContext, untilAnswered } from './load-context.ts';
import type { LoadResult, OpenLoopPlan } from './load-plan.ts';
import { type LoadRecorder, startLoadRecorder } from './load-recorder.ts';

/** A rate that is met to one in a hundred is the stated one; a stall of the generator makes requests late, not fewer. */
const MIN_RATE_SHARE = 0.99;

/** Warms up and goes on with the same mix, stage by stage as long as more is asked for. */
export async function runOpenLoop(plan: OpenLoopPlan, context: LoadContext): Promise<LoadResult> {
  const warmUp = startCourse(0);
  await runStage({ ...plan, durationMs: plan.warmUpMs }, { ...context, onProgress: () => undefined }, warmUp);
  if (warmUp.stopped !== null) return resultOf(plan, warmUp);
  const course = startCourse(warmUp.planned);
  do {
    await runStage(plan, context, course);
  } while (course.stopped === null && (context.wantsMore?.(resultOf(plan, course)) ?? false));
  return resultOf(plan, course);
}

/** What has happened so far. */
interface Course {
  readonly loadRecorder: LoadRecorder;
  /** Arrivals of the mix before this course. */
  readonly after: number;
  readonly startDelaysMs: number[];
  readonly busyness: GeneratorBusyness[];
  stages: number;
  planned: number;
  sent: number;
  replies: number;
  durationMs: number;
  maxInFlight: number;
  stopped: LoadResult['stopped'];
}

function startCourse(after: number): Course {
  const nothing = { stages: 0, planned: 0, sent: 0, replies: 0, durationMs: 0, maxInFlight: 0, stopped: null };
  return { loadRecorder: startLoadRecorder(), after, startDelaysMs: [], busyness: [], ...nothing };
}

/** Puts the load on for its duration and waits for the last answers. */
async function runStage(
  plan: OpenLoopPlan,
  { pool, askedBefore, signal, onProgress }: LoadContext,
  course: Course,
): Promise<void> {
  const { loadRecorder } = course;
  const firstSecond = course.stages * Math.ceil(plan.durationMs / 1000);
  const sentBefore = course.sent;
  const after = course.after + course.planned;
  course.planned += Math.floor((plan.ratePerSecond * plan.durationMs) / 1000);
  const { planned } = course;
  const busyness = watchGenerator();
  const startedAt = performance.now();

  for (const arrival of planArrivals(plan.mix, { ...plan, after })) {
    const waitMs = arrival.dueMs - (performance.now() - startedAt);
    if (waitMs > 0) await sleep(waitMs);
    if (signal.aborted) course.stopped ??= { why: 'interrupted', message: 'the run was interrupted' };
    if (course.stopped !== null) break;
    course.sent += 1;
    course.startDelaysMs.push(performance.now() - startedAt - arrival.dueMs);
    let sentAt = performance.now();
    const onReply = (reply: Reply): void => {
      course.replies += 1;
      const now = performance.now();
      const took = {
        latencyMs: now - startedAt - arrival.dueMs,
        serviceMs: now - sentAt,
        second: firstSecond + Math.floor(arrival.dueMs / 1000),
      };
      loadRecorder.add(classify({ requested: arrival, reply, plan, askedBefore }, took));
      course.stopped ??= reasonToStop(loadRecorder, reply, plan);
      onProgress(course.replies, planned);
    };
    pool.send({
      request: arrival.request,
      onSent: () => {
        sentAt = performance.now();
      },
      onReply,
    });
    course.maxInFlight = Math.max(course.maxInFlight, pool.inFlight());
  }
  const sendingMs = performance.now() - startedAt;
  await untilAnswered(pool, plan.timeoutMs, signal);
  course.durationMs += Math.max(sendingMs, ((course.sent - sentBefore) * 1000) / plan.ratePerSecond);
  course.busyness.push(busyness());
  course.stages += 1;
}

function resultOf({ ratePerSecond }: OpenLoopPlan, course: Course): LoadResult {
  const { loadRecorder, planned, sent, replies, durationMs, maxInFlight, stopped, stages } = course;
  const achievedPerSecond = sent === 0 ? 0 : (sent * 1000) / durationMs;
  return {
    loadRecorder,
    stages,
    planned,
    sent,
    durationMs,
    stopped,
    abandoned: sent - replies,
    generator: {
      intendedPerSecond: ratePerSecond,
      achievedPerSecond,
      startDelayMs: startDelayOf(course.startDelaysMs),
      ...busiestOf(course.busyness),
      maxInFlight,
      kept: achievedPerSecond >= ratePerSecond * MIN_RATE_SHARE && (stopped !== null || sent === replies),
    },
  };
}

function startDelayOf(delaysMs: readonly number[]): LoadResult['generator']['startDelayMs'] {
  if (delaysMs.length === 0) return { p99: 0, max: 0 };
  return { p99: percentile(delaysMs, 99), max: delaysMs.reduce((one, other) => Math.max(one, other)) };
}

/** What the generator was like in its busiest stage. */
function busiestOf(stages: readonly GeneratorBusyness[]): GeneratorBusyness {
  return {
    eventLoopDelayMs: { p99: Math.max(...stages.map(({ eventLoopDelayMs }) => eventLoopDelayMs.p99)) },
    cpu: Math.max(...stages.map(({ cpu }) => cpu)),
  };
}
