import { beforeEach, describe, expect, it } from 'vitest';
import { localServers } from '../../../setup/local-servers.ts';
import { checklistConventions } from '../../config/api-conventions.ts';
import { realShell } from '../../lib/shell.ts';
import type { CheckFunction } from '../../model/check.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { LimiterPolicy } from '../../model/target-policy.ts';
import { collectChecks } from './collect-checks.ts';

const serve = localServers();
let web: string;
let asked: string[];
beforeEach(async () => {
  asked = [];
  web = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? ''} ${body}`.trim());
      if (request.url === '/api/silent') return;
      if (request.url === '/api/limited') response.writeHead(429, { 'Retry-After': '10' });
      else response.setHeader('X-Cache', 'HIT');
      response.end(request.url === '/api/json' ? '{"a":1}' : 'no json');
    });
  });
});

function collect(
  run: CheckFunction,
  signal = new AbortController().signal,
  limiter: LimiterPolicy | null = null,
): Promise<Evidence> {
  return collectChecks(
    { name: 'api', run, changesTarget: false },
    {
      target: { web, api: `${web}/api` },
      accepted: {},
      policy: {
        artifacts: { small: { id: 'a', name: 'A' } },
        conventions: checklistConventions,
        limiter,
        mayChange: null,
        uncached: null,
      },
      shell: realShell(),
      signal,
      onProgress: () => undefined,
    },
  );
}

const how = 'as the test says';

describe('the checks probe', () => {
  it('hands over the target, and brings what was found', async () => {
    const evidence = await collect(async ({ request, check, occurrence, artifacts, summaryQuery }) => {
      const answer = await request('/json');
      check('one', { name: 'json', expected: '{"a":1}', actual: JSON.stringify(answer.json()), how });
      check('one', { name: 'header', expected: 'MISS', actual: answer.headers['x-cache'] ?? 'none', how });
      for (const what of [null, 'status 200']) occurrence('two', { what, exposedTo: 'requests', how });
      await request('/x', { method: 'POST', json: { artifacts, summaryQuery } });
    });
    expect(evidence).toMatchObject({
      status: 'collected',
      probe: 'checks-api',
      qualityIssues: [],
      facts: { requests: 2 },
    });
    expect(evidence.status === 'collected' && evidence.measurements).toEqual([
      {
        kind: 'checks',
        sli: 'one',
        unit: 'count',
        how,
        checks: [
          { name: 'json', ok: true, expected: '{"a":1}', actual: '{"a":1}' },
          { name: 'header', ok: false, expected: 'MISS', actual: 'HIT' },
        ],
      },
      {
        kind: 'occurrences',
        sli: 'two',
        unit: 'count',
        how,
        count: 1,
        exposures: 2,
        exposedTo: 'requests',
        seen: ['status 200'],
      },
    ]);
    expect(asked).toEqual([
      'GET /api/json',
      'POST /api/x application/json {"artifacts":{"small":{"id":"a","name":"A"}},"summaryQuery":"mode=summary"}',
    ]);
  });

  it('keeps what was found before the function failed, and doubts it', async () => {
    const evidence = await collect(async ({ request, check }) => {
      check('one', { name: 'early', expected: 'a', actual: 'a', how });
      (await request('/text')).json();
    });
    expect(evidence).toMatchObject({ measurements: [{ sli: 'one' }], qualityIssues: [{ code: 'probe-crashed' }] });
    expect(evidence.qualityIssues[0]?.message).toMatch(
      /"api" did not come to their end: .* answered 200 with .* not JSON: no json/,
    );
  });

  it('knows an answer of the limiter, whatever is made of it', async () => {
    const evidence = await collect(async ({ request, check }) => {
      for (const path of ['/limited', '/limited']) {
        check('one', { name: path, expected: '200', actual: String((await request(path)).status), how });
      }
    });
    expect(evidence.qualityIssues).toEqual([
      { code: 'rate-limited', message: "the target's limiter answered GET /limited with 429 (Retry-After 10)" },
    ]);
  });

  it('asks for the same with another request each time, where the target counts them', async () => {
    await collect(
      async ({ request }) => {
        for (const path of ['/json', '/json?a=b']) await request(path);
      },
      undefined,
      { distinctBy: '_run', visitEveryMs: 1 },
    );
    expect(asked).toEqual([
      expect.stringMatching(/^GET \/api\/json\?_run=\w+-\d+$/),
      expect.stringMatching(/^GET \/api\/json\?a=b&_run=\w+-\d+$/),
    ]);
    expect(new Set(asked.map((line) => line.split('_run=')[1])).size).toBe(2);
  });

  it('says who is blind, about that alone', async () => {
    const evidence = await collect(({ blind }) => Promise.resolve(blind('one', 'no header')));
    expect(evidence.qualityIssues).toEqual([{ code: 'signal-absent', message: 'no header', slis: ['one'] }]);
  });

  it('lists what the target does not let anybody find out, which is no doubt', async () => {
    const evidence = await collect(({ notTried }) => Promise.resolve(notTried('past the cache', 'no way is offered')));
    expect(evidence.qualityIssues).toEqual([]);
    expect(evidence.controls).toMatchObject([
      { name: 'past the cache', outcome: 'not-tried', message: 'no way is offered' },
    ]);
  });

  it('ends when it is interrupted, also while it waits for an answer', async () => {
    const interruption = new AbortController();
    const evidence = await collect(async ({ request }) => {
      setTimeout(() => interruption.abort(), 100);
      await request('/silent');
    }, interruption.signal);
    expect(evidence.qualityIssues).toMatchObject([{ code: 'interrupted' }]);
  });

  it('cuts long texts short, and compares them whole', async () => {
    const long = 'x'.repeat(1000);
    const evidence = await collect(({ check }) =>
      Promise.resolve(check('one', { name: 'long', expected: `${long}a`, actual: `${long}b`, how })),
    );
    const [measurement] = evidence.status === 'collected' ? evidence.measurements : [];
    const [check] = measurement?.kind === 'checks' ? measurement.checks : [];
    expect(check?.ok).toBe(false);
    expect(check?.actual.length).toBeLessThan(320);
  });
});
