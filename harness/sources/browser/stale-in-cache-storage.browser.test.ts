import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../../setup/browser.mjs';
import { realShell } from '../../lib/shell.ts';
import { staleInCacheStorage } from './stale-in-cache-storage.ts';

let server: Server;
let release = 'old';

/** A worker that keeps /app.js when it is installed, as it was then. */
const worker = `
  self.addEventListener('install', (event) => event.waitUntil(
    caches.open('shell').then((cache) => cache.add('/app.js')).then(() => self.skipWaiting())));
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`;
const page = '<script>onload = () => navigator.serviceWorker.register("/worker.js")</script>';

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/app.js') {
      response.end(release);
      // Whoever asks next gets another one: what the worker kept is stale.
      if (release === 'rolling') release = 'new';
      return;
    }
    response.setHeader('Content-Type', url === '/worker.js' ? 'text/javascript' : 'text/html');
    response.end(url === '/worker.js' ? worker : url === '/plain' ? 'plain' : page);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('sees in Cache Storage what is not what is served now, and nothing where nothing is kept', async () => {
  const shell = realShell();
  const { path: browserPath } = findBrowser({ playwrightPath: chromium.executablePath() }) ?? { path: '' };
  const options = { browserPath, shell };
  const web = `http://localhost:${(server.address() as AddressInfo).port}`;
  expect(await staleInCacheStorage(`${web}/plain`, options)).toEqual({ kept: 0, stale: [] });
  expect(await staleInCacheStorage(`${web}/`, options)).toEqual({ kept: 1, stale: [] });
  release = 'rolling';
  expect(await staleInCacheStorage(`${web}/`, options)).toEqual({ kept: 1, stale: [`${web}/app.js`] });
});
