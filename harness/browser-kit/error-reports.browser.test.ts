import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../../setup/browser.mjs';
import { watchErrorReports } from './error-reports.ts';

/** A page that reports as an SDK does: a session at the start, and what it held back when it is hidden or left. */
const page = `<!doctype html><title>reports</title><script>
  const send = (type, payload) => fetch('/some/tunnel', {
    method: 'POST',
    keepalive: true,
    body: [{ sent_at: new Date(), dsn: 'http://key@sentry.test/1' }, { type }, payload].map((one) => JSON.stringify(one)).join('\\n'),
  }).catch(() => undefined);
  const build = { release: 'web@2', environment: 'test' };
  send('session', { sid: 'a', attrs: build });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      send('client_report', { discarded_events: [{ reason: 'before_send', category: 'error', quantity: 1 }] });
    }
  });
  window.addEventListener('pagehide', () => send('event', { event_id: 'e', level: 'error', message: 'late', ...build }));
  fetch('/api/save', { method: 'POST', body: '{"sent_at":1}' });
</script>`;

let browser: Browser;
let server: Server;
let context: BrowserContext;
let answersWith = 200;

beforeAll(async () => {
  const found = findBrowser();
  browser = await chromium.launch({ ...(found ? { executablePath: found.path } : {}), args: browserFlags() });
  server = createServer((request, response) => {
    const isTunnel = request.url === '/some/tunnel';
    request.resume().on('end', () => response.writeHead(isTunnel ? answersWith : 200).end(isTunnel ? '{}' : page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function reportsOfAVisit() {
  const tab = await context.newPage();
  const log = watchErrorReports(context, tab);
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' });
  return log.finish();
}

describe('watchErrorReports', () => {
  it('hears what a page sends to whatever address, also when it is hidden and left', async () => {
    answersWith = 200;
    expect(await reportsOfAVisit()).toEqual({
      taken: 3,
      refused: [],
      unreadable: 0,
      builds: [{ release: 'web@2', environment: 'test' }],
      errors: [{ eventId: 'e', text: 'late', release: 'web@2', environment: 'test' }],
      dropped: { before_send: 1 },
    });
  });

  it('takes no refused envelope for one that arrived', async () => {
    answersWith = 403;
    expect(await reportsOfAVisit()).toMatchObject({ taken: 0, refused: ['answered 403'], errors: [{ text: 'late' }] });
  });

  it('says what blocked it', async () => {
    await context.route('**/some/tunnel', (route) => route.abort('blockedbyclient'));
    expect(await reportsOfAVisit()).toMatchObject({
      taken: 0,
      refused: [expect.stringContaining('ERR_BLOCKED_BY_CLIENT')],
    });
  });

  it('ends although the page is gone', async () => {
    const tab = await context.newPage();
    const log = watchErrorReports(context, tab);
    await tab.close();
    expect(await log.finish()).toMatchObject({ taken: 0, errors: [] });
  });
});
