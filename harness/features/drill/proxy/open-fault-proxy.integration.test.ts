import { once } from 'node:events';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProxyFault } from '../../../model/proxy-fault.ts';
import { ofThisMachine } from './certificate.fixture.ts';
import { type FaultProxy, openFaultProxy } from './open-fault-proxy.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe('without a fault', () => {
  it('passes method, path, headers, body and status on, and the answer back, byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const api = await serve(async (request, response) => {
      const asked = `${request.method} ${request.url} ${String(request.headers['x-mine'])} ${await text(request)}`;
      response.writeHead(207, { 'X-Cache': 'HIT', 'content-type': 'application/octet-stream', 'x-asked': asked });
      response.end(bytes);
    });
    const { api: seen } = await proxied(`${api}/api/v1`, []);
    expect(seen).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
    const answer = await fetch(`${seen}/a%2Fb?c=d`, { method: 'POST', headers: { 'x-mine': '1' }, body: 'text' });
    expect(answer.status).toBe(207);
    expect(answer.headers.get('x-cache')).toBe('HIT');
    expect(answer.headers.get('x-asked')).toBe('POST /api/v1/a%2Fb?c=d 1 text');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('leaves compressed JSON of the API as it came', async () => {
    const packed = gzipSync('{"a":1}');
    const api = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', etag: '"1"' });
      response.end(packed);
    });
    const { api: seen } = await proxied(api, []);
    const answer = await fetch(seen, { headers: { 'accept-encoding': 'gzip, unheard-of' } });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.json()).toEqual({ a: 1 });
  });

  it('makes the page speak of the proxy, and the API believe in the page that it allows', async () => {
    const api = await serve(({ headers }, response) => {
      response.setHeader('access-control-allow-origin', headers.origin ?? 'none');
      response.end();
    });
    const web = await serve(({ url }, response) => {
      if (url === '/moved') return response.writeHead(302, { location: `${web}/there` }).end();
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-security-policy', `connect-src ${api}`);
      response.setHeader('set-cookie', ['a=1; Domain=shop.example; Secure; SameSite=None; Path=/', 'b=2; HttpOnly']);
      return response.end(
        `<head></head><script integrity="sha256-x" src="/a.js"></script>${api} ${JSON.stringify(api).replaceAll('/', '\\/')}`,
      );
    });
    const seen = await proxied(api, [], web);
    const page = await fetch(seen.web);
    const html = await page.text();
    expect(html).toContain(`<script src="/a.js"></script>${seen.api} "${seen.api.replaceAll('/', '\\/')}"`);
    expect(html).not.toContain(api);
    expect(page.headers.get('content-security-policy')).toMatch(
      new RegExp(`^connect-src ${seen.api} http://127.0.0.1:\\d+$`),
    );
    expect(page.headers.getSetCookie()).toEqual(['a=1; SameSite=Lax; Path=/', 'b=2; HttpOnly']);
    const moved = await fetch(`${seen.web}/moved`, { redirect: 'manual' });
    expect(moved.headers.get('location')).toBe(`${seen.web}/there`);
    // The API was told the origin that it knows; the page is told its own.
    const allowed = await fetch(seen.api, { headers: { origin: seen.web } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(seen.web);
  });

  it('takes what the page reports to Sentry, which never hears of it', async () => {
    const dsn = 'https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.test/42';
    const web = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('content-security-policy', "default-src 'self'; connect-src https://o1.ingest.sentry.test");
      response.end(JSON.stringify({ dsn, other: 'https://o1.ingest.sentry.test/42' }));
    });
    const seen = await proxied(await serve((_request, response) => response.end()), [], web);
    const page = await fetch(`${seen.web}/config.json`);
    const told = (await page.json()) as { dsn: string; other: string };
    const { username, origin, pathname, hostname } = new URL(told.dsn);
    expect([username, hostname, pathname]).toEqual(['0123456789abcdef0123456789abcdef', '127.0.0.1', '/42']);
    expect(told.other).toBe('https://o1.ingest.sentry.test/42');
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'self'; connect-src https://o1.ingest.sentry.test ${origin}`,
    );
    const sent = await fetch(`${origin}/api/42/envelope/`, {
      method: 'POST',
      body: '{}\n',
      headers: { origin: seen.web },
    });
    expect(sent.status).toBe(200);
    expect(sent.headers.get('access-control-allow-origin')).toBe(seen.web);
  });

  it('does not answer in the place of a target that is gone', async () => {
    const api = await serve((_request, response) => response.end());
    const { api: seen } = await proxied(api, []);
    expect((await fetch(seen)).status).toBe(200);
    await open[0]?.close();
    await expect(fetch(seen)).rejects.toThrow('fetch failed');
  });
});

describe('with a fault', () => {
  const json: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-cache': 'MISS', etag: '"1"' });
    response.end('{"files":[{"additions":1,"text":"a"},{"additions":2,"text":"b"}],"total":3}');
  };

  it('answers an exact share with an error, never a preflight, and leaves other paths alone', async () => {
    const { api } = await proxied(await serve(json), [{ kind: 'answer', status: 503, share: 0.1, on: '^/diff' }]);
    const count = async (path: string, method = 'GET') => {
      const statuses = [];
      for (let turn = 0; turn < 50; turn += 1) statuses.push((await fetch(`${api}${path}`, { method })).status);
      return statuses.filter((status) => status === 503).length;
    };
    expect(await count('/diff?x')).toBe(5);
    expect(await count('/other')).toBe(0);
    expect(await count('/diff', 'OPTIONS')).toBe(0);
  });

  it('lets a page read the error that it invents', async () => {
    const seen = await proxied(await serve(json), [{ kind: 'answer', status: 500 }]);
    const answer = await fetch(seen.api, { headers: { origin: seen.web } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(seen.web);
  });

  it('delays', async () => {
    const { api } = await proxied(await serve(json), [{ kind: 'delay', ms: 120, on: 'slow' }]);
    const startedAtMs = performance.now();
    await (await fetch(`${api}/slow`)).json();
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(119);
  });

  it('stalls: what comes due within is answered at the end', async () => {
    const { api } = await proxied(await serve(json), [{ kind: 'stall', everyMs: 300, forMs: 150 }]);
    const tookMs = async () => {
      const startedAtMs = performance.now();
      await (await fetch(api)).text();
      return performance.now() - startedAtMs;
    };
    await vi.waitFor(async () => expect(await tookMs()).toBeGreaterThan(100), { timeout: 10_000, interval: 1 });
  });

  it('never answers when it hangs', async () => {
    const { api } = await proxied(await serve(json), [{ kind: 'hang' }]);
    await expect(fetch(api, { signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout');
  });

  it('cuts bodies in the middle', async () => {
    const { api } = await proxied(await serve(json), [{ kind: 'truncate' }]);
    const answer = await fetch(api);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('changes headers, adds and takes away', async () => {
    const { api } = await proxied(await serve(json), [
      { kind: 'header', name: 'X-Cache', value: 'HIT' },
      { kind: 'header', name: 'ETag', value: null },
    ]);
    const { headers } = await fetch(api);
    expect([headers.get('x-cache'), headers.get('etag')]).toEqual(['HIT', null]);
  });

  it('changes fields, also of what came compressed', async () => {
    const packed: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"files":[{"additions":1,"text":"a"},{"additions":2,"text":"b"}],"total":3}'));
    };
    const { api } = await proxied(await serve(packed), [
      { kind: 'field', at: 'files.*.additions', change: { add: 1 } },
      { kind: 'field', at: 'files.0.text', change: 'remove' },
      { kind: 'field', at: 'total', change: { set: null } },
    ]);
    const answer = await fetch(api);
    expect(await answer.json()).toEqual({ files: [{ additions: 2 }, { additions: 3, text: 'b' }], total: null });
  });

  it('plants a script before all others, past any policy, and makes scripts longer', async () => {
    const script = `const a = 1;${'x'.repeat(988)}`;
    const web = await serve(({ url }, response) => {
      const isScript = url === '/a.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', "default-src 'self'");
      response.end(isScript ? script : '<!doctype html><html><HEAD lang="a"><title>ü</title></HEAD>');
    });
    const faults: ProxyFault[] = [
      { kind: 'script', source: 'throw new Error("</script>")' },
      { kind: 'grow-scripts', by: 0.08 },
    ];
    const seen = await proxied(await serve(json), faults, web);
    const page = await fetch(seen.web);
    expect(await page.text()).toBe(
      '<!doctype html><html><HEAD lang="a"><script>throw new Error("<\\/script>")</script><title>ü</title></HEAD>',
    );
    expect(page.headers.get('content-security-policy')).toBeNull();
    const grown = await (await fetch(`${seen.web}/a.js`)).text();
    expect(grown.startsWith(script)).toBe(true);
    expect(grown.length / script.length).toBeCloseTo(1.08, 1);
  });
});

it('stands before a target that is on HTTPS, whose page is then on plain HTTP', async () => {
  setDefaultCACertificates([...getCACertificates('default'), ofThisMachine.cert]);
  const server = createTlsServer(ofThisMachine, ({ headers }, response) => {
    response.setHeader('strict-transport-security', 'max-age=1');
    response.setHeader('x-host', headers.host ?? 'none');
    response.setHeader('content-type', 'text/html');
    response.end(`<a href="https://${headers.host}/there">there</a>`);
  });
  const target = await listening(server, 'https');
  const seen = await proxied(target, [], target);
  expect(seen.api).toBe(seen.web);
  const answer = await fetch(seen.web);
  expect(await answer.text()).toBe(`<a href="${seen.web}/there">there</a>`);
  expect(answer.headers.get('x-host')).toBe(new URL(target).host);
  expect(answer.headers.get('strict-transport-security')).toBeNull();
});

it('passes web sockets through', async () => {
  const web = await serve((_request, response) => response.end());
  const server = servers.get(web);
  server?.on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.once('data', (said) => socket.end(said));
  });
  const seen = await proxied(await serve((_request, response) => response.end()), [], web);
  const asked = request(seen.web, { headers: { upgrade: 'websocket', connection: 'Upgrade' } });
  asked.end();
  const [, socket] = await once(asked, 'upgrade');
  socket.write('hello');
  expect(await text(socket)).toBe('hello');
});

const servers = new Map<string, Server | TlsServer>();

function serve(listener: RequestListener): Promise<string> {
  return listening(createServer(listener), 'http');
}

async function listening(server: Server | TlsServer, scheme: 'http' | 'https'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  const address = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  servers.set(address, server);
  return address;
}

async function proxied(api: string, faults: readonly ProxyFault[], web?: string): Promise<FaultProxy> {
  const page = web ?? (await serve((_request, response) => response.end()));
  const proxy = await openFaultProxy({ web: page, api }, faults);
  open.push(proxy);
  return proxy;
}
