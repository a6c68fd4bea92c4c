/** An open loop: a request leaves when it is due, whether or not earlier ones have been answered. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { planArrivals } from './arrivals.ts';
import type { Reply } from './autocannon-pool.ts';
import { classify, reasonToStop } from './classify.ts';
import { watchGenerator } from './generator-audit.ts';
import { type LoadContext, untilAnswered } from './load-context.ts';
import type { LoadResult, OpenLoopPlan } from './load-plan.ts';
import { startTally } from './tally.ts';

/** A rate that is met to one in a hundred is the stated one; a stall of the generator makes requests late, not fewer. */
const MIN_RATE_SHARE = 0.99;

/** Warms up and goes on with the same mix. */
export async function runOpenLoop(plan: OpenLoopPlan, context: LoadContext): Promise<LoadResult> {
  const warmUp = await phase({ ...plan, durationMs: plan.warmUpMs }, { ...context, onProgress: () => undefined });
  if (warmUp.stopped !== null) return warmUp;
  return phase({ ...plan, after: warmUp.planned ?? 0 }, context);
}

async function phase(
  plan: OpenLoopPlan & { readonly after?: number },
  { pool, askedBefore, signal, onProgress }: LoadContext,
): Promise<LoadResult> {
  const tally = startTally();
  const planned = Math.floor((plan.ratePerSecond * plan.durationMs) / 1000);
  const startDelaysMs: number[] = [];
  let stopped: LoadResult['stopped'] = null;
  let replies = 0;
  let maxInFlight = 0;
  const busyness = watchGenerator();
  const startedAt = performance.now();

  let sent = 0;
  for (const arrival of planArrivals(plan.mix, plan)) {
    const waitMs = arrival.dueMs - (performance.now() - startedAt);
    if (waitMs > 0) await sleep(waitMs);
    if (signal.aborted) stopped ??= { why: 'interrupted', message: 'the run was interrupted' };
    if (stopped !== null) break;
    sent += 1;
    startDelaysMs.push(performance.now() - startedAt - arrival.dueMs);
    let sentAt = performance.now();
    const onReply = (reply: Reply): void => {
      replies += 1;
      const now = performance.now();
      const took = {
        latencyMs: now - startedAt - arrival.dueMs,
        serviceMs: now - sentAt,
        second: Math.floor(arrival.dueMs / 1000),
      };
      tally.add(classify({ requested: arrival, reply, plan, askedBefore }, took));
      stopped ??= reasonToStop(tally, reply, plan);
      onProgress(replies, planned);
    };
    pool.send({
      request: arrival.request,
      onSent: () => {
        sentAt = performance.now();
      },
      onReply,
    });
    maxInFlight = Math.max(maxInFlight, pool.inFlight());
  }
  const sendingMs = performance.now() - startedAt;
  await untilAnswered(pool, plan.timeoutMs, signal);
  const plannedMs = (sent * 1000) / plan.ratePerSecond;
  const achievedPerSecond = sent === 0 ? 0 : (sent * 1000) / Math.max(sendingMs, plannedMs);
  const delays = startDelaysMs.sort((a, b) => a - b);
  const p99 = delays[Math.ceil(delays.length * 0.99) - 1] ?? 0;
  return {
    tally,
    planned,
    sent,
    durationMs: Math.max(sendingMs, plannedMs),
    stopped,
    abandoned: sent - replies,
    generator: {
      intendedPerSecond: plan.ratePerSecond,
      achievedPerSecond,
      startDelayMs: { p99, max: delays.at(-1) ?? 0 },
      ...busyness(),
      maxInFlight,
      kept: achievedPerSecond >= plan.ratePerSecond * MIN_RATE_SHARE && (stopped !== null || sent === replies),
    },
  };
}
