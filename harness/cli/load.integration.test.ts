import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { untrusted } from '../lib/untrusted-certificate.fixture.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, number: number) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server & { closeAllConnections(): void }, scheme: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function counted(answer: Answer): (request: IncomingMessage, response: ServerResponse) => void {
  let number = 0;
  return (request, response) => answer(request, response, ++number);
}

const serve = (answer: Answer): Promise<string> => listen(createServer(counted(answer)), 'http');

/** Two seconds at 60/s, without a warm-up, unless said otherwise; what was printed as JSON. */
async function load(url: string, ...flags: readonly string[]) {
  const quick = ['--rate', '60', '--for', '2s', '--warm-up', '0s', '--timeout', '500ms'];
  const { exitCode, out, err } = await run('load', url, '--json', ...quick, ...flags);
  return { exitCode, err, result: JSON.parse(out) };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-load-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('rampgate load', () => {
  it('says how a healthy server answered, in the shape that was agreed', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const { exitCode, result } = await load(`${url}/x`);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({
      url: `${url}/x`,
      rate: { intended: 60 },
      requests: { sent: 120, good: 120, bad: 0, timeouts: 0, connectionErrors: 0, byStatus: { 200: 120 } },
      generator: { kept: true },
      conclusion: 'The load ran as intended, and all 120 requests ended well.',
    });
    expect(Object.keys(result.latencyMs)).toEqual(['p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max', 'mean']);
    expect(result.latencyMs.p50).toBeLessThanOrEqual(result.latencyMs.max);
    expect(result.histogram).toMatch(/^[\w+/=]{20,}$/);
  });

  it('prints the same in 80 columns for people', async () => {
    const url = await serve((request, response, number) => {
      response.setHeader('x-cache', number % 2 === 0 ? 'MISS' : 'HIT');
      if (number % 20 === 0) response.writeHead(503);
      response.end(request.url);
    });
    const { exitCode, out } = await run('load', url, '--rate', '60', '--for', '2s', '--warm-up', '0s');
    expect(exitCode).toBe(0);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^requests {4}120 sent: 114 good, 6 bad$/m);
    expect(out).toMatch(/^status {6}200 × 114, 503 × 6$/m);
    expect(out).toMatch(/^latency( +\d+\.\d){7}$/m);
    expect(out).toMatch(/^cache {7}5\d(\.\d)? % hits of 113 repeated requests$/m);
    expect(out).toContain('6 of 120 requests failed (6 × status 503)');
  });

  /** The circuit breaker looks from a hundred requests on; what is under way by then still ends. */
  const stoppedEarly: unknown = expect.toSatisfy((count: number) => count >= 100 && count < 120);

  const failing: readonly (readonly [string, Answer, object, string])[] = [
    ['hangs', () => undefined, { timeouts: 120 }, 'no answer in time'],
    ['answers 500 fast', (_request, response) => response.writeHead(500).end(), { bad: stoppedEarly }, ' × status 500'],
    [
      'redirects in a loop',
      ({ url = '/' }, response) => response.writeHead(302, { location: url }).end(),
      { bad: stoppedEarly },
      'status 302, a redirect, which is not followed',
    ],
    [
      'closes connections',
      (request) => request.socket.destroy(),
      { connectionErrors: stoppedEarly },
      'the connection ended before the answer did',
    ],
    [
      'sends half a body',
      (request, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('half', () => request.socket.end());
      },
      { connectionErrors: stoppedEarly },
      'the connection ended before the answer did',
    ],
  ];

  it.each(failing)('has no percentile of a server that %s', async (_name, answer, requests, sentence) => {
    const { exitCode, result } = await load(await serve(answer));
    expect(result.requests).toMatchObject({ good: 0, ...requests });
    expect(result.latencyMs).toBeNull();
    expect(result.histogram).toBeNull();
    expect(result.conclusion).toContain('Nothing was served');
    expect(result.conclusion).toContain(sentence);
    expect(exitCode).toBe(2);
  });

  it('counts every request once, however it ended', async () => {
    const url = await serve((request, response, number) => {
      if (number % 4 === 0) response.writeHead(404).end();
      else if (number % 4 === 1) request.socket.destroy();
      else if (number % 4 === 2) response.end('ok');
    });
    const { result } = await load(url, '--for', '1s');
    const { sent, good, bad, timeouts, connectionErrors, rateLimited, abandoned } = result.requests;
    expect(good + bad + timeouts + connectionErrors + rateLimited + abandoned).toBe(sent);
    expect([good, bad, timeouts, connectionErrors]).toEqual([15, 15, 15, 15]);
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    closing.pop()?.();
    const { exitCode, result } = await load(url);
    expect(result.requests).toMatchObject({ good: 0, connectionErrors: stoppedEarly });
    expect(result.latencyMs).toBeNull();
    expect(result.conclusion).toContain('ECONNREFUSED');
    expect(exitCode).toBe(2);
  });

  it('has a stall in its tail', async () => {
    let stalledUntil = 0;
    const url = await serve((_request, response, number) => {
      if (number === 60) stalledUntil = performance.now() + 1000;
      setTimeout(() => response.end('ok'), Math.max(0, stalledUntil - performance.now()));
    });
    const { exitCode, result } = await load(url, '--timeout', '5s');
    expect(exitCode).toBe(0);
    expect(result.requests.good).toBe(120);
    // Half of the requests were due while it stood still, evenly over its second.
    expect(result.latencyMs.p95).toBeGreaterThan(700);
  });

  it('stops when the target limits the rate, and calls nothing its latency', async () => {
    const url = await serve((_request, response) => response.writeHead(429, { 'retry-after': '10' }).end());
    const { exitCode, result } = await load(url);
    expect(result.requests.sent).toBeLessThan(30);
    expect(result.requests.rateLimited).toBeGreaterThan(0);
    expect(result.conclusion).toContain('defended itself');
    expect(result.conclusion).toContain('429 (Retry-After 10)');
    expect(exitCode).toBe(2);
  });

  it('sends nothing to a server whose certificate nobody vouches for, unless told to', async () => {
    let asked = 0;
    const answer = counted((_request, response) => {
      asked += 1;
      response.end('ok');
    });
    const server = createTlsServer(untrusted, answer);
    const url = await listen(server, 'https');
    const refused = await load(url);
    expect(asked).toBe(0);
    expect(refused.exitCode).toBe(2);
    expect(refused.result.conclusion).toContain('its certificate is not to be trusted');
    const { result } = await load(url, '--insecure', '--for', '1s');
    expect(result.requests).toMatchObject({ sent: 60, good: 60 });
    expect(asked).toBe(60);
  });

  it('reads a very large body without keeping it', async () => {
    const body = Buffer.alloc(100_000_000, 'x');
    const url = await serve((_request, response) => response.end(body));
    const { result } = await load(url, '--rate', '2', '--for', '1s', '--timeout', '20s');
    expect(result.requests).toMatchObject({ sent: 2, good: 2 });
  });

  it('sends what it is told to send, and holds the answer to what is expected', async () => {
    const folder = temporaryFolder();
    const bodyFile = join(folder, 'body.json');
    writeFileSync(bodyFile, '{"a":1}');
    const seen = new Set<string>();
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.add(`${request.method} ${String(request.headers['x-team'])} ${body}`);
        response.writeHead(201).end('made');
      });
    });
    const sending = ['--method', 'POST', '--header', 'X-Team: sync', '--body-file', bodyFile, '--for', '1s'];
    const good = await load(url, ...sending, '--expect-status', '201', '--expect-body', 'made');
    expect(good.result.requests).toMatchObject({ sent: 60, good: 60 });
    expect([...seen]).toEqual(['POST sync {"a":1}']);
    const bad = await load(url, ...sending, '--expect-body', 'missing');
    expect(bad.result.conclusion).toContain('the expected content was missing');
    expect(bad.exitCode).toBe(2);
  });

  it('tells throughput, and nothing it cannot know, in a closed loop', async () => {
    const url = await serve((_request, response) => setTimeout(() => response.end('ok'), 2));
    const flags = ['--rate', 'max', '--warm-up', '0s'];
    const { exitCode, out } = await run('load', `${url}/x`, ...flags, '--max-requests', '300', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      rate: { intended: null },
      requests: { planned: null, sent: 300, good: 300 },
      latencyMs: null,
      serviceMs: { p50: expect.any(Number) },
      histogram: null,
      generator: { startDelayMs: null },
      conclusion: expect.stringMatching(/^The throughput was \d+ good answers a second; none of the requests failed\./),
    });
    const failing = await serve((_request, response, number) =>
      response.writeHead(number % 4 === 0 ? 500 : 200).end('ok'),
    );
    const partly = JSON.parse((await run('load', failing, ...flags, '--max-requests', '400', '--json')).out);
    expect(partly.requests).toMatchObject({ sent: 400, good: 300, bad: 100 });
    const [, served] = /was (\d+) good answers/.exec(partly.conclusion) ?? [];
    expect(Number(served) / partly.rate.achieved).toBeCloseTo(0.75, 2);
    const people = await run('load', `${url}/x`, ...flags, '--max-requests', '300');
    expect(people.out).toContain('in a closed loop');
    expect(people.out).not.toContain('nothing was served');
    for (const line of people.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    const unlimited = await run('load', url, ...flags);
    expect(unlimited.exitCode).toBe(3);
    expect(unlimited.err).toContain('--max-requests');
    const tooMany = await run('load', url, ...flags, '--max-requests', '100000000', '--vary', 'q');
    expect(tooMany.exitCode).toBe(3);
    expect(tooMany.err).toContain('at most 1000000 together with --vary');
  });

  it('takes several addresses by their weights, and makes every one distinct where it varies them', async () => {
    const folder = temporaryFolder();
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end('ok');
    });
    const urls = join(folder, 'urls.txt');
    writeFileSync(urls, `# three in four\n3 ${url}/often?x=1\n\n${url}/seldom\n`);
    const { out } = await run('load', '--urls', urls, '--vary', 'n', '--rate', '60', '--for', '2s', '--json');
    expect(JSON.parse(out).requests.good).toBe(120);
    const counted = asked.slice(-120);
    expect(counted.filter((path) => path.startsWith('/often?x=1&n='))).toHaveLength(90);
    expect(counted.filter((path) => path.startsWith('/seldom?n='))).toHaveLength(30);
    // The warm-up's too: what it asked for would be in a cache.
    expect(new Set(asked).size).toBe(asked.length);
  });

  it.each([
    ['nothing to load', [], 'There is nothing to load'],
    ['an address that is none', ['ftp://x'], 'load got "ftp://x"'],
    ['a host beyond this machine', ['http://example.test/'], '--allow-host example.test'],
    ['a rate of nothing', ['http://localhost:1', '--rate', '0'], '--rate got "0"'],
    ['a rate above the ceiling', ['http://localhost:1', '--rate', '500'], 'above the ceiling of 200'],
    ['more requests than the ceiling', ['http://localhost:1', '--rate', '200', '--for', '1h'], '--max-requests'],
    ['a duration without its unit', ['http://localhost:1', '--for', '30'], 'such as 30s or 500ms'],
    ['half a connection', ['http://localhost:1', '--connections', '0.5'], '--connections got "0.5"'],
    ['a header that is none', ['http://localhost:1', '--header', 'x'], '--header got "x"'],
    ['a status that is none', ['http://localhost:1', '--expect-status', '2xx'], '--expect-status got "2xx"'],
    ['a file that is not there', ['--urls', '/nowhere/urls.txt'], 'ENOENT'],
  ])('explains %s and exits with 3', async (_name, argv, message) => {
    const { exitCode, err, out } = await run('load', ...argv);
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(exitCode).toBe(3);
  });
});
