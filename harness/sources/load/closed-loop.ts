/**
 * A closed loop: every connection sends its next request when its last one was answered. It tells how much gets through;
 * it cannot tell what people wait, because a stall keeps it from asking.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeTurns } from './arrivals.ts';
import { classify, reasonToStop } from './classify.ts';
import { watchGenerator } from './generator-audit.ts';
import { type LoadContext, untilAnswered } from './load-context.ts';
import type { ClosedLoopPlan, LoadResult, Requested } from './load-plan.ts';
import { startLoadRecorder } from './load-recorder.ts';

const PROGRESS_EVERY_MS = 500;
const LOOK_EVERY_MS = 5;

/** Warms up, then asks as fast as the answers come, for the stated time or until the requests are used up. */
export async function runClosedLoop(plan: ClosedLoopPlan, context: LoadContext): Promise<LoadResult> {
  const turns = takeTurns(plan.mix);
  if (plan.warmUpMs === 0) return phase(plan, { ...context, turns });
  const warmUp = await phase(
    { ...plan, durationMs: plan.warmUpMs },
    { ...context, turns, onProgress: () => undefined },
  );
  if (warmUp.stopped !== null) return warmUp;
  return phase({ ...plan, maxRequests: plan.maxRequests - warmUp.sent }, { ...context, turns });
}

async function phase(
  plan: ClosedLoopPlan,
  { pool, askedBefore, turns, signal, onProgress }: LoadContext & { readonly turns: Iterator<Requested, never> },
): Promise<LoadResult> {
  const loadRecorder = startLoadRecorder();
  const { connections } = plan;
  let stopped: LoadResult['stopped'] = null;
  let sent = 0;
  let replies = 0;
  let lastReplyAt = 0;
  const busyness = watchGenerator();
  const startedAt = performance.now();
  const endsAt = startedAt + plan.durationMs;

  const sendNext = (): void => {
    if (signal.aborted) stopped ??= { why: 'interrupted', message: 'the run was interrupted' };
    if (stopped !== null || sent >= plan.maxRequests || performance.now() >= endsAt) return;
    sent += 1;
    const requested = turns.next().value;
    let sentAt = performance.now();
    pool.send({
      request: requested.request,
      onSent: () => {
        sentAt = performance.now();
      },
      onReply: (reply) => {
        replies += 1;
        lastReplyAt = performance.now();
        const second = Math.floor((sentAt - startedAt) / 1000);
        loadRecorder.add(
          classify({ requested, reply, plan, askedBefore }, { serviceMs: lastReplyAt - sentAt, second }),
        );
        stopped ??= reasonToStop(loadRecorder, reply, plan);
        sendNext();
      },
    });
  };
  for (let connection = 0; connection < connections; connection += 1) sendNext();
  const progress = setInterval(() => onProgress(replies, null), PROGRESS_EVERY_MS);
  while (pool.inFlight() > 0 && performance.now() < endsAt && !signal.aborted) await sleep(LOOK_EVERY_MS);
  clearInterval(progress);
  await untilAnswered(pool, plan.timeoutMs, signal);
  const durationMs = Math.max(lastReplyAt - startedAt, 0);
  return {
    loadRecorder,
    stages: 1,
    planned: null,
    sent,
    durationMs,
    stopped,
    abandoned: sent - replies,
    generator: {
      intendedPerSecond: null,
      achievedPerSecond: durationMs === 0 ? 0 : (replies * 1000) / durationMs,
      startDelayMs: null,
      ...busyness(),
      maxInFlight: Math.min(connections, sent),
      kept: stopped !== null || sent === replies,
    },
  };
}
