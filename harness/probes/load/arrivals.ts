/** When each request is due, and which one it is: stated before the load begins, so that falling behind shows. */
import type { LoadRequest, LoadShare } from '../../policy.ts';

export interface Arrival {
  /** Milliseconds after the load's start at which the request is due. */
  readonly dueMs: number;
  readonly request: LoadRequest;
  readonly share: string;
  /** Whether the same request may have been asked before, so that the cache should answer. */
  readonly repeated: boolean;
}

export interface ArrivalPlan {
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** So many arrivals of the same mix came before: the requests go on from there, so that fresh ones stay fresh. */
  readonly after?: number;
}

/** A constant arrival rate; shares are interleaved evenly and their requests taken in turn. */
export function* planArrivals(
  mix: readonly LoadShare[],
  { ratePerSecond, durationMs, after = 0 }: ArrivalPlan,
): Generator<Arrival> {
  const count = after + Math.floor((ratePerSecond * durationMs) / 1000);
  const taken = mix.map(() => 0);
  for (let index = 0; index < count; index += 1) {
    const which = mostBehind(mix, taken, index + 1);
    const share = mix[which];
    if (share === undefined) throw new Error('a load mix needs at least one share');
    const turn = taken[which] ?? 0;
    taken[which] = turn + 1;
    const request = share.requests[turn % share.requests.length] ?? share.requests[0];
    if (index < after) continue;
    const dueMs = ((index - after) * 1000) / ratePerSecond;
    yield { dueMs, request, share: share.name, repeated: share.repeated ?? false };
  }
}

/** The share that is furthest below its part after `total` arrivals. */
function mostBehind(mix: readonly LoadShare[], taken: readonly number[], total: number): number {
  const lags = mix.map((share, index) => share.share * total - (taken[index] ?? 0));
  return lags.indexOf(Math.max(...lags));
}
