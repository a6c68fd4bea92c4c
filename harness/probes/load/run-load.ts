/** Puts a stated arrival rate on a target, open loop, and watches both the target and itself while doing so. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadShare } from '../../policy.ts';
import { type Arrival, planArrivals } from './arrivals.ts';
import { openPool, type Pool, type Reply } from './autocannon-pool.ts';
import { type Finished, startTally, type Tally } from './tally.ts';

export interface LoadPlan {
  /** Address that the requests' paths are relative to. */
  readonly baseUrl: string;
  readonly mix: readonly LoadShare[];
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
  readonly timeoutMs: number;
  /** Text that every good answer contains. */
  readonly expectBody?: string;
  /** The statuses of good answers; any 2xx when left out. */
  readonly expectStatus?: readonly number[];
  /** The first of these headers that an answer has tells whether it came from a cache. */
  readonly cacheHeaders?: readonly string[];
  readonly stopAtErrorRatio: number;
  /** At most so many requests at once; 256 when left out. */
  readonly connections?: number;
  /** Takes a certificate that nobody vouches for. */
  readonly insecure?: boolean;
}

export interface LoadResult {
  readonly tally: Tally;
  readonly planned: number;
  readonly sent: number;
  /** How long requests were due for. */
  readonly durationMs: number;
  /** Why the load ended before its time, or null. */
  readonly stopped: { readonly why: 'failing' | 'rate-limited' | 'interrupted'; readonly message: string } | null;
  readonly generator: GeneratorAudit;
  /** Requests whose end is not known: in flight when the load was stopped. */
  readonly abandoned: number;
}

export interface GeneratorAudit {
  readonly intendedPerSecond: number;
  readonly achievedPerSecond: number;
  /** Actual minus intended start. */
  readonly startDelayMs: { readonly p99: number; readonly max: number };
  readonly eventLoopDelayMs: { readonly p99: number };
  /** Processor time of this process over wall time; 1 is a whole core. */
  readonly cpu: number;
  readonly maxInFlight: number;
  /** Whether the stated load was put on: at least 99 % of the rate, and every request came to an end. */
  readonly kept: boolean;
}

/** Beyond this many connections at once, arrivals wait for one; the wait counts as latency. */
const CONNECTIONS = 256;
/** A rate that is met to one in a hundred is the stated one; a stall of the generator makes requests late, not fewer. */
const MIN_RATE_SHARE = 0.99;

/** Warms up, loads, waits for the last answers. Ends early when the target is failing or defends itself. */
export async function runLoad(
  plan: LoadPlan,
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number, planned: number) => void },
): Promise<LoadResult> {
  const base = new URL(plan.baseUrl);
  const pool = openPool({
    origin: base.origin,
    connections: plan.connections ?? CONNECTIONS,
    timeoutMs: plan.timeoutMs,
    insecure: plan.insecure ?? false,
  });
  const askedBefore = new Set<string>();
  try {
    const warmUp = await phase(
      { ...plan, durationMs: plan.warmUpMs },
      { pool, base, askedBefore, ...options, onProgress: () => undefined },
    );
    if (warmUp.stopped !== null) return warmUp;
    return await phase({ ...plan, after: warmUp.planned }, { pool, base, askedBefore, ...options });
  } finally {
    await pool.close();
  }
}

interface PhaseContext {
  readonly pool: Pool;
  readonly base: URL;
  readonly askedBefore: Set<string>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, planned: number) => void;
}

async function phase(plan: LoadPlan & { readonly after?: number }, context: PhaseContext): Promise<LoadResult> {
  const { pool, base, askedBefore, signal, onProgress } = context;
  const tally = startTally();
  const planned = Math.floor((plan.ratePerSecond * plan.durationMs) / 1000);
  const startDelaysMs: number[] = [];
  const eventLoop = monitorEventLoopDelay({ resolution: 10 });
  const cpuBefore = process.cpuUsage();
  let stopped: LoadResult['stopped'] = null;
  let replies = 0;
  let maxInFlight = 0;
  eventLoop.enable();
  const startedAt = performance.now();

  const take = (arrival: Arrival, reply: Reply, sentAt: number): void => {
    replies += 1;
    const finished = classify(
      { arrival, reply, plan, askedBefore },
      {
        latencyMs: performance.now() - startedAt - arrival.dueMs,
        serviceMs: performance.now() - sentAt,
      },
    );
    tally.add(finished);
    stopped ??= reasonToStop(tally, reply, plan);
    onProgress(replies, planned);
  };

  let sent = 0;
  for (const arrival of planArrivals(plan.mix, plan)) {
    const waitMs = arrival.dueMs - (performance.now() - startedAt);
    if (waitMs > 0) await sleep(waitMs);
    if (signal.aborted) stopped ??= { why: 'interrupted', message: 'the run was interrupted' };
    if (stopped !== null) break;
    sent += 1;
    startDelaysMs.push(performance.now() - startedAt - arrival.dueMs);
    let sentAt = performance.now();
    pool.send({
      request: { ...arrival.request, path: base.pathname.replace(/\/$/, '') + arrival.request.path },
      onSent: () => {
        sentAt = performance.now();
      },
      onReply: (reply) => take(arrival, reply, sentAt),
    });
    maxInFlight = Math.max(maxInFlight, pool.inFlight());
  }
  const sendingMs = performance.now() - startedAt;
  await untilAnswered(pool, plan.timeoutMs, signal);
  eventLoop.disable();
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
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
      eventLoopDelayMs: { p99: eventLoop.percentile(99) / 1e6 },
      cpu: (cpu.user + cpu.system) / 1000 / wallMs,
      maxInFlight,
      kept: achievedPerSecond >= plan.ratePerSecond * MIN_RATE_SHARE && (stopped !== null || sent === replies),
    },
  };
}

function classify(
  {
    arrival,
    reply,
    plan,
    askedBefore,
  }: { readonly arrival: Arrival; readonly reply: Reply; readonly plan: LoadPlan; readonly askedBefore: Set<string> },
  { latencyMs, serviceMs }: { readonly latencyMs: number; readonly serviceMs: number },
): Finished {
  const common = { latencyMs, serviceMs, second: Math.floor(arrival.dueMs / 1000) };
  if (reply.kind === 'timeout') return { ...common, outcome: 'timeout', why: 'no answer in time' };
  if (reply.kind === 'lost') return { ...common, outcome: 'lost', why: reply.why };
  const { status, headers, body } = reply;
  if (isSelfDefence(reply)) return { ...common, outcome: 'rate-limited', status, why: `status ${status}` };
  if (!isExpected(status, plan)) return { ...common, outcome: 'bad', status, why: `status ${status}` };
  if (!body.includes(plan.expectBody ?? '')) {
    return { ...common, outcome: 'bad', status, why: 'the expected content was missing' };
  }
  // The first answer to a request cannot come from the cache; only its repeats tell something.
  const repeats = arrival.repeated && askedBefore.has(arrival.request.path);
  if (arrival.repeated) askedBefore.add(arrival.request.path);
  if (!repeats || plan.cacheHeaders === undefined) return { ...common, outcome: 'good', status };
  const signal = plan.cacheHeaders.map((name) => headers.get(name.toLowerCase())).find((value) => value !== undefined);
  return { ...common, outcome: 'good', status, cache: cacheSignal(signal) };
}

function isExpected(status: number, { expectStatus }: LoadPlan): boolean {
  return expectStatus === undefined ? status >= 200 && status <= 299 : expectStatus.includes(status);
}

/** What a cache header says; `Cache-Status` (RFC 9211) and the usual `X-Cache` values. */
export function cacheSignal(value: string | undefined): 'hit' | 'miss' | 'unknown' {
  if (value === undefined) return 'unknown';
  if (/\bhit\b/i.test(value)) return 'hit';
  return /\b(miss|fwd=|bypass|expired|stale|dynamic)/i.test(value) ? 'miss' : 'unknown';
}

/** 429, or 503 that says when to come back: the target defends itself, which is not its speed. */
function isSelfDefence(reply: Extract<Reply, { kind: 'answer' }>): boolean {
  return reply.status === 429 || (reply.status === 503 && reply.headers.has('retry-after'));
}

function reasonToStop(tally: Tally, reply: Reply, plan: LoadPlan): LoadResult['stopped'] {
  if (reply.kind === 'answer' && isSelfDefence(reply)) {
    const again = reply.headers.get('retry-after');
    const message = `the target answered ${reply.status}${again === undefined ? '' : ` (Retry-After ${again})`}: its limiter allows less than ${plan.ratePerSecond}/s`;
    return { why: 'rate-limited', message };
  }
  const ratio = tally.recentErrorRatio();
  if (ratio === null || ratio < plan.stopAtErrorRatio) return null;
  return {
    why: 'failing',
    message: `${Math.round(ratio * 100)} % of the last 100 requests failed, so the load was stopped`,
  };
}

async function untilAnswered(pool: Pool, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs * 2;
  while (pool.inFlight() > 0 && !signal.aborted && performance.now() < giveUpAt) await sleep(5);
}
