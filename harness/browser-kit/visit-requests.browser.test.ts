/** What a visit notes of the requests of its page: where the answers came from, how large they were, which are the same. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, openTruthVisits, plan, sampleOf, site, type TruthVisits, truthPage } from '../../checks/truth-page.ts';
import type { JournalRecord } from './journal.ts';
import { openVisit } from './visit.ts';

let truth: TruthVisits;

beforeAll(async () => {
  truth = await openTruthVisits({ stepTimeoutMs: 3000 });
});

afterAll(() => truth.close());

describe('a visit', () => {
  it('tells network, caches and service workers apart', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const kinds: { readonly [path: string]: string } = {
        '/worker.js': 'text/javascript',
        '/dot.svg': 'image/svg+xml',
      };
      const path = request.url ?? '/';
      response.setHeader('Content-Type', kinds[path] ?? 'text/html');
      response.setHeader('Cache-Control', path === '/worker.js' ? 'no-store' : 'max-age=60');
      const bodies: { readonly [path: string]: string } = {
        '/worker.js': `addEventListener('activate', (event) => event.waitUntil(clients.claim()));
          addEventListener('fetch', (event) => {
            if (event.request.url.endsWith('/api/worked')) event.respondWith(new Response('by the worker'));
          });`,
        '/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>',
      };
      response.end(bodies[path] ?? '<!doctype html><p>the answer</p>');
    }).listen(0);
    await once(server, 'listening');
    const web = `http://localhost:${(server.address() as AddressInfo).port}`;
    const { visit, context } = await openVisit(truth.browser, {
      number: 1,
      plan: { ...plan, web, api: `${web}/` },
      rounds: 1,
      now: () => new Date(),
      write: () => undefined,
    });
    await visit.page.goto(`${web}/`);
    await visit.page.evaluate(async () => {
      const show = async (): Promise<void> => {
        const image = new Image();
        image.src = '/dot.svg';
        await image.decode();
        document.body.append(image);
      };
      for (const _ of [1, 2]) await (await fetch('/api/list')).text();
      await show();
      const claimed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      await navigator.serviceWorker.register('/worker.js');
      await claimed;
      await (await fetch('/api/worked')).text();
    });
    await visit.page.goto(`${web}/?again`);
    await visit.page.evaluate(() => fetch('/api/list'));
    const sources = (name: string) =>
      visit.requests.requests.filter((request) => request.name === name).map(({ source }) => source);
    await expect.poll(() => sources('/api/list')).toEqual(['network', 'disk cache', 'disk cache']);
    expect(asked.filter((path) => path === '/api/list')).toHaveLength(1);
    expect(sources('/api/worked')).toEqual(['service worker']);
    expect(visit.requests.answerFrom(`${web}/dot.svg`)).toMatchObject({
      source: 'network',
      sizeBytes: expect.any(Number),
    });
    await context.close();
    server.close();
    server.closeAllConnections();
  });
  it('tells the size of an answer that another origin had to be asked for first', async () => {
    const body = 'x'.repeat(5000);
    const [api, web] = await Promise.all(
      [body, truthPage].map(async (text) => {
        const server = createServer((request, response) => {
          response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'x-team');
          response.setHeader('Content-Type', 'text/html').end(request.method === 'OPTIONS' ? '' : text);
        }).listen(0);
        await once(server, 'listening');
        return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/` };
      }),
    );
    if (api === undefined || web === undefined) throw new Error('no servers');
    const records: JournalRecord[] = [];
    const { visit, context } = await openVisit(truth.browser, {
      number: 1,
      plan: { ...plan, web: web.url, api: api.url },
      rounds: 1,
      now: () => new Date(),
      write: (record) => records.push(record),
    });
    await visit.page.goto(`${web.url}?act=never`);
    await visit.page.evaluate((address) => {
      document.querySelector('button')?.addEventListener('click', async () => {
        await (await fetch(address, { headers: { 'x-team': 'a' } })).text();
        setTimeout(() => document.getElementById('out')?.append('the answer'), 60);
      });
    }, api.url);
    await visit.time('step', { act: () => visit.page.getByRole('button').click(), until: answer, how: 'test' });
    const [request] = sampleOf({ records }).requests.filter(({ url }) => url === api.url);
    expect(request).toMatchObject({ method: 'GET', source: 'network' });
    expect(request?.sizeBytes).toBeGreaterThan(body.length);
    await context.close();
    for (const { server } of [api, web]) {
      server.close();
      server.closeAllConnections();
    }
  });
  it('counts API requests without preflights, the same URL as the same request', async () => {
    await truth.visit(async (visit) => {
      await visit.page.goto(`${site}/?act=late`);
      await visit.page.evaluate(() =>
        Promise.all([fetch('/api/a%3Ab?x=1&y=2'), fetch('/api/a:b?y=2&x=1'), fetch('/other')]),
      );
      expect(visit.requests.requests.map(({ method, name }) => `${method} ${name}`)).toEqual([
        'GET /api/a:b?x=1&y=2',
        'GET /api/a:b?x=1&y=2',
      ]);
    });
  });
});
