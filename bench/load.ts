/**
 * `rampgate load` beside other generators on servers that know what they did. Prints percentiles against the server's own,
 * and how evenly requests came; asserts nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type ServerTruth, STALL_AT_REQUEST, STALL_MS } from './load-truth.ts';
import { percentile, print, table } from './summary.ts';

interface Result {
  readonly method: string;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

interface Generator {
  readonly method: string;
  /** Command line for so many requests per second for so many seconds. */
  readonly command: (url: string, rate: number, seconds: number) => readonly [string, ...string[]];
  readonly read: (output: string) => Omit<Result, 'method'>;
}

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const RATE = 100;
const SECONDS = 10;
/** A generator that has not ended by then does not. */
const LONGEST_MS = 60_000;

const rampgate: Generator = {
  method: 'rampgate load',
  command: (url, rate, seconds) => [
    process.execPath,
    join(root, 'harness/cli.ts'),
    'load',
    url,
    '--rate',
    String(rate),
    '--for',
    `${seconds}s`,
    '--warm-up',
    '0s',
    '--json',
  ],
  read: (output) => {
    const { latencyMs } = JSON.parse(output) as { latencyMs: { p50: number; p95: number; p99: number; max: number } };
    return { p50: latencyMs.p50, p95: latencyMs.p95, p99: latencyMs.p99, max: latencyMs.max };
  },
};

const autocannon = (rate: 'rate' | 'closed'): Generator => ({
  method: rate === 'rate' ? 'autocannon at the rate' : 'autocannon, closed loop',
  command: (url, perSecond, seconds) => [
    process.execPath,
    join(bin, 'autocannon'),
    '-j',
    '-d',
    String(seconds),
    '-c',
    '10',
    ...(rate === 'rate' ? ['-R', String(perSecond)] : []),
    url,
  ],
  read: (output) => {
    const { latency } = JSON.parse(output) as { latency: { p50: number; p97_5: number; p99: number; max: number } };
    return { p50: latency.p50, p95: null, p99: latency.p99, max: latency.max };
  },
});

const wrk: Generator = {
  method: 'wrk, closed loop',
  command: (url, _rate, seconds) => ['wrk', '-t1', '-c10', `-d${seconds}s`, '--latency', url],
  read: (output) => {
    const at = (label: string): number | null => {
      const [, value, unit] = new RegExp(`${label}\\s+([\\d.]+)(us|ms|s)`).exec(output) ?? [];
      return value === undefined ? null : Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit ?? 'ms'] ?? 1);
    };
    return { p50: at('50%'), p95: null, p99: at('99%'), max: null };
  },
};

const hey: Generator = {
  method: 'hey at the rate',
  command: (url, rate, seconds) => ['hey', '-z', `${seconds}s`, '-c', '10', '-q', String(rate / 10), url],
  read: (output) => {
    const at = (label: string): number | null => {
      const [, value] = new RegExp(`${label}%+ in ([\\d.]+) secs`).exec(output) ?? [];
      return value === undefined ? null : Number(value) * 1000;
    };
    return { p50: at('50'), p95: at('95'), p99: at('99'), max: null };
  },
};

const peers = [
  ['wrk', wrk],
  ['hey', hey],
] as const;
const missing = [...peers.map(([name]) => name), 'k6'].filter((name) => !isOnPath(name));
const generators = [
  rampgate,
  autocannon('rate'),
  autocannon('closed'),
  ...peers.filter(([name]) => isOnPath(name)).map(([, generator]) => generator),
];

const server = await startServer();
try {
  const sections: {
    readonly title: string;
    readonly truth: Omit<Result, 'method'>;
    readonly results: readonly Result[];
  }[] = [];
  for (const [title, path] of [
    [`Bimodal: 70 % of 5 ms, 26 % of 60 ms, 4 % of 250 ms, ${RATE}/s`, '/bimodal'],
    [`One stall of ${STALL_MS / 1000} s in ${SECONDS} s of 3 ms answers, ${RATE}/s`, '/stall'],
  ] as const) {
    const results: Result[] = [];
    let truth: Omit<Result, 'method'> | null = path === '/stall' ? stallTruth() : null;
    for (const generator of generators) {
      await get('/reset');
      const output = await run(generator.command(server.url + path, RATE, SECONDS));
      const told = (await get('/truth')) as ServerTruth;
      truth ??= truthOf(told.serviceMs);
      results.push({ method: generator.method, ...generator.read(output) });
    }
    sections.push({ title, truth: truth ?? truthOf([]), results });
  }
  const evenness = [];
  for (const generator of generators.slice(0, 2)) {
    await get('/reset');
    await run(generator.command(`${server.url}/steady`, 200, SECONDS));
    const { arrivalsMs } = (await get('/truth')) as ServerTruth;
    evenness.push({
      method: generator.method,
      requests: arrivalsMs.length,
      offScheduleMs: scheduleError(arrivalsMs, 200),
    });
  }
  report(sections, evenness);
} finally {
  server.child.kill();
}

/** The open loop's own percentiles: who was due during the stall waits for the rest of it. */
function stallTruth(): Omit<Result, 'method'> {
  const stallStart = ((STALL_AT_REQUEST - 1) * 1000) / RATE;
  const latencies = Array.from({ length: RATE * SECONDS }, (_, index) => {
    const dueMs = (index * 1000) / RATE;
    return dueMs >= stallStart && dueMs < stallStart + STALL_MS ? Math.max(3, stallStart + STALL_MS - dueMs) : 3;
  });
  return truthOf(latencies);
}

function truthOf(values: readonly number[]): Omit<Result, 'method'> {
  return {
    p50: percentile(values, 50),
    p95: percentile(values, 95),
    p99: percentile(values, 99),
    max: percentile(values, 100),
  };
}

/** How far arrivals are from even spacing, p99, whatever the whole is shifted by. */
function scheduleError(arrivalsMs: readonly number[], rate: number): number {
  const offsets = arrivalsMs.map((at, index) => at - (index * 1000) / rate);
  const shift = percentile(offsets, 50);
  return percentile(
    offsets.map((offset) => Math.abs(offset - shift)),
    99,
  );
}

function report(
  sections: readonly {
    readonly title: string;
    readonly truth: Omit<Result, 'method'>;
    readonly results: readonly Result[];
  }[],
  evenness: readonly { readonly method: string; readonly requests: number; readonly offScheduleMs: number }[],
): void {
  const number = (value: number | null): string => (value === null ? 'not told' : value.toFixed(1));
  const text = [
    ...sections.flatMap(({ title, truth, results }) => [
      title,
      table(
        ['ms', 'p50', 'p95', 'p99', 'max'],
        [{ method: 'truth', ...truth }, ...results].map(({ method, p50, p95, p99, max }) => [
          method,
          ...[p50, p95, p99, max].map(number),
        ]),
      ),
      '',
    ]),
    'How evenly 200/s arrive: p99 distance from the schedule',
    table(
      ['', 'requests', 'ms'],
      evenness.map(({ method, requests, offScheduleMs }) => [method, String(requests), offScheduleMs.toFixed(1)]),
    ),
    ...(missing.length === 0 ? [] : ['', `Not on this machine, so not beside it: ${missing.join(', ')}`]),
  ].join('\n');
  print('Load against the truth', text, { sections, evenness, missing });
}

async function startServer(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout?.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
  });
  return { url, child };
}

async function get(path: string): Promise<unknown> {
  const text = await (await fetch(server.url + path)).text();
  return text === 'ok' ? null : JSON.parse(text);
}

function run([program, ...args]: readonly [string, ...string[]]): Promise<string> {
  console.error(args.find((arg) => arg.startsWith('http'))?.replace(server.url, ''), program.split('/').at(-1));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: LONGEST_MS });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
