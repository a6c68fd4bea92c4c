/** What one reply means: good or bad, a hit or a miss, and whether to go on at all. */
import type { Reply } from './autocannon-pool.ts';
import type { LoadPlan, LoadResult, Requested } from './load-plan.ts';
import type { Finished, LoadRecorder } from './load-recorder.ts';

/** How long it took, from when it was due (where it was) and from when it left; `second` of the load it belongs to. */
export type Took = Pick<Finished, 'latencyMs' | 'serviceMs' | 'second'>;

export interface Answered {
  readonly requested: Requested;
  readonly reply: Reply;
  readonly plan: LoadPlan;
  /** Paths that were answered well before; grows. */
  readonly askedBefore: Set<string>;
}

export function classify({ requested, reply, plan, askedBefore }: Answered, took: Took): Finished {
  if (reply.kind === 'timeout') return { ...took, outcome: 'timeout', why: 'no answer in time' };
  if (reply.kind === 'lost') return { ...took, outcome: 'lost', why: reply.why };
  const { status } = reply;
  if (isSelfDefence(reply)) return { ...took, outcome: 'rate-limited', status, why: `status ${status}` };
  if (!isExpected(status, plan)) return { ...took, outcome: 'bad', status, why: `status ${status}` };
  if (plan.expectBody !== undefined && !reply.body().includes(plan.expectBody)) {
    return { ...took, outcome: 'bad', status, why: 'the expected content was missing' };
  }
  // The first answer to a request cannot come from the cache; only its repeats tell something.
  const repeats = requested.repeated && askedBefore.has(requested.request.path);
  if (requested.repeated) askedBefore.add(requested.request.path);
  if (!repeats || plan.cacheHeaders === undefined) return { ...took, outcome: 'good', status };
  return { ...took, outcome: 'good', status, cache: cacheSaid(reply.header, plan.cacheHeaders) };
}

/** The first of the headers that the answer has decides. */
export function cacheSaid(header: (name: string) => string | undefined, names: readonly string[]): CacheSignal {
  for (const name of names) {
    const value = header(name);
    if (value !== undefined) return cacheSignal(value, name);
  }
  // Only a cache sends `Age` (RFC 9111, 5.1): without it nobody but the origin has answered.
  return names.some(isAge) ? 'miss' : 'unknown';
}

function isExpected(status: number, { expectStatus }: LoadPlan): boolean {
  return expectStatus === undefined ? status >= 200 && status <= 299 : expectStatus.includes(status);
}

type CacheSignal = NonNullable<Finished['cache']>;

/** What a cache header says; `Age` (RFC 9111), `Cache-Status` (RFC 9211) and the usual `X-Cache` values. */
export function cacheSignal(value: string, name: string): CacheSignal {
  if (isAge(name)) return /^\d+$/.test(value) ? 'hit' : 'unknown';
  if (/\bhit\b/i.test(value)) return 'hit';
  return /\b(miss|fwd=|bypass|expired|stale|dynamic)/i.test(value) ? 'miss' : 'unknown';
}

function isAge(name: string): boolean {
  return name.toLowerCase() === 'age';
}

/** 429, or 503 that says when to come back: the target defends itself, which is not its speed. */
function isSelfDefence(reply: Extract<Reply, { kind: 'answer' }>): boolean {
  return reply.status === 429 || (reply.status === 503 && reply.header('retry-after') !== undefined);
}

/** Why the load must not go on after this reply, or null. */
export function reasonToStop(loadRecorder: LoadRecorder, reply: Reply, plan: LoadPlan): LoadResult['stopped'] {
  if (reply.kind === 'answer' && isSelfDefence(reply)) {
    const again = reply.header('retry-after');
    const told = `the target answered ${reply.status}${again === undefined ? '' : ` (Retry-After ${again})`}`;
    const message = `${told}: its limiter allows less than ${plan.loop === 'open' ? `${plan.ratePerSecond}/s` : 'this'}`;
    return { why: 'rate-limited', message };
  }
  const ratio = loadRecorder.recentErrorRatio();
  if (ratio === null || ratio < plan.stopAtErrorRatio) return null;
  return {
    why: 'failing',
    message: `${Math.round(ratio * 100)} % of the last 100 requests failed, so the load was stopped`,
  };
}
