/** The logs probe on real files, a real command and a real server that answers as Loki is documented to. */
import { createWriteStream, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judge } from '../../judgement/judge.ts';
import { realShell } from '../../lib/shell.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Evidence } from '../../model/evidence.ts';
import { collectLogs } from './collect-logs.ts';
import { lineCounter } from './count-lines.ts';
import { readFiles } from './read-files.ts';
import type { LogPolicy, LogSource } from './settings.ts';

let folder: string;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rampgate-logs-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const line = (seconds: number, message: string): string =>
  `${JSON.stringify({ level: 'info', time: secondsAgo(seconds), message })}\n`;

function inFolder(...names: readonly string[]): LogSource {
  return { kind: 'files', paths: names.map((name) => join(folder, name)) };
}

interface Circumstances {
  readonly trafficSinceMs?: number;
  readonly windowMs?: number;
  readonly zoneMinutes?: number;
  /** Counts hits and misses too, and their rate. */
  readonly withRates?: boolean;
}

function collect(source: LogSource, circumstances: Circumstances = {}) {
  const { trafficSinceMs, windowMs = 600_000, zoneMinutes = 0, withRates = false } = circumstances;
  const hitsAndMisses = withRates ? { hits: 'cache hit', misses: 'fetching' } : {};
  const log: LogPolicy = {
    name: 'api',
    source,
    isGiven: false,
    windowMs,
    zoneMinutes,
    patterns: { timeouts: 'timeout|upstream.*error', ...hitsAndMisses },
    rates: withRates ? { 'hit-rate': { of: 'hits', against: 'misses' } } : {},
    control: null,
  };
  const signal = new AbortController().signal;
  const target = { web: 'http://localhost:1', api: 'http://localhost:1' };
  const runFolder = folder;
  return collectLogs(log, { trafficSinceMs: trafficSinceMs ?? null, target, runFolder, shell: realShell(), signal });
}

const criterion: Criterion = {
  id: 'logs.timeouts',
  title: 'Time-outs',
  scope: 'backend',
  severity: 'blocking',
  sli: 'logs.timeouts',
  probe: 'logs-api',
  statistic: { kind: 'count' },
  limit: { op: '<=', value: 0, unit: 'count' },
  minSamples: 1,
  groups: [],
  rationale: '',
  advice: '',
  checklist: [],
};

const findingOf = (evidence: Evidence) => judge([criterion], [evidence], { falseGo: 0.01, falseNoGo: 0.01 })[0];

function measured(evidence: Evidence) {
  expect(evidence, JSON.stringify(evidence)).toMatchObject({ status: 'collected' });
  return evidence.status === 'collected' ? evidence.measurements[0] : undefined;
}

describe('log files', () => {
  it('are counted together with what was rotated out of them, gzipped or not', async () => {
    writeFileSync(join(folder, 'api.log.2.gz'), gzipSync(line(900, 'a timeout of old') + line(500, 'timeout')));
    writeFileSync(join(folder, 'api.log.1'), line(400, 'fine') + line(300, 'upstream fetch error'));
    writeFileSync(join(folder, 'api.log'), `not JSON\n${line(1, 'fine')}`);
    const evidence = await collect(inFolder('api.log*'));
    expect(measured(evidence)).toMatchObject({ count: 2, exposures: 4, exposedTo: 'log lines' });
    expect(measured(evidence)).not.toHaveProperty('window');
    expect(evidence.qualityIssues).toEqual([]);
    expect(findingOf(evidence)).toMatchObject({ outcome: 'fail', message: expect.stringContaining('Seen: ') });
    // And the finding leads to those lines.
    const path = 'evidence/logs-api-lines.txt';
    expect(evidence).toMatchObject({ attachments: [{ path, mediaType: 'text/plain' }] });
    const [, , pattern, ...lines] = readFileSync(join(folder, path), 'utf8').trimEnd().split('\n');
    expect(pattern).toBe('# timeouts: 2 lines match timeout|upstream.*error');
    expect(new Set(lines.map((text) => JSON.parse(text).message))).toEqual(
      new Set(['timeout', 'upstream fetch error']),
    );
  });

  it('that go back less than the window are a partial window', async () => {
    writeFileSync(join(folder, 'api.log'), line(240, 'fine') + line(1, 'fine'));
    const evidence = await collect(inFolder('api.log'));
    expect(measured(evidence)).toMatchObject({ count: 0, window: { plannedMs: 600_000 } });
    expect(evidence).toMatchObject({ attachments: [] });
    expect(findingOf(evidence)).toMatchObject({
      outcome: 'pass',
      message: expect.stringContaining('partial window: 4 min'),
    });
  });

  it('being compressed just now are counted once', async () => {
    writeFileSync(join(folder, 'api.log.1'), line(5, 'timeout'));
    writeFileSync(join(folder, 'api.log.1.gz'), gzipSync(line(5, 'timeout')).subarray(0, 20));
    const evidence = await collect(inFolder('api.log*', 'api.log.1'));
    expect(measured(evidence)).toMatchObject({ count: 1, exposures: 1 });
    expect(evidence.qualityIssues).toEqual([]);
  });

  it('that are broken off leave no pass, but a time-out in them is one', async () => {
    const packed = gzipSync(Array.from({ length: 3000 }, (_, n) => line(5, `fine ${n} ${Math.sin(n)}`)).join(''));
    writeFileSync(join(folder, 'api.log.1.gz'), packed.subarray(0, packed.length / 2));
    writeFileSync(join(folder, 'api.log'), line(5, 'fine'));
    const broken = await collect(inFolder('api.log*'));
    expect(findingOf(broken)).toMatchObject({
      outcome: 'inconclusive',
      reason: 'evidence-doubted',
      message: expect.stringContaining('api.log.1.gz: could not be read to its end: unexpected end of file'),
    });
    writeFileSync(join(folder, 'api.log'), line(5, 'timeout'));
    expect(findingOf(await collect(inFolder('api.log*')))).toMatchObject({ outcome: 'fail' });
  });

  it('truncated while they are read leave no pass', async () => {
    const path = join(folder, 'api.log');
    writeFileSync(path, line(5, 'fine').repeat(40_000));
    const window = { fromMs: Date.now() - 600_000, untilMs: Date.now() };
    let fed = 0;
    const { problems, streams } = await readFiles([path], {
      cwd: '/',
      signal: new AbortController().signal,
      counter: () => {
        const counter = lineCounter({ window, patterns: [], zoneMinutes: 0 });
        const feed = (chunk: Buffer) => {
          if (fed++ === 0) truncateSync(path);
          counter.feed(chunk);
        };
        return { ...counter, feed };
      },
    });
    expect(problems).toEqual([
      expect.stringMatching(/api\.log: was truncated while it was read, after \d+ of \d+ bytes/),
    ]);
    expect(streams[0]?.counts.lines).toBeGreaterThan(1000);
  });

  it('renamed while they are read are read to their end, once', async () => {
    const path = join(folder, 'api.log');
    writeFileSync(path, line(5, 'timeout').repeat(40_000));
    const window = { fromMs: Date.now() - 600_000, untilMs: Date.now() };
    let fed = 0;
    const { problems, streams } = await readFiles([`${path}*`], {
      cwd: '/',
      signal: new AbortController().signal,
      counter: () => {
        const counter = lineCounter({ window, patterns: [], zoneMinutes: 0 });
        const feed = (chunk: Buffer) => {
          if (fed++ === 0) {
            renameSync(path, `${path}.1`);
            writeFileSync(path, line(0, 'new'));
          }
          counter.feed(chunk);
        };
        return { ...counter, feed };
      },
    });
    expect(problems).toEqual([]);
    expect(streams.map(({ counts }) => counts.lines)).toEqual([40_000]);
  });

  it('with a line of 10 MB are read in bounded memory, and the finding says that it was cut', async () => {
    const file = createWriteStream(join(folder, 'api.log'));
    file.write(`${secondsAgo(3)} `);
    for (let part = 0; part < 10; part += 1) file.write('x'.repeat(1_000_000));
    file.write(`\n${line(2, 'fine')}`);
    await new Promise<void>((resolve) => file.end(resolve));
    const evidence = await collect(inFolder('api.log'));
    expect(measured(evidence)).toMatchObject({ count: 0, exposures: 2 });
    expect(findingOf(evidence)).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('1 line was too long to be read to the end'),
    });
  });

  it('are read in the zone that is configured, and say so where that seems wrong', async () => {
    const local = (seconds: number) => new Date(Date.now() + 7_200_000 - seconds * 1000).toISOString().slice(0, -1);
    writeFileSync(join(folder, 'api.log'), `${local(5)} timeout\n`);
    expect(measured(await collect(inFolder('api.log'), { zoneMinutes: 120 }))).toMatchObject({ count: 1 });
    expect((await collect(inFolder('api.log'))).qualityIssues[0]?.message).toMatch(
      /1 h 59 min|2 h 00 min ahead: is its zone right/,
    );
  });
});

describe('a blind log', () => {
  const cases: readonly (readonly [name: string, source: () => LogSource, why: string])[] = [
    ['no file', () => inFolder('none.log'), 'none.log: there is no such file'],
    ['a folder', () => ({ kind: 'files', paths: [folder] }), 'is not a file'],
    [
      'an empty file',
      () => {
        writeFileSync(join(folder, 'empty.log'), '');
        return inFolder('empty.log');
      },
      'not one line could be read from',
    ],
    [
      'a binary file',
      () => {
        writeFileSync(join(folder, 'core'), Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 256)));
        return inFolder('core');
      },
      'lines has a time that can be read',
    ],
    [
      'lines without times',
      () => {
        writeFileSync(join(folder, 'text.log'), 'INFO: timeout\nINFO: x\n');
        return inFolder('text.log');
      },
      'none of its 2 lines has a time that can be read',
    ],
    [
      'only old lines',
      () => {
        writeFileSync(join(folder, 'old.log'), line(3600, 'timeout'));
        return inFolder('old.log');
      },
      'none of its 1 lines is from the last 10 min 00 s',
    ],
    ['no such program', () => ({ kind: 'command', command: ['no-such-program'], timeoutMs: 5000 }), 'ENOENT'],
    [
      'a command that fails',
      () => ({ kind: 'command', command: ['sh', '-c', 'echo "no pods; token=abc" >&2; exit 4'], timeoutMs: 5000 }),
      'ended with exit code 4 (no pods; token=[redacted])',
    ],
    [
      'a Loki that nobody runs',
      () => ({ kind: 'loki', url: 'http://127.0.0.1:1', query: '{app="x"}' }),
      'Loki at http://127.0.0.1:1: fetch failed',
    ],
    [
      'a token that is not there',
      () => ({ kind: 'loki', url: 'http://127.0.0.1:1', query: '{app="x"}', tokenFrom: 'NO_SUCH_TOKEN' }),
      'the environment has no NO_SUCH_TOKEN',
    ],
  ];

  it.each(cases)('(%s) is named, and inconclusive', async (_name, source, why) => {
    const finding = findingOf(await collect(source()));
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'no-evidence' });
    expect(finding?.message).toContain('log api is blind: ');
    expect(finding?.message).toContain(why);
  });

  it('(nothing of what this run caused) is named, and inconclusive', async () => {
    writeFileSync(join(folder, 'stale.log'), line(300, 'timeout'));
    const finding = findingOf(await collect(inFolder('stale.log'), { trafficSinceMs: Date.now() - 60_000 }));
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'no-evidence' });
    expect(finding?.message).toContain('it has no line since this run began');
  });
});

describe('a command', () => {
  it('is asked for the time before the window too, and its lines are counted as those of a file', async () => {
    const script = `console.log(process.argv[1] + ' timeout'); console.log('${secondsAgo(2)} timeout'); console.log('x')`;
    const source: LogSource = {
      kind: 'command',
      command: ['node', '-e', script, '{since}', '{sinceEpoch}'],
      timeoutMs: 5000,
    };
    const evidence = await collect(source);
    expect(measured(evidence)).toMatchObject({ count: 1, exposures: 2 });
    // The line of 20 minutes ago shows that the whole window was there to be read.
    expect(measured(evidence)).not.toHaveProperty('window');
  });

  it('that follows the log for ever is stopped, which leaves no pass', async () => {
    const script = `console.log('${secondsAgo(2)} fine'); setInterval(() => {}, 1000)`;
    const evidence = await collect({ kind: 'command', command: ['node', '-e', script], timeoutMs: 800 });
    expect(findingOf(evidence)).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('was stopped after 0.8 s: does it follow the log?'),
    });
  });
});

describe('Loki', () => {
  const nanoseconds = (seconds: number): string => `${BigInt(Date.now() - seconds * 1000) * 1_000_000n}`;

  /** The documented form of `GET /loki/api/v1/query_range` with `direction=forward`: from `start` on, up to `limit` lines. */
  async function loki(entries: readonly (readonly [string, string])[], seen: string[] = []): Promise<string> {
    const server = createServer((request, response) => {
      const { searchParams, pathname } = new URL(request.url ?? '', 'http://localhost');
      const { authorization, 'x-scope-orgid': tenant } = request.headers;
      seen.push([pathname, tenant, authorization].join(' '));
      const from = BigInt(searchParams.get('start') ?? 0);
      const values = entries
        .filter(([at]) => BigInt(at) >= from)
        .toSorted(([a], [b]) => Number(BigInt(a) - BigInt(b)))
        .slice(0, Number(searchParams.get('limit')));
      const result = values.length === 0 ? [] : [{ stream: { app: 'api' }, values }];
      const body =
        searchParams.get('query') === 'bad'
          ? [400, 'parse error at line 1']
          : [200, JSON.stringify({ status: 'success', data: { resultType: 'streams', result, stats: {} } })];
      response.writeHead(Number(body[0])).end(String(body[1]));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('is read page by page, and lines that share an instant are counted once each', async () => {
    const shared = nanoseconds(30);
    const entries = [
      ...Array.from({ length: 4990 }, (_, n) => [nanoseconds(100), `fine ${n}`] as const),
      ...Array.from({ length: 20 }, (_, n) => [shared, `timeout ${n}`] as const),
      [nanoseconds(1), 'upstream fetch error'] as const,
    ];
    const seen: string[] = [];
    const url = await loki(entries, seen);
    process.env['RAMPGATE_TEST_TOKEN'] = 'not-for-evidence';
    const source: LogSource = {
      kind: 'loki',
      url,
      query: '{app="api"}',
      tenant: 'qa',
      tokenFrom: 'RAMPGATE_TEST_TOKEN',
    };
    const evidence = await collect(source);
    expect(measured(evidence)).toMatchObject({ count: 21, exposures: 5011 });
    expect(seen).toEqual(['/loki/api/v1/query_range qa Bearer not-for-evidence', expect.anything()]);
    expect(JSON.stringify(evidence)).not.toContain('not-for-evidence');
  });

  it('that refuses the query is blind, with its own words', async () => {
    const evidence = await collect({ kind: 'loki', url: await loki([]), query: 'bad' });
    expect(evidence.qualityIssues[0]?.message).toContain('answered 400: parse error at line 1');
    const silent = await collect({ kind: 'loki', url: await loki([]), query: '{app="api"}' });
    expect(silent.qualityIssues[0]?.message).toContain('not one line could be read from {app="api"}');
  });
});

describe('a rate of two patterns', () => {
  const log = (...messages: readonly string[]): void =>
    writeFileSync(join(folder, 'rates.log'), messages.map((message) => line(5, message)).join(''));

  it('is of the lines that match either', async () => {
    log('cache hit a', 'fetching b', 'cache hit c', 'something else', 'cache hit d');
    const evidence = await collect(inFolder('rates.log'), { withRates: true });
    expect(evidence).toMatchObject({ status: 'collected', qualityIssues: [] });
    expect(evidence.status === 'collected' && evidence.measurements).toContainEqual({
      kind: 'ratio',
      sli: 'logs.hit-rate',
      how: expect.stringContaining('that match hits, among those that match it or misses'),
      unit: 'ratio',
      numerator: 3,
      denominator: 4,
      of: { numerator: 'lines of hits', denominator: 'lines of hits or misses' },
    });
  });

  it('is not zero where no line says either', async () => {
    log('something else');
    const evidence = await collect(inFolder('rates.log'), { withRates: true });
    expect(evidence.qualityIssues).toEqual([
      {
        code: 'signal-absent',
        message: 'log api: no line matches hits or misses, so there is no rate of them',
        slis: ['logs.hit-rate'],
      },
    ]);
    expect(JSON.stringify(evidence)).not.toContain('"ratio"');
  });
});
