/** When each request is due, and which one it is: stated before the load begins, so that falling behind shows. */
import type { LoadShare } from '../../model/load-mix.ts';
import type { Requested } from './load-plan.ts';

export interface Arrival extends Requested {
  /** Milliseconds after the load's start at which the request is due. */
  readonly dueMs: number;
}

export interface ArrivalPlan {
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** So many arrivals of the same mix came before: the requests go on from there, so that fresh ones stay fresh. */
  readonly after?: number;
}

/** A constant arrival rate over the requests of a mix. */
export function* planArrivals(
  mix: readonly LoadShare[],
  { ratePerSecond, durationMs, after = 0 }: ArrivalPlan,
): Generator<Arrival> {
  const turns = takeTurns(mix);
  for (let index = 0; index < after; index += 1) turns.next();
  const count = Math.floor((ratePerSecond * durationMs) / 1000);
  for (let index = 0; index < count; index += 1) {
    yield { ...turns.next().value, dueMs: (index * 1000) / ratePerSecond };
  }
}

/** The requests of a mix without end: shares are interleaved evenly and their requests taken in turn. */
export function* takeTurns(mix: readonly LoadShare[]): Generator<Requested, never> {
  const taken = mix.map(() => 0);
  const asked = mix.map(({ name, requests, repeated = false }) =>
    requests.map((request) => ({ request, share: name, repeated })),
  );
  for (let total = 1; ; total += 1) {
    const which = mostBehind(mix, taken, total);
    const turn = taken[which] ?? 0;
    taken[which] = turn + 1;
    const requests = asked[which] ?? [];
    const requested = requests[turn % requests.length];
    if (requested === undefined) throw new Error('a load mix needs at least one share, and a share one request');
    yield requested;
  }
}

/** The share that is furthest below its part after `total` arrivals. */
function mostBehind(mix: readonly LoadShare[], taken: readonly number[], total: number): number {
  if (mix.length === 1) return 0;
  const lags = mix.map((share, index) => share.share * total - (taken[index] ?? 0));
  return lags.indexOf(Math.max(...lags));
}
