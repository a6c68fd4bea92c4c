/** Puts a load on a target and says what became of every request. */
import type { LoadRequest } from '../../model/load-mix.ts';
import { distinctPath } from '../distinct-path.ts';
import { openPool, type Pool } from './autocannon-pool.ts';
import { runClosedLoop } from './closed-loop.ts';
import type { LoadOptions } from './load-context.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { runOpenLoop } from './open-loop.ts';

/** Beyond this many connections at once, arrivals wait for one; the wait counts as latency. */
const CONNECTIONS = 256;

/** Warms up, loads, waits for the last answers. Ends early when the target is failing or defends itself. */
export async function runLoad(plan: LoadPlan, options: LoadOptions): Promise<LoadResult> {
  const base = new URL(plan.baseUrl);
  const opened = openPool({
    origin: base.origin,
    connections: plan.connections ?? CONNECTIONS,
    timeoutMs: plan.timeoutMs,
    insecure: plan.insecure ?? false,
  });
  const { distinctBy } = plan;
  const pool = distinctBy === undefined ? opened : sendingDistinct(opened, distinctBy);
  const below = base.pathname.replace(/\/$/, '');
  const context = { ...options, pool, askedBefore: new Set<string>() };
  const mix = plan.mix.map(({ requests: [first, ...others], ...share }) => ({
    ...share,
    requests: [wholePath(first), ...others.map(wholePath)] as const,
  }));
  function wholePath(request: LoadRequest): LoadRequest {
    return { ...request, path: below + request.path };
  }
  try {
    return plan.loop === 'open'
      ? await runOpenLoop({ ...plan, mix }, context)
      : await runClosedLoop({ ...plan, mix }, context);
  } finally {
    await pool.close();
  }
}

/** What is sent differs each time; what was asked for, by which repeats are known, stays the same. */
function sendingDistinct(pool: Pool, parameter: string): Pool {
  return {
    ...pool,
    send: ({ request, ...sending }) =>
      pool.send({ ...sending, request: { ...request, path: distinctPath(request.path, parameter) } }),
  };
}
