import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { packageRoot } from '../package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'rampgate-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The shipped rollout, of which only the cache's hit rate is judged: no time, so that nothing need be calibrated. */
function configFor(url: string): string {
  // A module that was loaded once is not read again.
  const file = join(folder, `${randomUUID()}.config.mjs`);
  writeFileSync(
    file,
    `import shipped from ${JSON.stringify(join(packageRoot, 'rampgate.config.ts'))};
const { demo } = shipped.targets;
const mix = () => Promise.resolve([{ name: 'all', share: 1, requests: [{ path: '/items' }] }]);
export default {
  ...shipped,
  defaultTarget: 'staging',
  targets: { staging: { web: ${JSON.stringify(url)}, api: ${JSON.stringify(url)}, artifacts: demo.artifacts } },
  profiles: { 'pre-ramp': {} },
  reporting: undefined,
  load: { ...shipped.load, diff: { ...shipped.load.diff, expectBody: 'items', mix } },
  criteria: shipped.criteria.filter(({ id }) => id === 'diff.cache-hit-rate'),
};
`,
  );
  return file;
}

const good: RequestListener = (_request, response) => response.setHeader('X-Cache', 'MISS').end('{"items":[]}');

describe('rampgate doctor', () => {
  it('says that all is ready, in 80 columns', async () => {
    const { exitCode, out } = await run('doctor', '--config', configFor(await serve(good)));
    expect(out).toMatch(/^ready +Rampgate: .*Node v24/m);
    expect(out).toMatch(/^not needed +browser: no criterion of this profile visits a page$/m);
    expect(out).toMatch(/^ready +target staging: http:\/\/127/m);
    expect(out).toMatch(/^ready +load diff: 50\/s for 30 s: 1 × all$/m);
    expect(out).toMatch(/^not configured +bundle\.js-growth: There is no baseline/m);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Fit to measure.');
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['fails', (_request, response) => response.writeHead(503).end(), /"all" answered 503 to GET \/items/],
    ['answers something else', (_request, response) => response.end('<html>'), /without "items"/],
    ['has no cache header', (_request, response) => response.end('{"items":[]}'), /without the header\s+X-Cache/],
  ])('names a load that could tell nothing, because the target %s', async (_name, answer, text) => {
    const { exitCode, out } = await run('doctor', '--config', configFor(await serve(answer)));
    expect(out).toMatch(text);
    expect(out).toMatch(/^not ready +load diff/m);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Not fit to measure: load diff.');
    expect(exitCode).toBe(2);
  });

  it('says how to go on where nobody answers', async () => {
    const { exitCode, out } = await run('doctor', '--config', configFor('http://127.0.0.1:9'));
    expect(out).toMatch(/^not ready +target staging: /m);
    expect(out).toContain('To do: ');
    expect(exitCode).toBe(2);
  });

  it('knows which targets there are', async () => {
    const { exitCode, err } = await run('doctor', '--target', 'stagin', '--config', configFor(await serve(good)));
    expect(err).toContain('There is no target called "stagin". Did you mean "staging"?');
    expect(exitCode).toBe(3);
  });
});
