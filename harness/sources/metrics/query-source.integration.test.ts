/** The metrics probe through a real Prometheus, which scrapes a server of ours; and through one that misbehaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thisClone } from '../../../setup/clone.mjs';
import { ensurePrometheus } from '../../../setup/ensure-prometheus.mjs';
import { checklistConventions } from '../../config/api-conventions.ts';
import { realShell } from '../../lib/shell.ts';
import type { Evidence, Measurement } from '../../model/evidence.ts';
import { metricsProbe } from './collect-metrics.ts';
import type { MetricReading, MetricsPolicy, PrometheusSource } from './settings.ts';

const servers: Server[] = [];
const folder = mkdtempSync(join(tmpdir(), 'rampgate-prometheus-'));
/** What each job answers; null: 503. */
const told: { [job: string]: string | null } = {};
const jobs = ['run', 'reset', 'appearing', 'numbers', 'ending', 'control', 'restarting', 'unknown'];
let prometheus: ChildProcess;
let url = '';
let target = '';

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function freePort(): Promise<number> {
  const { port } = new URL(await listen(() => undefined));
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return Number(port);
}

beforeAll(async () => {
  const path = await ensurePrometheus(thisClone());
  target = await listen(({ url: asked = '' }, response) => {
    const text = told[asked.slice(1)] ?? null;
    if (text === null) response.writeHead(503).end();
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${text}\n`);
  });
  const scrapes = jobs.map((job) => ({
    job_name: job,
    metrics_path: `/${job}`,
    static_configs: [{ targets: [new URL(target).host] }],
  }));
  // JSON is YAML.
  const config = join(folder, 'prometheus.yml');
  const global = { scrape_interval: '200ms', scrape_timeout: '200ms' };
  writeFileSync(config, JSON.stringify({ global, scrape_configs: scrapes }));
  const address = `127.0.0.1:${await freePort()}`;
  url = `http://${address}`;
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ];
  prometheus = spawn(path, [...args, '--log.level=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  await until(async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok === true);
});

afterAll(async () => {
  const ended = new Promise((resolve) => prometheus.once('close', resolve));
  prometheus.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true });
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not become so within 20 s');
    await sleep(20);
  }
}

async function valueOf(query: string): Promise<string | null> {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
  const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
  return data.result[0]?.value[1] ?? null;
}

/** Tells something new, and waits until Prometheus has it. */
async function tell(job: string, text: string): Promise<void> {
  told[job] = text;
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    await until(async () => (await valueOf(`${name}{job="${job}"${labels === '' ? '' : `,${labels}`}}`)) === value);
  }
}

const errors: MetricReading = {
  kind: 'ratio',
  part: [{ name: 'requests_total', where: { endpoint: '.*/diff', status: '5..' } }],
  of: [{ name: 'requests_total', where: { endpoint: '.*/diff' } }],
  called: { part: 'answers of 5xx', of: 'diffs' },
};
const counter = (name: string): MetricReading => ({ kind: 'counter', counter: [{ name, where: {} }] });

interface Circumstances {
  readonly source?: Partial<PrometheusSource>;
  readonly control?: MetricsPolicy['control'];
  readonly seenWithinMs?: number;
  readonly api?: string;
  readonly env?: { readonly [name: string]: string };
}

function probeOf(
  job: string,
  read: MetricsPolicy['read'],
  { source = {}, control = null, seenWithinMs = 5000, env = {}, api = target }: Circumstances = {},
) {
  const from = { kind: 'prometheus' as const, url, only: { job }, ...source };
  const shell = { ...realShell(), env };
  const signal = new AbortController().signal;
  return metricsProbe(
    { name: 'api', source: from, seenWithinMs, control, read },
    {
      api,
      target: { artifacts: {}, conventions: checklistConventions, limiter: null },
      shell,
      signal,
      timeoutMs: 2000,
    },
  );
}

const measured = (evidence: Evidence): readonly Measurement[] =>
  evidence.status === 'collected' ? evidence.measurements : [];
const qualityIssuesOf = ({ qualityIssues }: Evidence): string =>
  qualityIssues.map(({ code, message }) => `${code}: ${message}`).join('\n');
const collect = (probe: ReturnType<typeof probeOf>) => probe.collect(() => undefined);

describe('a real Prometheus', () => {
  const diffs = (ok: number, failed: number | null) =>
    [
      `requests_total{endpoint="/api/v1/artifacts/skill:a/diff",status="200"} ${ok}`,
      'requests_total{endpoint="/api/v1/artifacts/skill:a/upstream-diff",status="500"} 77',
      ...(failed === null ? [] : [`requests_total{endpoint="/api/v1/artifacts/skill:a/diff",status="503"} ${failed}`]),
    ].join('\n');
  const buckets = (counts: readonly number[]) =>
    ['0.1', '0.25', '+Inf'].map((le, index) => `duration_seconds_bucket{le="${le}"} ${counts[index]}`).join('\n');
  const slow = (edge: number): MetricReading => ({
    kind: 'over',
    histogram: { name: 'duration_seconds', where: {} },
    edge,
    unit: 's',
  });

  it('has the increments of the run to the digit, of counters and of buckets', async () => {
    await tell('run', `${diffs(1000, null)}\n${buckets([10, 20, 30])}`);
    const probe = probeOf('run', { errors, exact: slow(0.25), between: slow(0.2) });
    await probe.begin();
    await tell('run', `${diffs(1100, 3)}\n${buckets([100, 190, 230])}`);
    told['run'] = `${diffs(1297, 4)}\n${buckets([110, 210, 230])}`;
    const evidence = await collect(probe);
    expect(qualityIssuesOf(evidence)).toBe('');
    expect(measured(evidence)).toMatchObject([
      { sli: 'metrics.errors', numerator: 4, denominator: 301 },
      { sli: 'metrics.exact', numerator: 10, denominator: 200 },
      {
        sli: 'metrics.between',
        numerator: 10,
        denominator: 200,
        unclear: { atMost: 100, within: 'the buckets 0.1…0.25 s' },
      },
    ]);
  });

  it('counts from zero after each reset in the middle, and the probe says so', async () => {
    await tell('reset', 'jobs_total 100');
    const probe = probeOf('reset', { jobs: counter('jobs_total') });
    await probe.begin();
    for (const value of [140, 20, 150, 7]) await tell('reset', `jobs_total ${value}`);
    const evidence = await collect(probe);
    // 40, then 20, 130, and 7 again. The last value alone would have looked like none.
    expect(measured(evidence)).toMatchObject([{ count: 40 + 20 + 130 + 7 }]);
    expect(qualityIssuesOf(evidence)).toContain('counted-in-part: jobs_total began anew 2 times');
  });

  it('takes a series that came in the middle from zero where its target was scraped before', async () => {
    await tell('appearing', 'other 1');
    const probe = probeOf('appearing', { jobs: counter('jobs_total') });
    await probe.begin();
    await tell('appearing', 'jobs_total 12');
    const evidence = await collect(probe);
    expect(measured(evidence)).toMatchObject([{ count: 12 }]);
    expect(qualityIssuesOf(evidence)).toBe('');
  });

  it('does not know where a target began that it has not scraped before, unless its process began since', async () => {
    const unknown = probeOf('unknown', { jobs: counter('jobs_total') }, { source: { only: { made: 'now' } } });
    await unknown.begin();
    told['unknown'] = 'jobs_total{made="now"} 5000\nup{made="now",instance="elsewhere"} 1';
    await until(async () => (await valueOf('jobs_total{made="now"}')) === '5000');
    const evidence = await collect(unknown);
    expect(qualityIssuesOf(evidence)).toContain('nobody knows whether they began at zero');
    expect(measured(evidence)).toMatchObject([{ count: 0 }]);

    const restarted = probeOf('restarting', { jobs: counter('jobs_total') }, { source: { only: { made: 'anew' } } });
    await restarted.begin();
    const startedAt = Date.now() / 1000 + 1;
    told['restarting'] = `jobs_total{made="anew"} 8\nprocess_start_time_seconds{made="anew"} ${startedAt}`;
    await until(async () => (await valueOf('jobs_total{made="anew"}')) === '8');
    const again = await collect(restarted);
    expect(qualityIssuesOf(again)).toBe('');
    expect(measured(again)).toMatchObject([{ count: 8 }]);
  });

  it('leaves the probe blind with NaN, with a name that is not there, and with one that stands still', async () => {
    const text = 'numbers_total NaN\nstill_total 3';
    await tell('numbers', text);
    const ratio: MetricReading = { ...errors, part: [], of: [{ name: 'still_total', where: {} }] };
    const probe = probeOf(
      'numbers',
      { numbers: counter('numbers_total'), missing: counter('missing_total'), still: ratio },
      { seenWithinMs: 300 },
    );
    await probe.begin();
    const evidence = await collect(probe);
    expect(measured(evidence)).toEqual([]);
    expect(qualityIssuesOf(evidence)).toBe(
      [
        'signal-absent: the metrics are blind: 1 of the 1 series of numbers_total are not numbers (NaN, Inf)',
        'signal-absent: the metrics are blind: there is no missing_total',
        'signal-absent: the metrics are blind: still_total did not move over the whole run',
      ].join('\n'),
    );
  });

  it('leaves the probe blind when the target can no longer be scraped', async () => {
    await tell('ending', 'jobs_total 3');
    const probe = probeOf('ending', { jobs: counter('jobs_total') }, { seenWithinMs: 300 });
    await probe.begin();
    await tell('ending', 'jobs_total 5');
    told['ending'] = null;
    await until(async () => (await valueOf('up{job="ending"}')) === '0');
    const evidence = await collect(probe);
    expect(measured(evidence)).toEqual([]);
    expect(qualityIssuesOf(evidence)).toContain('no series of jobs_total has a sample since the run ended');
  });

  it('shows the control’s requests once it has scraped them, and a dead counter for ever', async () => {
    await tell('control', 'asked_total 0\ndead_total 0');
    let asked = 0;
    const api = await listen((_request, response) => {
      asked += 1;
      told['control'] = `asked_total ${asked}\ndead_total 0`;
      response.writeHead(200).end();
    });
    const names = ['asked_total', 'dead_total'];
    const control = {
      ask: async () => Array.from({ length: 3 }, () => ({ path: '/' })),
      moves: names.map((name) => [{ name, where: {} }]),
    };
    const read = { asked: counter('asked_total'), dead: counter('dead_total') };
    const probe = probeOf('control', read, { control, seenWithinMs: 800, api });
    await probe.begin();
    const evidence = await collect(probe);
    expect(evidence).toMatchObject({ facts: { unproven: ['dead_total'] } });
    expect(qualityIssuesOf(evidence)).toBe(
      'signal-absent: the metrics are blind: 3 requests were made to see it move, and dead_total rose by 0',
    );
  });

  it('refuses what is no query, and its words come through', async () => {
    const probe = probeOf('run', { errors }, { source: { only: { 'no-label': '' } } });
    await probe.begin();
    expect(qualityIssuesOf(await collect(probe))).toMatch(
      /signal-absent: metrics api are blind: .* refused .*bad_data, .*parse error/,
    );
  });
});

describe('a query API', () => {
  const success = (data: unknown, more: object = {}) => JSON.stringify({ status: 'success', data, ...more });
  const clock = success({ resultType: 'scalar', result: [1000, '1000'] });

  async function answering(answer: RequestListener, circumstances: Circumstances = {}) {
    const source = { ...circumstances.source, url: await listen(answer) };
    const probe = probeOf('x', { jobs: counter('jobs_total') }, { ...circumstances, source, seenWithinMs: 100 });
    await probe.begin();
    return qualityIssuesOf(await collect(probe));
  }

  it.each([
    ['a page', 200, 'text/html', '<p>Sign in', "did not answer as Prometheus's query API does (text/html)"],
    ['401', 401, 'text/plain', 'Unauthorized', 'answered 401: Unauthorized'],
    ['JSON of somebody else', 200, 'application/json', '{"ok":true}', 'did not answer as'],
    [
      'another type',
      200,
      'application/json',
      success({ resultType: 'vector', result: [] }),
      'with a vector, not a scalar',
    ],
    [
      'a time-out',
      503,
      'application/json',
      '{"status":"error","errorType":"timeout","error":"too slow"}',
      'timeout, too slow',
    ],
  ])('that answers with %s leaves the probe blind', async (_name, status, type, body, why) => {
    const qualityIssues = await answering((_request, response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    expect(qualityIssues).toContain('signal-absent: metrics api are blind: before the run, ');
    expect(qualityIssues).toContain(why);
  });

  it('that warns leaves what it answered in part', async () => {
    const qualityIssues = await answering((request, response) => {
      let form = '';
      request.on('data', (chunk) => (form += String(chunk)));
      request.on('end', () => {
        const query = new URLSearchParams(form).get('query') ?? '';
        const samples = query.startsWith('jobs')
          ? [
              [999, '3'],
              [1001, '5'],
            ]
          : [];
        const matrix = { resultType: 'matrix', result: samples.length === 0 ? [] : [{ metric: {}, values: samples }] };
        const vector = { resultType: 'vector', result: [{ metric: {}, value: [1000, '1001'] }] };
        const data = query.endsWith(']') ? matrix : vector;
        response.end(query === 'time()' ? clock : success(data, { warnings: ['a store could not be reached'] }));
      });
    });
    expect(qualityIssues).toMatch(/^counted-in-part: Prometheus at http:\S+ warns: a store could not be reached$/);
  });

  it('gets the token, which is not kept even when it is said back', async () => {
    const qualityIssues = await answering(
      ({ headers }, response) => response.writeHead(403).end(`no access with ${headers.authorization}`),
      { source: { tokenFrom: 'METRICS_READER' }, env: { METRICS_READER: 'quite-secret' } },
    );
    expect(qualityIssues).toContain('answered 403: no access with Bearer [redacted]');
    const missing = await answering((_request, response) => response.end(clock), {
      source: { tokenFrom: 'METRICS_READER' },
    });
    expect(missing).toContain('the environment has no METRICS_READER, which holds its token');
  });
});
