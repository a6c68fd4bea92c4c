/** The control of a log against a real server that logs what it is asked, or somewhere else, or late. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localServers } from '../../../setup/local-servers.ts';
import { realShell } from '../../lib/shell.ts';
import { collectLogs } from './collect-logs.ts';
import type { LogControl, LogPolicy } from './settings.ts';

let folder: string;
const serve = localServers();
let web: string;
/** What the server does with a line of its log. */
let write: (line: string) => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rampgate-marker-'));
  write = (line) => appendFileSync(join(folder, 'api.log'), line);
  writeFileSync(join(folder, 'api.log'), lineOf('started'));
  web = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      write(lineOf(`${request.method} ${request.url} ${body}`));
      response.end();
    });
  });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lineOf = (message: string): string => `${JSON.stringify({ time: new Date().toISOString(), message })}\n`;

const asked: LogControl = { url: '{api}/health?marker={marker}', method: 'GET', withinMs: 400 };

function collect(control: LogControl | null, changes: { pattern?: string; withoutControl?: string } = {}) {
  const { pattern = 'timeout', withoutControl } = changes;
  const log: LogPolicy = {
    name: 'api',
    source: { kind: 'files', paths: [join(folder, 'api.log')] },
    isGiven: false,
    windowMs: 60_000,
    zoneMinutes: 0,
    patterns: { timeouts: pattern },
    rates: {},
    control,
  };
  return collectLogs(log, {
    trafficSinceMs: null,
    target: { web, api: `${web}/api` },
    shell: realShell(),
    signal: new AbortController().signal,
    ...(withoutControl === undefined ? {} : { withoutControl }),
  });
}

it('finds its own line in the very source that it counts in', async () => {
  const evidence = await collect(asked);
  expect(evidence).toMatchObject({ qualityIssues: [], measurements: [{ count: 0, exposures: 2 }] });
  expect(evidence.controls).toMatchObject([{ outcome: 'seen', message: expect.stringContaining('api.log after') }]);
});

it('waits for a line that comes late, and finds one that was sent as JSON', async () => {
  write = (line) => void setTimeout(() => appendFileSync(join(folder, 'api.log'), line), 150);
  const evidence = await collect({ ...asked, url: '{web}/log', method: 'POST', json: { note: ['{marker}'] } });
  expect(evidence.controls).toMatchObject([{ outcome: 'seen' }]);
});

it('is blind where the application writes elsewhere, however alive the log is', async () => {
  write = () => appendFileSync(join(folder, 'api.log'), lineOf('tick'));
  const evidence = await collect(asked);
  expect(evidence).toMatchObject({
    controls: [{ outcome: 'not-seen' }],
    qualityIssues: [{ code: 'control-not-seen' }],
  });
  expect(evidence.qualityIssues[0]?.message).toMatch(
    /\/api\/health\?marker=\S+ \(answered 200\) left no line .*api\.log \(2 lines\)/,
  );
});

it('is blind where nobody answers', async () => {
  const evidence = await collect({ ...asked, url: 'http://127.0.0.1:1/{marker}' });
  expect(evidence.qualityIssues).toMatchObject([{ message: expect.stringContaining('was not answered') }]);
});

it('proves nothing with a line that would be counted', async () => {
  const evidence = await collect({ ...asked, url: '{api}/timeout?marker={marker}' });
  expect(evidence.controls).toMatchObject([
    { outcome: 'not-seen', message: expect.stringContaining('counted as timeouts') },
  ]);
});

it.each([
  [null, {}, 'logs.api.control names no request'],
  [asked, { withoutControl: 'nothing may be planted' }, 'nothing may be planted'],
])('says that nothing was tried, which is no doubt', async (control, changes, words) => {
  const evidence = await collect(control, changes);
  expect(evidence).toMatchObject({ qualityIssues: [], measurements: [{ exposures: 1 }] });
  expect(evidence.controls).toMatchObject([{ outcome: 'not-tried', message: expect.stringContaining(words) }]);
});
