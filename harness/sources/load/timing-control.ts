/** Whether a load times right: a route that is known to take its time is asked in the same open loop. */

import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { messageOf } from '../../lib/message-of.ts';
import type { Control } from '../../model/evidence.ts';
import type { SlowRoute } from '../../model/target-policy.ts';
import { notSeen, notTried, seen } from '../positive-control.ts';
import { runLoad } from './run-load.ts';

const RATE_PER_SECOND = 32;
/** That one control makes. */
export const REQUESTS = 8;
/** Histograms keep three digits, and timers of the target may be a millisecond early. */
const EARLY_MS = 2;
/**
 * Half of the answers must be timed within twice what they take: a busy machine adds less to most of them, and a generator in
 * which requests wait for each other adds several times as much.
 */
const LATE_SHARE = 1;

export interface TimingOptions {
  readonly api: string;
  /** Null: the target offers none. */
  readonly slowRoute: SlowRoute | null;
  readonly timeoutMs: number;
  /** Why nothing may be asked; absent where it may. */
  readonly withoutControl?: string;
  readonly signal: AbortSignal;
}

/** Never throws. */
export async function proveTiming({ slowRoute, withoutControl, ...options }: TimingOptions): Promise<Control> {
  const about = { name: 'slow route', planted: 'requests to a route that is known to take its time' };
  if (withoutControl !== undefined) return notTried(about, withoutControl);
  if (slowRoute === null) return notTried(about, 'the target offers no slowRoute');
  const { path, takesMs } = slowRoute;
  const timed = await timeAnswers(slowRoute, options);
  if (typeof timed === 'string') return notSeen(about, `${path}: ${timed}`);
  const { leastMs, medianMs } = timed;
  const latestMs = takesMs * (1 + LATE_SHARE);
  const isRight = leastMs >= takesMs - EARLY_MS && medianMs <= latestMs;
  const range = `at least ${takesMs} ms each, and half of them at most ${latestMs} ms`;
  const found = `${REQUESTS} answers of ${path} were timed with ${leastMs.toFixed(1)} ms at the least, half of them within ${medianMs.toFixed(1)} ms`;
  return isRight ? seen(about, `${found}; right is ${range}`) : notSeen(about, `${found}, instead of ${range}`);
}

interface Timed {
  readonly leastMs: number;
  readonly medianMs: number;
}

/** The latencies, or why there are none. Each request is one of its own, so that no limiter takes offence. */
async function timeAnswers(
  { path }: SlowRoute,
  { api, timeoutMs, signal }: Pick<TimingOptions, 'api' | 'timeoutMs' | 'signal'>,
): Promise<Timed | string> {
  const addressOf = (number: number) => ({
    path: `${path}${path.includes('?') ? '&' : '?'}rampgate-control=${number}`,
  });
  const others = Array.from({ length: REQUESTS - 1 }, (_, index) => addressOf(index + 2));
  try {
    const { loadRecorder } = await runLoad(
      {
        loop: 'open',
        baseUrl: api,
        mix: [{ name: 'slow', share: 1, requests: [addressOf(1), ...others] }],
        ratePerSecond: RATE_PER_SECOND,
        durationMs: (REQUESTS * 1000) / RATE_PER_SECOND,
        warmUpMs: 0,
        timeoutMs,
        stopAtErrorRatio: 1,
      },
      { signal, onProgress: () => undefined },
    );
    const { good } = loadRecorder.counts;
    if (good < REQUESTS) return `${good} of ${REQUESTS} answers were good`;
    const latency = decodeFromCompressedBase64(loadRecorder.latency().histogram);
    return { leastMs: latency.minNonZeroValue / 1000, medianMs: latency.getValueAtPercentile(50) / 1000 };
  } catch (error) {
    return messageOf(error);
  }
}
