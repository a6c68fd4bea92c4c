/** The metrics probe on a real server that answers as targets do, and as they should not. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { checklistConventions } from '../../config/api-conventions.ts';
import { realShell } from '../../lib/shell.ts';
import type { CollectedEvidence, Evidence, Measurement } from '../../model/evidence.ts';
import { metricsProbe } from './collect-metrics.ts';
import type { MetricReading, MetricsPolicy, SeriesSelector } from './settings.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const requests = (where: SeriesSelector['where'] = {}): SeriesSelector => ({ name: 'requests_total', where });

const readings = {
  errors: {
    kind: 'ratio',
    part: [requests({ status: '5..' })],
    of: [requests()],
    called: { part: 'answers of 5xx', of: 'requests' },
  },
  slow: { kind: 'over', histogram: { name: 'duration_seconds', where: {} }, edge: 0.2, unit: 's' },
  jobs: { kind: 'counter', counter: [{ name: 'jobs_total', where: {} }] },
  cache: {
    kind: 'cache-answers',
    header: 'X-Cache',
    hits: [{ name: 'hits_total', where: {} }],
    misses: [{ name: 'misses_total', where: {} }],
  },
} as const satisfies { readonly [name: string]: MetricReading };

interface Circumstances {
  readonly read: MetricsPolicy['read'];
  readonly control?: MetricsPolicy['control'];
  readonly api?: string;
  readonly timeoutMs?: number;
}

function probeOf({ read, control = null, api = '', timeoutMs = 5000 }: Circumstances) {
  const policy: MetricsPolicy = {
    name: 'api',
    source: { kind: 'scrape', at: '/metrics' },
    seenWithinMs: 300,
    control,
    read,
  };
  const signal = new AbortController().signal;
  return metricsProbe(policy, {
    api: `${api}/api/v1`,
    target: { artifacts: {}, conventions: checklistConventions, limiter: null },
    shell: realShell(),
    signal,
    timeoutMs,
  });
}

type Told = string | { readonly text: string; readonly type?: string; readonly status?: number };

/** Two answers, one before and one after. */
async function readBetween(reading: MetricReading, before: Told, after: Told): Promise<Evidence> {
  const answers = [before, after];
  const api = await listen((_request, response) => {
    const next = answers.shift() ?? after;
    const { text, type = 'text/plain; version=0.0.4', status = 200 } = typeof next === 'string' ? { text: next } : next;
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  const probe = probeOf({ read: { it: reading }, api });
  await probe.begin();
  return probe.collect(() => undefined);
}

function collected(evidence: Evidence): CollectedEvidence {
  if (evidence.status !== 'collected') throw new Error(evidence.qualityIssues[0].message);
  return evidence;
}

const only = (evidence: Evidence): Measurement | undefined => collected(evidence).measurements[0];
const qualityIssuesOf = ({ qualityIssues }: Evidence): string[] =>
  qualityIssues.map(({ code, message }) => `${code}: ${message}`);

describe('a ratio of counters', () => {
  const before = 'requests_total{status="200"} 100\nrequests_total{status="500"} 7\n';

  it('is that of the increments, whatever was counted before', async () => {
    const after = 'requests_total{status="200"} 395\nrequests_total{status="500"} 12\n';
    const evidence = await readBetween(readings.errors, before, after);
    expect(only(evidence)).toMatchObject({ sli: 'metrics.it', numerator: 5, denominator: 300 });
    expect(evidence.qualityIssues).toEqual([]);
  });

  it('takes a series that came in the middle from zero, and none of the kind for none', async () => {
    const fresh = 'requests_total{status="200"} 395\nrequests_total{status="503"} 2\n';
    expect(only(await readBetween(readings.errors, 'requests_total{status="200"} 100', fresh))).toMatchObject({
      numerator: 2,
      denominator: 297,
    });
    const none = await readBetween(readings.errors, 'requests_total{status="200"} 1', 'requests_total{status="200"} 9');
    expect(only(none)).toMatchObject({ numerator: 0, denominator: 8 });
  });

  it.each([
    ['a counter fell', before, 'requests_total{status="200"} 30\nrequests_total{status="500"} 1\n', 1, 31],
    [
      'the process is another one',
      `${before}process_start_time_seconds 1000`,
      'requests_total{status="200"} 130\nrequests_total{status="500"} 8\nprocess_start_time_seconds 2000',
      8,
      138,
    ],
    [
      'the series was created anew',
      'requests_total{status="200"} 100\nrequests_created{status="200"} 10',
      'requests_total{status="200"} 130\nrequests_created{status="200"} 20',
      0,
      130,
    ],
  ])('counts from zero, and says so, where %s', async (_name, then, now, numerator, denominator) => {
    const evidence = await readBetween(readings.errors, then, now);
    expect(only(evidence)).toMatchObject({ numerator, denominator });
    expect(qualityIssuesOf(evidence).join()).toMatch(/^counted-in-part: requests_total.* began anew/);
  });

  it.each([
    ['nothing moved', before, before, 'requests_total did not move over the whole run'],
    [
      'a value is no number',
      before,
      'requests_total{status="200"} NaN',
      '1 of the 2 series of requests_total are not numbers',
    ],
    ['the name is not there', before, 'other_total 3', 'there is no requests_total'],
    [
      'the label is not there',
      'requests_total 3',
      'requests_total 9',
      'no series of requests_total has the label status',
    ],
    [
      'the source gives an old sample again',
      'requests_total{status="200"} 3 1000',
      'requests_total{status="200"} 3 1000',
      'no series of requests_total has a sample since',
    ],
  ])('is blind where %s', async (name, then, now, why) => {
    const gone = name === 'the name is not there' ? now : then;
    const evidence = await readBetween(readings.errors, gone, now);
    expect(only(evidence)).toBeUndefined();
    expect(qualityIssuesOf(evidence).join()).toContain('signal-absent: the metrics are blind: ');
    expect(qualityIssuesOf(evidence).join()).toContain(why);
  });

  it('says that a series is gone', async () => {
    const evidence = await readBetween(readings.errors, before, 'requests_total{status="200"} 130\n');
    expect(qualityIssuesOf(evidence)).toEqual(
      [
        'counted-in-part: 1 of 2 series of requests_total are gone',
        'counted-in-part: 1 of 1 series of requests_total{status=~"5.."} are gone',
      ].toReversed(),
    );
  });

  it('names the series that there are, where none is the one that was meant', async () => {
    const reading = { ...readings.errors, of: [requests({ status: '2xx' })] };
    const evidence = await readBetween(
      reading,
      before,
      'requests_total{status="200"} 130\nrequests_total{status="500"} 8',
    );
    expect(qualityIssuesOf(evidence).join()).toContain(
      'no series is requests_total{status=~"2xx"}; there are status="200"; status="500"',
    );
  });
});

describe('a histogram', () => {
  const histogram = (counts: readonly [string, number][]) =>
    counts.map(([le, count]) => `duration_seconds_bucket{le="${le}"} ${count}\n`).join('');

  it('tells exactly how many are over an edge, and between which edges the p95 lies', async () => {
    const then = histogram([
      ['0.1', 10],
      ['0.2', 10],
      ['+Inf', 20],
    ]);
    const now = histogram([
      ['0.1', 100],
      ['0.2', 206],
      ['+Inf', 220],
    ]);
    const measurement = only(await readBetween(readings.slow, then, now));
    expect(measurement).toMatchObject({ numerator: 4, denominator: 200 });
    expect(measurement).not.toHaveProperty('unclear');
    expect(measurement?.how).toContain('its p95 lies between 0.1…0.2 s');
  });

  it('says how many it could be, where no bucket ends at the limit', async () => {
    const then = histogram([
      ['0.1', 0],
      ['0.25', 0],
      ['+Inf', 0],
    ]);
    const now = histogram([
      ['0.1', 100],
      ['0.25', 190],
      ['+Inf', 200],
    ]);
    expect(only(await readBetween(readings.slow, then, now))).toMatchObject({
      numerator: 10,
      denominator: 200,
      unclear: { atMost: 100, within: 'the buckets 0.1…0.25 s' },
    });
  });

  it('is blind without a last bucket, and where nothing was observed', async () => {
    const open = histogram([['0.1', 3]]);
    expect(qualityIssuesOf(await readBetween(readings.slow, open, open)).join()).toContain('no last one (+Inf)');
    const still = histogram([
      ['0.2', 3],
      ['+Inf', 3],
    ]);
    expect(qualityIssuesOf(await readBetween(readings.slow, still, still)).join()).toContain('did not move');
  });
});

it('a plain counter is how much it rose, and a missing one is not zero', async () => {
  expect(only(await readBetween(readings.jobs, 'jobs_total 4', 'jobs_total 9'))).toMatchObject({
    kind: 'occurrences',
    count: 5,
    exposedTo: 'seconds',
  });
  const missing = await readBetween(readings.jobs, 'other 4', 'other 9');
  expect(only(missing)).toBeUndefined();
  expect(qualityIssuesOf(missing).join()).toContain('there is no jobs_total');
});

describe('a source that is none', () => {
  it.each([
    ['a page', { text: '<!doctype html><p>requests_total 3', type: 'text/html' }, 'answered with text/html'],
    ['an error', { text: 'gone', status: 503 }, 'answered 503: gone'],
    ['half a line', 'requests_total{status="2', 'is not in the text format of Prometheus: Error: line 1 is no sample'],
    ['nothing', '# all quiet\n', 'it holds no sample at all'],
    ['a series twice', 'a{b="1",c="2"} 1\na{c="2",b="1"} 2', 'twice with the same labels'],
    [
      'a text without its end',
      { text: 'requests_total 3\n', type: 'application/openmetrics-text; version=1.0.0' },
      'ended before its end (# EOF)',
    ],
  ])('is unavailable and says why: %s', async (_name, told, why) => {
    const evidence = await readBetween(readings.errors, told, told);
    expect(evidence.status).toBe('unavailable');
    expect(qualityIssuesOf(evidence).join()).toContain(
      'signal-absent: metrics api are blind: before the run, http://localhost:',
    );
    expect(qualityIssuesOf(evidence).join()).toContain(why);
  });

  it('is so too when it breaks off after the run began', async () => {
    const evidence = await readBetween(readings.errors, 'requests_total{status="200"} 3', {
      text: 'gone',
      status: 500,
    });
    expect(qualityIssuesOf(evidence).join()).toMatch(/metrics api are blind: http.* answered 500/);
  });

  it('does not keep the run waiting', async () => {
    const api = await listen(() => undefined);
    const probe = probeOf({ read: { it: readings.jobs }, api, timeoutMs: 100 });
    await probe.begin();
    expect(qualityIssuesOf(await probe.collect(() => undefined)).join()).toContain('did not answer within 0.1 s');
  });

  it('is unavailable where nobody listens', async () => {
    const api = await listen(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const probe = probeOf({ read: { it: readings.jobs }, api });
    await probe.begin();
    expect(qualityIssuesOf(await probe.collect(() => undefined)).join()).toContain(
      'did not answer: connect ECONNREFUSED',
    );
  });
});

describe('the positive control', () => {
  interface Cache {
    /** What the header says; by default the truth. */
    readonly header?: (isHit: boolean) => string | null;
    readonly counts?: boolean;
    /** Hits that somebody else has per answer. */
    readonly others?: number;
    /** Null: it hangs up. */
    readonly status?: number | null;
  }

  /** Every address is a miss at first, then a hit. */
  async function against({
    header = (isHit) => (isHit ? 'HIT' : 'MISS'),
    counts = true,
    others = 0,
    status = 200,
  }: Cache) {
    const asked = new Set<string>();
    const counted = { hits: 0, misses: 0 };
    const api = await listen(({ url = '' }, response) => {
      if (url === '/metrics') {
        response.writeHead(200, { 'content-type': 'text/plain' });
        response.end(`hits_total ${counted.hits}\nmisses_total ${counted.misses}\n`);
        return;
      }
      const isHit = asked.has(url);
      asked.add(url);
      if (counts && status === 200) counted[isHit ? 'hits' : 'misses'] += 1;
      counted.hits += others;
      if (status === null) {
        response.destroy();
        return;
      }
      const said = header(isHit);
      response.writeHead(status, said === null ? {} : { 'x-cache': said }).end();
    });
    const ask = async () => ['/a', '/a', '/b', '/b'].map((path) => ({ path }));
    const probe = probeOf({ read: { cache: readings.cache }, control: { ask, moves: [] }, api });
    await probe.begin();
    return probe.collect(() => undefined);
  }

  const outcomes = (evidence: Evidence) => {
    const measurement = only(evidence);
    return measurement?.kind === 'checks' ? measurement.checks.map(({ ok }) => ok) : null;
  };

  it('compares what the header says with what is counted', async () => {
    expect(outcomes(await against({}))).toEqual([true, true]);
    expect(outcomes(await against({ header: () => 'HIT' }))).toEqual([false, true]);
    expect(outcomes(await against({ header: () => 'MISS' }))).toEqual([true, false]);
  });

  it('is blind where a counter does not move, with the values', async () => {
    const evidence = await against({ counts: false });
    expect(only(evidence)).toBeUndefined();
    expect(qualityIssuesOf(evidence)).toEqual([
      'signal-absent: the metrics are blind: 4 requests were made to see it move, and hits_total + misses_total rose by 0',
    ]);
  });

  it('is in doubt where others ask at the same time', async () => {
    expect(qualityIssuesOf(await against({ others: 2 })).join()).toContain(
      'others asked meanwhile (8 answers more were counted',
    );
  });

  it('is blind without the header, and where not one request is answered well', async () => {
    expect(qualityIssuesOf(await against({ header: () => null })).join()).toContain(
      'X-Cache of 4 of 4 answers said neither',
    );
    expect(qualityIssuesOf(await against({ status: 500 })).join()).toContain('its 4 requests were answered 500');
    expect(qualityIssuesOf(await against({ status: null })).join()).toContain(
      'its 4 requests were answered not at all',
    );
  });

  it('takes the word from all that rests on a dead counter, and from nothing else', async () => {
    let live = 0;
    const api = await listen(({ url }, response) => {
      if (url === '/api/v1/a') live += 1;
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(`requests_total{status="200"} ${(live += 1)}\njobs_total 5\nunasked_total ${live}`);
    });
    const jobs = readings.jobs.counter;
    const control = { ask: async () => [{ path: '/a' }], moves: [[requests()], jobs] };
    const unasked: MetricReading = { kind: 'counter', counter: [{ name: 'unasked_total', where: {} }] };
    const probe = probeOf({ read: { errors: readings.errors, jobs: readings.jobs, unasked }, control, api });
    await probe.begin();
    const evidence = collected(await probe.collect(() => undefined));
    expect(evidence.measurements.map(({ sli }) => sli)).toEqual(['metrics.errors', 'metrics.unasked']);
    expect(evidence.qualityIssues).toMatchObject([{ code: 'signal-absent', slis: ['metrics.jobs'] }]);
    expect(evidence.facts['unproven']).toEqual(['jobs_total', 'unasked_total']);
  });
});
