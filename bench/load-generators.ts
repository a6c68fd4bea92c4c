/** `rampgate load` and other load generators: how each is called, and how its output is read. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a generator reports of one load, in ms; null where it reports nothing. */
export interface Reported {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  readonly perSecond: number | null;
}

export interface Call {
  readonly url: string;
  readonly seconds: number;
  /** Per second; null: as fast as ten connections can. */
  readonly rate: number | null;
  /** How long an answer is waited for, in seconds. */
  readonly timeout: number;
  /** Seconds of the same load before it that do not count, where the generator can do that. */
  readonly warmUp: number;
}

export interface Generator {
  readonly method: string;
  readonly command: (call: Call) => readonly [string, ...string[]];
  /** A program to hand in on standard input. */
  readonly input?: (call: Call) => string;
  readonly read: (output: string) => Reported;
}

const root = join(import.meta.dirname, '..');
const CONNECTIONS = '10';

export const rampgate: Generator = {
  method: 'rampgate load',
  command: ({ url, seconds, rate, timeout, warmUp }) => [
    process.execPath,
    join(root, 'harness/cli.ts'),
    'load',
    url,
    ...(rate === null
      ? ['--rate', 'max', '--max-requests', '100000000', '--connections', CONNECTIONS]
      : ['--rate', String(rate)]),
    '--for',
    `${seconds}s`,
    '--warm-up',
    `${warmUp}s`,
    '--timeout',
    `${timeout}s`,
    '--json',
  ],
  read: (output) => {
    const { latencyMs, rate } = JSON.parse(output) as {
      latencyMs: { p50: number; p95: number; p99: number; max: number } | null;
      rate: { achieved: number };
    };
    const { p50 = null, p95 = null, p99 = null, max = null } = latencyMs ?? {};
    return { p50, p95, p99, max, perSecond: rate.achieved };
  },
};

/** Its command line, in its own process. */
export const autocannon: Generator = {
  method: 'autocannon',
  command: ({ url, seconds, rate, timeout, warmUp }) => [
    process.execPath,
    join(root, 'node_modules/.bin/autocannon'),
    '-j',
    '-d',
    String(seconds),
    '-c',
    CONNECTIONS,
    '-t',
    String(timeout),
    ...(rate === null ? [] : ['-R', String(rate)]),
    ...(warmUp === 0 ? [] : ['-W', '[', '-c', CONNECTIONS, '-d', String(warmUp), ']']),
    url,
  ],
  read: (output) => {
    // The warm-up's result comes first, on a line of its own.
    const { latency, requests, duration } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
      latency: { p50: number; p99: number; max: number };
      requests: { total: number };
      duration: number;
    };
    return { p50: latency.p50, p95: null, p99: latency.p99, max: latency.max, perSecond: requests.total / duration };
  },
};

const wrk: Generator = {
  method: 'wrk',
  command: ({ url, seconds, timeout }) => [
    'wrk',
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '--timeout',
    `${timeout}s`,
    '--latency',
    url,
  ],
  read: (output) => {
    const at = (label: string): number | null => {
      const [, value, unit = 'ms'] = new RegExp(`${label}\\s+([\\d.]+)(us|ms|s)`).exec(output) ?? [];
      return value === undefined ? null : Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1);
    };
    return { p50: at('50%'), p95: null, p99: at('99%'), max: null, perSecond: numberAfter('Requests/sec:', output) };
  },
};

const hey: Generator = {
  method: 'hey',
  command: ({ url, seconds, rate, timeout }) => [
    'hey',
    '-z',
    `${seconds}s`,
    '-c',
    CONNECTIONS,
    '-t',
    String(timeout),
    ...(rate === null ? [] : ['-q', String(rate / Number(CONNECTIONS))]),
    url,
  ],
  read: (output) => {
    const at = (label: string): number | null => {
      const [, seconds] = new RegExp(`${label}%+ in ([\\d.]+) secs`).exec(output) ?? [];
      return seconds === undefined ? null : Number(seconds) * 1000;
    };
    const slowest = numberAfter('Slowest:', output);
    return {
      p50: at('50'),
      p95: at('95'),
      p99: at('99'),
      max: slowest === null ? null : slowest * 1000,
      perSecond: numberAfter('Requests/sec:', output),
    };
  },
};

const ab: Generator = {
  method: 'ab',
  // It ends after a number of requests or a time, whichever comes first, and needs both.
  command: ({ url, seconds, timeout }) => [
    'ab',
    '-q',
    '-k',
    '-c',
    CONNECTIONS,
    '-t',
    String(seconds),
    '-n',
    '10000000',
    '-s',
    String(timeout),
    url,
  ],
  read: (output) => ({
    p50: numberAfter('50%', output),
    p95: numberAfter('95%', output),
    p99: numberAfter('99%', output),
    max: numberAfter('100%', output),
    perSecond: numberAfter('Requests per second:', output),
  }),
};

const k6: Generator = {
  method: 'k6',
  command: () => ['k6', 'run', '--quiet', '--summary-trend-stats', 'med,p(95),p(99),max', '-'],
  input: ({ url, seconds, rate, timeout }) => {
    const open = { executor: 'constant-arrival-rate', rate, timeUnit: '1s', preAllocatedVUs: 256 };
    const closed = { executor: 'constant-vus', vus: Number(CONNECTIONS) };
    const options = { scenarios: { load: { ...(rate === null ? closed : open), duration: `${seconds}s` } } };
    return `import http from 'k6/http';
export const options = ${JSON.stringify(options)};
export default () => http.get(${JSON.stringify(url)}, { timeout: '${timeout}s' });
export const handleSummary = (data) => ({ stdout: JSON.stringify(data.metrics) });`;
  },
  read: (output) => {
    const { http_req_duration: duration, http_reqs: requests } = JSON.parse(output) as {
      [metric: string]: { values: { [statistic: string]: number } };
    };
    const at = (statistic: string): number | null => duration?.values[statistic] ?? null;
    return {
      p50: at('med'),
      p95: at('p(95)'),
      p99: at('p(99)'),
      max: at('max'),
      perSecond: requests?.values['rate'] ?? null,
    };
  },
};

const byProgram: { readonly [program: string]: Generator } = { wrk, hey, ab, k6 };

/** The other generators that are installed on this machine. */
export const peers: readonly Generator[] = Object.entries(byProgram)
  .filter(([program]) => isOnPath(program))
  .map(([, generator]) => generator);

/** The names of those that are not installed. */
export const missing: readonly string[] = Object.keys(byProgram).filter((program) => !isOnPath(program));

function numberAfter(label: string, output: string): number | null {
  const start = output.indexOf(label);
  const [number] = /[\d.]+/.exec(output.slice(start + label.length)) ?? [];
  return start === -1 || number === undefined ? null : Number(number);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
