/** What a page loads, in the real browser: each script once, and none lost in silence. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../setup/browser.mjs';
import { realShell } from '../../lib/shell.ts';
import { collectBundle } from './collect-bundle.ts';

const js = 'text/javascript';
const html = (head: string): readonly [string, string] => ['text/html', `<!doctype html>${head}<p>Everything is here`];

/** Of one origin unless the address says otherwise. */
const files: { readonly [path: string]: readonly [type: string, body: string] } = {
  '/app': html(`<link rel=modulepreload href=/shared-AbCd1234.js><link rel=preload as=script href=/classic.js>
    <script type=module src=/main-AbCd1234.js></script><script src=/classic.js></script><script>window.inline = 1</script>
    <script src="ELSEWHERE/analytics.js?key=abc"></script>`),
  '/main-AbCd1234.js': [
    js,
    `import './shared-AbCd1234.js'; import('./later-AbCd1234.js'); new Worker('/worker.js');
     const blob = new Blob(['self.tiny = 1'], { type: 'text/javascript' }); new Worker(URL.createObjectURL(blob));
     fetch('/numbers.json');`,
  ],
  '/shared-AbCd1234.js': [js, 'globalThis.shared = 1;'.repeat(40)],
  '/later-AbCd1234.js': [js, `import './deeper-AbCd1234.js';`],
  '/deeper-AbCd1234.js': [js, 'export {};'],
  '/classic.js': [js, 'window.classic = 1;'],
  '/worker.js': [js, `importScripts('/imported.js');`],
  '/imported.js': [js, 'self.imported = 1;'],
  '/numbers.json': ['application/json', '[1]'],
  '/analytics.js?key=abc': [js, 'window.analytics = 1;'],
  '/lost': html('<script src=/classic.js></script><script src=/gone.js></script><script src=/cut.js></script>'),
  '/none': html(''),
  '/shared-worker': html(`<script src=/classic.js></script><script>new SharedWorker('/imported.js')</script>`),
  '/login': ['text/html', '<script src=/classic.js></script>Please log in'],
};

let servers: readonly Server[];
let web: string;

beforeAll(async () => {
  let elsewhere = '';
  const serve = async (): Promise<Server> => {
    const server = createServer((request, response) => {
      const [type, body] = files[request.url ?? ''] ?? [];
      if (request.url === '/cut.js') response.writeHead(200, { 'content-type': js, 'content-length': 99 }).write('var');
      if (request.url === '/cut.js') setTimeout(() => response.destroy(), 50);
      else if (type === undefined || body === undefined) response.writeHead(404).end();
      // Compressed, as servers do: what counts is what is in it.
      else
        response
          .writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
          .end(gzipSync(body.replace('ELSEWHERE', elsewhere)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return server;
  };
  servers = [await serve(), await serve()];
  const [own, other] = servers.map((server) => (server.address() as AddressInfo).port);
  web = `http://127.0.0.1:${own}`;
  elsewhere = `http://127.0.0.1:${other}`;
});

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

function collect(path: string, changes: { readonly path?: string; readonly settleWithinMs?: number } = {}) {
  const page = { name: path, path, expectText: 'Everything is here' };
  const found = findBrowser({ playwrightPath: chromium.executablePath() });
  return collectBundle(
    { source: { kind: 'pages', pages: [page], origins: [] }, baseline: 'kept.json' },
    {
      web,
      browser: { path: changes.path ?? found?.path ?? '', args: [] },
      ...(changes.settleWithinMs === undefined ? {} : { settleWithinMs: changes.settleWithinMs }),
      readBaseline: () => 'there is no such file',
      howToSave: 'rampgate bundle --save',
      shell: realShell(),
      signal: AbortSignal.any([]),
      onProgress: () => undefined,
    },
  );
}

describe('the scripts of a page', () => {
  it('are its own, its workers’ and those they import, each once, as they are when unpacked', async () => {
    const evidence = await collect('/app');
    if (evidence.status === 'unavailable') throw new Error(evidence.qualityIssues[0].message);
    const { facts, tools, qualityIssues } = evidence;
    const scripts = facts['scripts'] as readonly {
      path: string;
      raw: number;
      gzip: number;
      servedBytes: number | null;
    }[];
    const expected = Object.keys(files).filter((path) => path.endsWith('.js'));
    expect(scripts.map(({ path }) => path).toSorted()).toEqual(expected.toSorted());
    for (const { path, raw } of scripts) expect(raw, path).toBe(files[path]?.[1].length);
    const shared = scripts.find(({ path }) => path.startsWith('/shared'));
    expect(shared?.gzip).toBeLessThan(80);
    expect(shared?.servedBytes).toBeGreaterThan(0);
    expect(shared?.servedBytes).toBeLessThan(shared?.raw ?? 0);
    expect(facts['elsewhere']).toEqual([{ url: expect.stringMatching(/\/analytics\.js$/), raw: 21 }]);
    expect(facts['inline']).toMatchObject([{ count: 1, bytes: 17 }]);
    expect(tools['Chromium']).toMatch(/^\d+/);
    expect(qualityIssues.map(({ code }) => code)).toEqual(['no-baseline']);
  });

  it('of which one is missing or cut off are not the whole, and neither is what a shared worker loads', async () => {
    const [lost, shared] = await Promise.all([collect('/lost'), collect('/shared-worker')]);
    expect(lost.qualityIssues).toMatchObject([
      { code: 'counted-in-part', message: expect.stringContaining('/gone.js: it was answered with 404') },
      { code: 'counted-in-part', message: expect.stringContaining('/cut.js: ') },
      { code: 'no-baseline' },
    ]);
    expect(shared.qualityIssues).toMatchObject([
      { code: 'counted-in-part', message: expect.stringContaining('/imported.js: the scripts of a shared worker') },
      { code: 'no-baseline' },
    ]);
  });

  it('of another page than the one that was meant decide nothing', async () => {
    const login = await collect('/login', { settleWithinMs: 1000 });
    expect(login.qualityIssues).toMatchObject([
      { code: 'nothing-served', message: expect.stringContaining('it shows "Please log in"') },
      { code: 'no-baseline' },
    ]);
  });

  it('are not there at all: the probe is blind, as it is without a browser', async () => {
    const [none, without] = await Promise.all([collect('/none'), collect('/none', { path: '/nowhere/chromium' })]);
    expect(none).toMatchObject({ status: 'unavailable', qualityIssues: [{ code: 'signal-absent' }] });
    expect(without).toMatchObject({ status: 'unavailable', qualityIssues: [{ code: 'probe-crashed' }] });
    expect(without.qualityIssues[0]?.message).toContain('/nowhere/chromium');
  });
});
