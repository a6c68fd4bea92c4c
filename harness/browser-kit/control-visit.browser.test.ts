import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../../setup/browser.mjs';
import type { ScenarioPlan } from '../model/scenario-plan.ts';
import { visitForControls } from './control-visit.ts';

const asks = `<!doctype html><title>asks</title><script>fetch('/api/items');`;
/** It reports what goes wrong, as a page with an error reporter does, and does so again when it is left. */
const reports = `${asks}
  const report = () => navigator.sendBeacon('/reported', 'an error');
  addEventListener('error', report); addEventListener('unhandledrejection', report); addEventListener('pagehide', report);
</script>`;
const muted = `${asks}
  console.error = () => undefined;
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  addEventListener('error', swallow, true); addEventListener('unhandledrejection', swallow, true);
</script>`;
const pages: { readonly [path: string]: string } = { '/reports': reports, '/muted': muted, '/silent': '<p>nothing' };

let browser: Browser;
let server: Server;
const asked: string[] = [];

beforeAll(async () => {
  const found = findBrowser();
  browser = await chromium.launch({ ...(found ? { executablePath: found.path } : {}), args: browserFlags() });
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    response.setHeader('cache-control', 'max-age=60').end(pages[path] ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function visit(controlPath: string, api = '/api', web = origin()) {
  const plan: ScenarioPlan = {
    web,
    api: `${web}${api}`,
    artifacts: {},
    summaryQuery: '',
    stage: 1,
    pass: { number: 1, of: 1 },
    visits: {},
    rounds: {},
    stepTimeoutMs: 3000,
    browserArgs: [],
    trace: false,
  };
  const records = await visitForControls(browser, { ...plan, controlPath });
  return Object.fromEntries(records.map(({ name, outcome, message }) => [name, { outcome, message }]));
}

it('hears every kind of error and a repeated request, and lets no report of the errors out', async () => {
  const outcomes = Object.values(await visit('/reports')).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['seen', 'seen', 'seen', 'seen']);
  expect(asked.filter((path) => path === '/api/items')).toHaveLength(2);
  expect(asked).not.toContain('/reported');
});

it('hears no error of a page that keeps them to itself, and says so of each', async () => {
  expect(await visit('/muted')).toMatchObject({
    'repeated request': { outcome: 'seen' },
    'console error': { outcome: 'not-seen' },
    'uncaught exception': { outcome: 'not-seen' },
    'unhandled rejection': { outcome: 'not-seen' },
  });
});

it.each([
  ['asks elsewhere than it is listened to', '/reports', '/other'],
  ['asks for nothing', '/silent', '/api'],
])('sees no request of a page that %s', async (_what, path, api) => {
  expect(await visit(path, api)).toMatchObject({
    'repeated request': { outcome: 'not-seen', message: expect.stringContaining(`${path} asked the API at`) },
    'console error': { outcome: 'seen' },
  });
});

it('has seen nothing in a visit that fails', async () => {
  const records = await visit('/', '/api', 'http://127.0.0.1:1');
  expect(Object.values(records)).toMatchObject(
    Array(4).fill({ outcome: 'not-seen', message: expect.stringContaining('failed: ') }),
  );
});
