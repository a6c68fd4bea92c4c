import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cacheSignal } from './classify.ts';
import type { ClosedLoopPlan, LoadResult, OpenLoopPlan } from './load-plan.ts';
import { runLoad } from './run-load.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A real server on a free port that is closed, connections and all, after the test. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void,
): Promise<string> {
  let number = 0;
  const server = createServer((request, response) => answer(request, response, ++number));
  return listen(server, () => server.closeAllConnections());
}

async function listen(server: Server, destroy: () => void): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        destroy();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function load(
  baseUrl: string,
  change: Partial<OpenLoopPlan> = {},
  wantsMore?: (soFar: LoadResult) => boolean,
): Promise<LoadResult> {
  const plan: OpenLoopPlan = {
    loop: 'open',
    baseUrl,
    mix: [{ name: 'all', share: 1, requests: [{ path: '/x' }] }],
    ratePerSecond: 100,
    durationMs: 1000,
    warmUpMs: 0,
    timeoutMs: 400,
    expectBody: 'ok',
    stopAtErrorRatio: 0.5,
    ...change,
  };
  const signal = new AbortController().signal;
  return runLoad(plan, { signal, onProgress: () => undefined, ...(wantsMore === undefined ? {} : { wantsMore }) });
}

describe('a load on a target that refuses repeated requests', () => {
  it('sends each request with a value of its own, and still knows which ones repeat', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('X-Cache', 'HIT').end('ok');
    });
    const mix = [{ name: 'all', share: 1, repeated: true, requests: [{ path: '/x' }, { path: '/y?a=b' }] as const }];
    const distinct = { mix, durationMs: 200, distinctBy: '_run', cacheHeaders: ['X-Cache'] };
    const { loadRecorder } = await load(url, distinct);
    expect(new Set(asked).size).toBe(20);
    for (const path of asked) expect(path).toMatch(/^\/(?:x\?|y\?a=b&)_run=[\w-]+$/);
    expect(loadRecorder.cache.hits).toBeGreaterThan(0);
  });
});

describe('a load in stages', () => {
  const fresh = Array.from({ length: 100 }, (_, index) => ({ path: `/${index}` }));
  const [first = { path: '/0' }, ...others] = fresh;
  const mix = [{ name: 'fresh', share: 1, requests: [first, ...others] as const }];
  const stage = { mix, ratePerSecond: 20, durationMs: 1000, warmUpMs: 500 };

  it('goes on as long as more is wanted, with what was not asked for before', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end('ok');
    });
    const soFar: number[] = [];
    const result = await load(url, stage, ({ stages, sent, planned }) => {
      expect(planned).toBe(sent);
      soFar.push(sent);
      return stages < 3;
    });
    expect(soFar).toEqual([20, 40, 60]);
    expect(result).toMatchObject({ stages: 3, planned: 60, sent: 60, abandoned: 0, generator: { kept: true } });
    expect(result.loadRecorder.counts.good).toBe(60);
    expect(asked).toEqual(fresh.slice(0, 70).map(({ path }) => path));
  });

  it('numbers the seconds of all stages in one row', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const { loadRecorder } = await load(url, stage, ({ stages }) => stages < 2);
    expect(loadRecorder.seconds().map(({ second, requests }) => [second, requests])).toEqual([
      [0, 20],
      [1, 20],
    ]);
  });

  it('is not asked for more once it had to be stopped', async () => {
    const url = await serve((_request, response) => response.writeHead(429).end());
    const result = await load(url, { ...stage, warmUpMs: 0 }, () => true);
    expect(result).toMatchObject({ stages: 1, stopped: { why: 'rate-limited' } });
  });
});

describe('runLoad', () => {
  it('counts every request once, and both sides agree', async () => {
    let served = 0;
    const url = await serve((_request, response) => {
      served += 1;
      response.end('ok');
    });
    const result = await load(url);
    expect(result).toMatchObject({ planned: 100, sent: 100, abandoned: 0, stopped: null });
    expect(result.loadRecorder.counts).toEqual({ good: 100, bad: 0, timeouts: 0, lost: 0, rateLimited: 0 });
    expect(served).toBe(100);
  });

  it('sends each request when it is due, although earlier ones are not answered yet', async () => {
    const arrivals: number[] = [];
    const url = await serve((_request, response) => {
      arrivals.push(performance.now());
      setTimeout(() => response.end('ok'), 300);
    });
    await load(url, { ratePerSecond: 50 });
    const span = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
    // A closed loop on one connection would take 50 × 300 ms; one in bursts would be done at once.
    expect(span).toBeGreaterThan(900);
    expect(span).toBeLessThan(2500);
  });

  it('charges a stall to every request that was due during it', async () => {
    let stalledUntil = 0;
    const url = await serve((_request, response, number) => {
      if (number === 20) stalledUntil = performance.now() + 600;
      const waitMs = Math.max(0, stalledUntil - performance.now());
      setTimeout(() => response.end('ok'), waitMs);
    });
    const { loadRecorder } = await load(url, { timeoutMs: 5000 });
    // 60 of the 100 requests were due within the 600 ms: each waited for the rest of it.
    expect(loadRecorder.counts.good).toBe(100);
    expect(loadRecorder.percentilesMs().latency?.p50).toBeGreaterThan(20);
    expect(loadRecorder.percentilesMs().latency?.p95).toBeGreaterThan(400);
  });

  it('calls an answer without the expected content bad, however fast and however 200', async () => {
    const url = await serve((_request, response) => response.end('{"files":[]}'));
    const { loadRecorder } = await load(url, { stopAtErrorRatio: 1, durationMs: 500 });
    expect(loadRecorder.counts).toMatchObject({ good: 0, bad: 50 });
  });

  it('stops early when the target fails, and says so', async () => {
    const url = await serve((_request, response) => response.writeHead(500).end('no'));
    const result = await load(url, { durationMs: 5000 });
    expect(result.stopped).toMatchObject({
      why: 'failing',
      message: '100 % of the last 100 requests failed, so the load was stopped',
    });
    expect(result.sent).toBeLessThan(300);
    expect(result.loadRecorder.byStatus['500']).toBe(result.sent);
    expect(result.loadRecorder.percentilesMs().latency).toBeNull();
  });

  it('tells a target that defends itself from one that is slow or broken', async () => {
    const url = await serve((_request, response, number) => {
      if (number > 20) response.writeHead(429, { 'retry-after': '10' }).end('slow down');
      else response.end('ok');
    });
    const result = await load(url, { durationMs: 5000 });
    expect(result.stopped).toMatchObject({
      why: 'rate-limited',
      message: expect.stringContaining('429 (Retry-After 10)'),
    });
    expect(result.loadRecorder.counts).toMatchObject({ good: 20, bad: 0 });
    expect(result.loadRecorder.counts.rateLimited).toBeGreaterThan(0);
  });

  it('counts a request that is never answered as a time-out, in the distribution at the time it waited', async () => {
    const url = await serve((_request, response, number) => {
      if (number % 10 !== 0) response.end('ok');
    });
    const { loadRecorder } = await load(url);
    expect(loadRecorder.counts).toMatchObject({ good: 90, timeouts: 10, lost: 0 });
    expect(loadRecorder.percentilesMs().latency?.p99).toBeGreaterThanOrEqual(399);
  });

  it('counts a connection that is closed without an answer as lost, and charges it to no other request', async () => {
    const url = await serve((request, response, number) => {
      if (number % 10 === 0) request.socket.destroy();
      else response.end('ok');
    });
    const { loadRecorder, abandoned } = await load(url);
    expect(loadRecorder.counts).toMatchObject({ good: 90, lost: 10, timeouts: 0 });
    expect(loadRecorder.percentilesMs().latency?.max).toBeLessThan(400);
    expect(abandoned).toBe(0);
  });

  it('counts half an answer as lost, and reads the next one right', async () => {
    const url = await serve((request, response, number) => {
      if (number % 10 !== 0) return response.end('ok');
      response.writeHead(200, { 'content-length': '1000' });
      response.write('ok but not all of it');
      setTimeout(() => request.socket.destroy(), 20);
    });
    const { loadRecorder } = await load(url);
    expect(loadRecorder.counts).toMatchObject({ good: 90, lost: 10 });
  });

  it('reports nothing but lost requests where nobody listens', async () => {
    const url = await serve(() => undefined);
    await closing.pop()?.();
    const { loadRecorder, stopped } = await load(url, { durationMs: 3000 });
    expect(loadRecorder.counts.good).toBe(0);
    expect(loadRecorder.counts.lost).toBeGreaterThanOrEqual(100);
    expect(stopped?.why).toBe('failing');
    expect(loadRecorder.percentilesMs().latency).toBeNull();
  });

  it('survives a server that speaks no HTTP', async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('data', () => socket.end('hello, I am not a web server\r\n'));
      socket.on('error', () => undefined);
    });
    const url = await listen(server, () => sockets.forEach((socket) => socket.destroy()));
    const { loadRecorder, sent } = await load(url, { stopAtErrorRatio: 1, durationMs: 300 });
    expect(loadRecorder.counts.good).toBe(0);
    expect(loadRecorder.counts.lost + loadRecorder.counts.timeouts).toBe(sent);
  });

  it('tells hits from misses among repeated requests, and does not count the first', async () => {
    const url = await serve((request, response, number) => {
      response.setHeader('X-Cache', request.url === '/fresh' || number % 2 === 0 ? 'MISS' : 'HIT');
      response.end('ok');
    });
    const { loadRecorder } = await load(url, {
      cacheHeaders: ['x-cache'],
      mix: [{ name: 'repeated', share: 1, repeated: true, requests: [{ path: '/a' }] }],
    });
    const { hits, misses, unknown } = loadRecorder.cache;
    expect(hits + misses).toBe(99);
    expect(hits).toBe(49);
    expect(unknown).toBe(0);
  });

  it('does not take a missing header for a miss', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const { loadRecorder } = await load(url, {
      cacheHeaders: ['x-cache'],
      mix: [{ name: 'repeated', share: 1, repeated: true, requests: [{ path: '/a' }] }],
    });
    expect(loadRecorder.cache).toEqual({ hits: 0, misses: 0, unknown: 99 });
  });

  it('takes the Age of an answer for a hit, and its absence for a miss', async () => {
    const url = await serve((_request, response, number) => {
      if (number % 4 === 0) response.setHeader('Age', '3');
      response.end('ok');
    });
    const { loadRecorder } = await load(url, {
      cacheHeaders: ['age'],
      mix: [{ name: 'repeated', share: 1, repeated: true, requests: [{ path: '/a' }] }],
    });
    expect(loadRecorder.cache).toEqual({ hits: 25, misses: 74, unknown: 0 });
  });

  it('stops when it is interrupted, with what it has', async () => {
    const interrupt = new AbortController();
    const url = await serve((_request, response, number) => {
      if (number === 30) interrupt.abort();
      response.end('ok');
    });
    const result = await runLoad(
      {
        loop: 'open',
        baseUrl: url,
        mix: [{ name: 'all', share: 1, requests: [{ path: '/x' }] }],
        ratePerSecond: 100,
        durationMs: 30_000,
        warmUpMs: 0,
        timeoutMs: 400,
        expectBody: 'ok',
        stopAtErrorRatio: 0.5,
      },
      { signal: interrupt.signal, onProgress: () => undefined },
    );
    expect(result.stopped?.why).toBe('interrupted');
    expect(result.loadRecorder.counts.good).toBeGreaterThanOrEqual(29);
  });
});

describe('runLoad in a closed loop', () => {
  function saturate(baseUrl: string, change: Partial<ClosedLoopPlan> = {}): Promise<LoadResult> {
    const plan: ClosedLoopPlan = {
      loop: 'closed',
      baseUrl,
      mix: [{ name: 'all', share: 1, requests: [{ path: '/x' }] }],
      connections: 4,
      maxRequests: 400,
      durationMs: 20_000,
      warmUpMs: 0,
      timeoutMs: 400,
      expectBody: 'ok',
      stopAtErrorRatio: 0.5,
      ...change,
    };
    return runLoad(plan, { signal: new AbortController().signal, onProgress: () => undefined });
  }

  it('asks until its requests are used up, never more at once than it has connections', async () => {
    let served = 0;
    let open = 0;
    let most = 0;
    const url = await serve((_request, response) => {
      served += 1;
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end('ok');
      }, 2);
    });
    const result = await saturate(url);
    expect(result).toMatchObject({ planned: null, sent: 400, abandoned: 0, stopped: null });
    expect(result.loadRecorder.counts).toEqual({ good: 400, bad: 0, timeouts: 0, lost: 0, rateLimited: 0 });
    expect([served, most]).toEqual([400, 4]);
    expect(result.generator).toMatchObject({ intendedPerSecond: null, startDelayMs: null, maxInFlight: 4, kept: true });
    expect(result.generator.achievedPerSecond).toBeCloseTo((400 * 1000) / result.durationMs, 6);
  });

  it('tells service times only: nothing was due', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const { latency, service } = (await saturate(url)).loadRecorder.percentilesMs();
    expect(latency).toBeNull();
    expect(service?.p50).toBeGreaterThan(0);
  });

  it('counts the warm-up towards its requests, and nothing else of it', async () => {
    let served = 0;
    const url = await serve((_request, response) => {
      served += 1;
      setTimeout(() => response.end('ok'), 1);
    });
    const { sent } = await saturate(url, { warmUpMs: 100, maxRequests: 2000 });
    expect(served).toBe(2000);
    expect(sent).toBeLessThan(2000);
  });

  it('takes the requests of a mix in turn', async () => {
    const asked: { [path: string]: number } = {};
    const url = await serve(({ url: path = '' }, response) => {
      asked[path] = (asked[path] ?? 0) + 1;
      response.end('ok');
    });
    await saturate(url, {
      mix: [
        { name: 'a', share: 0.75, requests: [{ path: '/a' }, { path: '/b' }] },
        { name: 'c', share: 0.25, requests: [{ path: '/c' }] },
      ],
    });
    expect(asked).toEqual({ '/a': 150, '/b': 150, '/c': 100 });
  });

  it('ends when time is up', async () => {
    const url = await serve((_request, response) => setTimeout(() => response.end('ok'), 20));
    const result = await saturate(url, { durationMs: 300 });
    expect(result.sent).toBeLessThan(400);
    expect(result).toMatchObject({ abandoned: 0, stopped: null });
  });

  it('keeps asking on new connections where answers do not come, and stops when too many fail', async () => {
    const url = await serve((_request, response, number) => {
      if (number % 5 !== 0) response.end('ok');
    });
    const { loadRecorder, sent } = await saturate(url, { timeoutMs: 100 });
    expect(loadRecorder.counts).toEqual({ good: sent * 0.8, bad: 0, timeouts: sent * 0.2, lost: 0, rateLimited: 0 });
    const failing = await serve((_request, response) => response.writeHead(500).end());
    const stopped = await saturate(failing);
    expect(stopped.stopped?.why).toBe('failing');
    expect(stopped.sent).toBeLessThan(110);
  });

  it('ends soon where nobody listens', async () => {
    const { loadRecorder, stopped } = await saturate('http://127.0.0.1:9');
    expect(loadRecorder.counts.good).toBe(0);
    expect(loadRecorder.counts.lost).toBeGreaterThanOrEqual(100);
    expect(stopped?.why).toBe('failing');
  });
});

describe('cacheSignal', () => {
  it.each([
    ['HIT', 'hit'],
    ['hit from edge-3', 'hit'],
    ['ExampleCache; hit; ttl=30', 'hit'],
    ['MISS', 'miss'],
    ['ExampleCache; fwd=uri-miss', 'miss'],
    ['BYPASS', 'miss'],
    ['perhaps', 'unknown'],
  ] as const)('reads %s as %s', (value, signal) => {
    expect(cacheSignal(value, 'X-Cache')).toBe(signal);
  });

  it.each([
    ['0', 'hit'],
    ['17', 'hit'],
    ['old', 'unknown'],
  ] as const)('reads an Age of %s as %s', (value, signal) => {
    expect(cacheSignal(value, 'Age')).toBe(signal);
  });
});
