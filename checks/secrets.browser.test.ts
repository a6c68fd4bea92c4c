/** Secrets planted in environment, URLs, headers, command output and page content appear nowhere under the run folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { chromium } from 'playwright';
import { expect, it } from 'vitest';
import { redactorFor } from '../harness/lib/redact.ts';
import { realShell } from '../harness/lib/shell.ts';
import { collectBrowser } from '../harness/sources/browser/collect-browser.ts';
import { readZip } from '../harness/sources/browser/zip.ts';
import { findBrowser } from '../setup/browser.mjs';
import { temporaryFolders } from '../setup/temporary-folders.ts';
import { harSchema } from './har-schema.ts';

const newFolder = temporaryFolders();

const inEnvironment = 'planted=in/the environment';
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJwbGFudGVkIn0', 'cGxhbnRlZA'].join('.');
const planted = [
  inEnvironment,
  'planted-in-the-url',
  'planted-in-a-cookie',
  'planted-in-a-header',
  'planted-in-a-form',
  'planted-in-a-redirect',
  jwt,
];

const page = `<!doctype html><title>x</title><h1>Secrets</h1><p>${inEnvironment} and ${jwt}</p><input aria-label="in">
<script>
console.error('sent ${inEnvironment} with Bearer planted-in-a-header');
fetch('/data', { headers: { Authorization: 'planted-in-a-header', 'X-Api-Key': 'planted-in-a-header' } });
fetch('/data?session_id=planted-in-the-url', { headers: { 'X-CSRF-Token': 'planted-in-a-header' } });
const body = 'password=planted-in-a-form';
fetch('/form', { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
fetch('/redirect');
</script>`;

/** Everything in a folder as text, archives unpacked, also those within pages. */
function textsIn(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => textsOf(relative(folder, path), readFileSync(path)));
}

function textsOf(name: string, content: Buffer): { readonly name: string; readonly text: string }[] {
  if (name.endsWith('.zip')) return readZip(content).flatMap((one) => textsOf(`${name}:${one.name}`, one.content));
  const text = content.toString('utf8');
  const archives = name.endsWith('.html') ? [...text.matchAll(/data:application\/zip;base64,([A-Za-z0-9+/=]+)/g)] : [];
  return [
    { name, text },
    ...archives.flatMap(([, archive = '']) => textsOf(`${name}:data.zip`, Buffer.from(archive, 'base64'))),
  ];
}

it('what a browser saw of secrets is nowhere in the run folder', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/redirect') {
      response.writeHead(302, { Location: '/data?x=1#access_token=planted-in-a-redirect' }).end();
      return;
    }
    response.setHeader('Set-Cookie', 'sid=planted-in-a-cookie; Path=/');
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const runFolder = newFolder();
  const path = findBrowser({ playwrightPath: chromium.executablePath() })?.path ?? '';
  process.env['PLANTED_TOKEN'] = inEnvironment; // what Playwright inherits
  try {
    const shell = realShell();
    const common = { runFolder, shell, signal: new AbortController().signal, onProgress: () => undefined };
    const [evidence] = await collectBrowser({
      ...common,
      policy: {
        scenarios: [{ name: 'leaky', visits: 1, rounds: 1, stages: 1 }],
        browser: { args: [], stepTimeoutMs: 4000, trace: true },
        target: { artifacts: {}, conventions: { summaryQuery: '' }, limiter: null, page: {} },
      },
      target: { web, api: web },
      config: 'checks/secrets/secrets.config.ts',
      browser: { path },
      redactor: redactorFor(shell.env),
      stillOpen: () => new Set(),
    });
    // It did see them: what is not there was taken out.
    expect(JSON.stringify(evidence)).toContain('[redacted] and [redacted]');
  } finally {
    delete process.env['PLANTED_TOKEN'];
    server.closeAllConnections();
    server.close();
  }
  const texts = textsIn(runFolder);
  const names = texts.map(({ name }) => name);
  for (const wanted of [
    /leaky\.ndjson$/,
    /leaky-requests-2\.har$/,
    /trace-2\.zip:trace\.trace$/,
    /zip:trace\.network$/,
    /data\.zip:report\.json$/,
  ]) {
    expect(names).toContainEqual(expect.stringMatching(wanted));
  }
  // The visit failed, and its HAR is there, whole, and well-formed: it did see all of them.
  const har = texts.find(({ name }) => name === 'evidence/leaky-requests-2.har')?.text ?? '';
  const requests = harSchema.parse(JSON.parse(har)).log.entries.map(({ request }) => request);
  const paths = ['/?access_token=', '/data', '/data?session_id=', '/data?x=1', '/form', '/redirect'];
  for (const path of paths) expect(requests.map(({ url }) => url)).toContainEqual(expect.stringContaining(web + path));
  expect(requests.find(({ url }) => url.includes('session_id'))?.headers).toContainEqual({
    name: 'X-CSRF-Token',
    value: '[redacted]',
  });
  expect(requests.filter(({ cookies }) => cookies.length > 0)[0]?.cookies).toEqual([
    { name: 'sid', value: '[redacted]' },
  ]);
  for (const { name, text } of texts) {
    for (const secret of planted) {
      expect(text.includes(secret) || text.includes(encodeURIComponent(secret)), `${secret} in ${name}`).toBe(false);
    }
  }
});
