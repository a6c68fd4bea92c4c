/** What a loop of either kind works with. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from './autocannon-pool.ts';
import type { LoadResult } from './load-plan.ts';

export interface LoadOptions {
  readonly signal: AbortSignal;
  /** `planned` is null in a closed loop. */
  readonly onProgress: (done: number, planned: number | null) => void;
  /** Asked after each stage of an open loop: whether the load should go on for as long again. Never, when left out. */
  readonly wantsMore?: (soFar: LoadResult) => boolean;
}

/** What both loops are run with; the mix's paths are whole by now. */
export interface LoadContext extends LoadOptions {
  readonly pool: Pool;
  readonly askedBefore: Set<string>;
}

/** Until every request has come to its end, or it is clear that one does not. */
export async function untilAnswered(pool: Pool, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs * 2;
  while (pool.inFlight() > 0 && !signal.aborted && performance.now() < giveUpAt) await sleep(5);
}
