/**
 * `rampgate load` beside other generators on a server that records what it did. Prints percentiles beside the server's own,
 * how evenly requests arrive, and the throughput; asserts nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { median, percentile } from '../harness/lib/percentile.ts';
import { autocannon, type Call, type Generator, missing, peers, type Reported, rampgate } from './load-generators.ts';
import { type ServerTruth, STALL_MS, UNANSWERED_SHARE } from './load-server-truth.ts';
import { print, table } from './print-results.ts';
import { shuffled } from './random.ts';

const RATE = 100;
const SECONDS = 10;
const TIMEOUT_S = 4;
const THROUGHPUT_SECONDS = 4;
const THROUGHPUT_ROUNDS = 4;
/** For generators that are compiled while they run. */
const WARM_UP_SECONDS = 2;
/** A generator that has not ended by then is killed. */
const LONGEST_MS = 20_000;
const SEED = 20_261_124;

type Percentiles = Omit<Reported, 'perSecond'>;

interface Section {
  readonly title: string;
  readonly truth: Percentiles;
  readonly results: readonly (Reported & { readonly method: string })[];
}

interface Throughput {
  readonly method: string;
  readonly perSecond: readonly number[];
}

const server = await startServer();
try {
  const sections = [
    await section('Bimodal: 70 % of 5 ms, 26 % of 60 ms, 4 % of 250 ms', '/bimodal'),
    await section(`One stall of ${STALL_MS / 1000} s in ${SECONDS} s of 3 ms answers`, '/stall'),
    await section(`${UNANSWERED_SHARE * 100} % never answered, given up after ${TIMEOUT_S} s`, '/hang'),
  ];
  const evenness = [];
  for (const generator of [rampgate, autocannon]) {
    await run(generator, { url: `${server.url}/steady`, seconds: SECONDS, rate: 200, timeout: TIMEOUT_S, warmUp: 0 });
    const { arrivalsMs } = await truthOfServer();
    evenness.push({
      method: generator.method,
      requests: arrivalsMs.length,
      offScheduleMs: scheduleError(arrivalsMs, 200),
    });
  }
  report({ sections, evenness, throughput: await throughputs(), missing });
} finally {
  server.child.kill();
}

/** Every generator on the same server, in random order; those that keep a rate keep this one. */
async function section(title: string, path: string): Promise<Section> {
  const results = [];
  let known: Percentiles | null = null;
  for (const generator of shuffled([rampgate, autocannon, ...peers], SEED)) {
    const call = { url: server.url + path, seconds: SECONDS, rate: RATE, timeout: TIMEOUT_S, warmUp: 0 };
    const reported = generator.read(await run(generator, call));
    // The truth of an open loop: what the server did while requests arrived on schedule.
    if (generator === rampgate) known = openLoopTruth(await truthOfServer());
    results.push({ method: generator.method, ...reported });
  }
  return { title: `${title}, ${RATE}/s`, truth: known ?? truthOf([]), results };
}

async function throughputs(): Promise<readonly Throughput[]> {
  const generators = [rampgate, autocannon, ...peers];
  const perSecond = new Map<Generator, number[]>(generators.map((generator) => [generator, []]));
  for (let round = 0; round < THROUGHPUT_ROUNDS; round += 1) {
    for (const generator of shuffled(generators, SEED + round)) {
      const call = {
        url: `${server.url}/plain`,
        seconds: THROUGHPUT_SECONDS,
        rate: null,
        timeout: TIMEOUT_S,
        warmUp: WARM_UP_SECONDS,
      };
      const reported = generator.read(await run(generator, call));
      if (reported.perSecond !== null) perSecond.get(generator)?.push(reported.perSecond);
    }
  }
  return generators.map((generator) => ({ method: generator.method, perSecond: perSecond.get(generator) ?? [] }));
}

/** The server's own times, and the time-out for requests that it never answered. */
function openLoopTruth({ arrivalsMs, serviceMs }: ServerTruth): Percentiles {
  const unanswered = Array.from({ length: arrivalsMs.length - serviceMs.length }, () => TIMEOUT_S * 1000);
  return truthOf([...serviceMs, ...unanswered]);
}

function truthOf(values: readonly number[]): Percentiles {
  return {
    p50: percentile(values, 50),
    p95: percentile(values, 95),
    p99: percentile(values, 99),
    max: percentile(values, 100),
  };
}

/** How far arrivals are from even spacing, p99, after removing a constant shift. */
function scheduleError(arrivalsMs: readonly number[], rate: number): number {
  const offsets = arrivalsMs.map((at, index) => at - (index * 1000) / rate);
  const shift = percentile(offsets, 50);
  return percentile(
    offsets.map((offset) => Math.abs(offset - shift)),
    99,
  );
}

interface Findings {
  readonly sections: readonly Section[];
  readonly evenness: readonly { readonly method: string; readonly requests: number; readonly offScheduleMs: number }[];
  readonly throughput: readonly Throughput[];
  readonly missing: readonly string[];
}

function report(findings: Findings): void {
  const { sections, evenness, throughput } = findings;
  const number = (value: number | null): string => (value === null ? 'not reported' : value.toFixed(1));
  const [ours] = throughput;
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
    'wrk and ab keep no rate: ten connections ask as fast as they are answered.',
    '',
    'How evenly 200/s arrive: p99 distance from the schedule',
    table(
      ['', 'requests', 'ms'],
      evenness.map(({ method, requests, offScheduleMs }) => [method, String(requests), offScheduleMs.toFixed(1)]),
    ),
    '',
    `Throughput on ten connections, median of ${THROUGHPUT_ROUNDS} turns`,
    table(
      ['', 'requests/s', 'Rampgate beside it'],
      throughput.map(({ method, perSecond }) => [
        method,
        median(perSecond).toFixed(0),
        method === rampgate.method ? '' : `× ${ratioOf(ours?.perSecond ?? [], perSecond).toFixed(2)}`,
      ]),
    ),
    ...(missing.length === 0 ? [] : ['', `Not on this machine, so not beside it: ${missing.join(', ')}`]),
  ].join('\n');
  print('Load against the truth', text, findings);
}

/** Compares within each turn, so that a slow turn counts for both. */
function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, turn) => value / (theirs[turn] ?? Number.NaN)));
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

async function truthOfServer(): Promise<ServerTruth> {
  return (await (await fetch(`${server.url}/truth`)).json()) as ServerTruth;
}

/** The output of the generator; the server has recorded this call alone. */
async function run(generator: Generator, call: Call): Promise<string> {
  await (await fetch(`${server.url}/reset`)).text();
  console.error(call.url.replace(server.url, ''), generator.method);
  const [program, ...args] = generator.command(call);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: LONGEST_MS });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
    child.once('error', reject);
    child.once('close', () => resolve(output));
    child.stdin.end(generator.input?.(call) ?? '');
  });
}
