/** The Lighthouse probe with the real Lighthouse, the real browser, and pages whose truth is known. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesMentioning } from '../../../checks/run-gate.ts';
import { findBrowser } from '../../../setup/browser.mjs';
import { realShell } from '../../lib/shell.ts';
import { collectLighthouse } from './collect-lighthouse.ts';

const HELD_BACK_MS = 400;

const page = (body: string): string => `<!doctype html><title>A page</title>${body}`;
const send = (response: ServerResponse, html: string): void => {
  response.setHeader('Content-Type', 'text/html').end(html);
};

let server: Server;
let web: string;
let runFolder: string;
const visits = new Map<string, number>();

beforeAll(async () => {
  runFolder = mkdtempSync(join(tmpdir(), 'rampgate-lighthouse-'));
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const visit = (visits.get(path) ?? 0) + 1;
    visits.set(path, visit);
    if (path === '/slow') setTimeout(() => send(response, page('<h1>Everything is here</h1>')), HELD_BACK_MS);
    else if (path === '/empty') send(response, page(''));
    // After the warm-up and one run the session is over.
    else if (path === '/session' && visit > 2) response.writeHead(302, { Location: '/login' }).end();
    else if (path === '/session') send(response, page('<h1>Everything is here</h1>'));
    else send(response, page('<h1>Please log in</h1>'));
  }).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  web = `http://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(runFolder, { recursive: true, force: true });
});

/** No other browser on this machine has it. */
const mark = `--mark=${randomUUID()}`;

async function collect(
  name: string,
  runs: number,
  changes: { path?: string; signal?: AbortSignal; silentForMs?: number } = {},
) {
  const found = findBrowser({ playwrightPath: chromium.executablePath() });
  const news: string[] = [];
  const evidence = await collectLighthouse(
    { name, path: `/${name}?access_token=planted-in-the-url`, expectText: 'Everything is here', runs },
    {
      web,
      browser: { path: changes.path ?? found?.path ?? '', args: [mark] },
      runFolder,
      shell: realShell(),
      signal: changes.signal ?? new AbortController().signal,
      onProgress: (text) => news.push(text),
      ...(changes.silentForMs === undefined ? {} : { silentForMs: changes.silentForMs }),
    },
  );
  return { evidence, news };
}

describe('the Lighthouse probe', () => {
  it('sees the time that the backend takes, which a simulated paint does not', async () => {
    const { evidence, news } = await collect('slow', 1);
    if (evidence.status !== 'collected') throw new Error(JSON.stringify(evidence.qualityIssues));
    const [measurement] = evidence.measurements;
    if (measurement?.kind !== 'timings') throw new Error('no timings');
    expect(measurement.sli).toBe('slow.first-contentful-paint');
    expect(measurement.losses).toEqual([]);
    expect(measurement.samples[0]?.valueMs).toBeGreaterThan(HELD_BACK_MS);
    expect(measurement.samples[0]?.requests[0]?.endMs).toBeGreaterThan(HELD_BACK_MS);
    expect(evidence.facts).toMatchObject({
      runs: [{ firstContentfulPaintMs: measurement.samples[0]?.valueMs, benchmarkIndex: expect.any(Number) }],
      settings: { throttlingMethod: 'provided', formFactor: 'desktop' },
    });
    expect(evidence.tools).toEqual({ Chromium: expect.stringMatching(/^\d+\./), Lighthouse: '13.5.0' });
    expect(news).toEqual(['1 of 1 runs']);
    const [json, html] = evidence.attachments.map(({ path }) => readFileSync(join(runFolder, path), 'utf8'));
    expect(JSON.parse(json ?? '')).toMatchObject({ requestedUrl: `${web}/slow?access_token=[redacted]` });
    expect(html).toContain('<!doctype html>');
    expect(`${json}${html}`).not.toContain('planted-in-the-url');
  });

  it('does not take a login page for the application', async () => {
    const { evidence } = await collect('session', 2);
    expect(evidence).toMatchObject({
      status: 'collected',
      measurements: [
        {
          samples: [{ valueMs: expect.any(Number) }],
          losses: [{ reason: 'step-failed', message: `the page led to ${web}/login` }],
        },
      ],
      qualityIssues: [],
    });
  });

  it('waits for a page that paints nothing, and says so', async () => {
    const { evidence } = await collect('empty', 1);
    expect(evidence).toMatchObject({
      measurements: [{ samples: [], losses: [{ reason: 'never-painted', waitedMs: 10_000 }] }],
    });
  });

  it('says when there is no such browser', async () => {
    const { evidence } = await collect('slow', 1, { path: '/no/such/chromium' });
    expect(evidence).toMatchObject({
      status: 'unavailable',
      qualityIssues: [{ code: 'probe-crashed', message: expect.stringContaining('/no/such/chromium') }],
    });
  });

  it('is ended when it says nothing any more, and says that', async () => {
    const { evidence } = await collect('slow', 1, { silentForMs: 500 });
    expect(evidence).toMatchObject({
      status: 'unavailable',
      qualityIssues: [
        { code: 'probe-crashed', message: expect.stringContaining('it said nothing for 0.5 s, and was ended') },
      ],
    });
    expect(processesMentioning(mark)).toEqual([]);
  });

  it('stops at once when it is interrupted, and leaves no browser behind', async () => {
    const abort = new AbortController();
    const before = visits.get('/slow') ?? 0;
    const collecting = collect('slow', 3, { signal: abort.signal });
    await expect.poll(() => visits.get('/slow') ?? 0, { timeout: 30_000 }).toBeGreaterThan(before + 1);
    expect(processesMentioning(mark)).not.toEqual([]);
    abort.abort();
    const { evidence } = await collecting;
    expect(evidence).toMatchObject({ status: 'unavailable', qualityIssues: [{ code: 'interrupted' }] });
    expect(processesMentioning(`${web}/slow`)).toEqual([]);
    expect(processesMentioning(mark)).toEqual([]);
  });
});
