/** The checks of the cache against the demo's own API, with and without a way past the cache. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../demo/server/test-api.fixture.ts';
import { checklistConventions } from '../../harness/config/api-conventions.ts';
import { realShell } from '../../harness/lib/shell.ts';
import type { Check, Evidence } from '../../harness/model/evidence.ts';
import type { UncachedRequests } from '../../harness/model/target-policy.ts';
import { collectChecks } from '../../harness/sources/checks/collect-checks.ts';
import { cacheChecks } from './cache.ts';

const sli = 'diff.cached-equals-fresh';
const proxies: Server[] = [];
let demo: TestApi;
let api: string;

beforeAll(async () => {
  demo = await openTestApi();
  api = `${await demo.app.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
});
afterAll(async () => {
  for (const proxy of proxies) {
    proxy.closeAllConnections();
    proxy.close();
  }
  await demo.close();
});

function check(uncached: UncachedRequests | null): Promise<Evidence> {
  const artifact = (name: string) => ({ id: `skill:${name}`, name });
  return collectChecks(
    { name: 'cache', run: cacheChecks, changesTarget: false },
    {
      target: { web: api, api },
      accepted: {},
      policy: {
        artifacts: {
          small: artifact('pocket-notes'),
          manyDeployments: artifact('team-playbook'),
          // The large one would take seconds.
          large: artifact('pocket-notes'),
        },
        conventions: { ...checklistConventions, collections: ['default', 'staging'] },
        limiter: null,
        mayChange: null,
        uncached,
      },
      shell: realShell(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
}

function checksOf(evidence: Evidence): readonly Check[] {
  const measurements = evidence.status === 'collected' ? evidence.measurements : [];
  return measurements.flatMap((one) => (one.kind === 'checks' && one.sli === sli ? one.checks : []));
}

const pastCache = (evidence: Evidence) =>
  checksOf(evidence).filter(({ name }) => name.endsWith('the same past the cache'));
const noStore: UncachedRequests = { headers: { 'Cache-Control': 'no-cache, no-store' }, ignoring: [] };

it('compares every cached diff with one from past the cache', async () => {
  const evidence = await check(noStore);
  expect(evidence).toMatchObject({ qualityIssues: [] });
  expect(evidence.controls).toBeUndefined();
  expect(checksOf(evidence)).toHaveLength(18);
  expect(checksOf(evidence).filter(({ ok }) => !ok)).toEqual([]);
  expect(pastCache(evidence)).toHaveLength(6);
});

/** Another instance on the same files, whose cache is off, and which says when it answered. */
async function instanceWithoutCache(): Promise<string> {
  const proxy = createServer((request, response) => {
    const asked = fetch(api + (request.url ?? ''), { headers: { 'Cache-Control': 'no-store' } });
    void asked
      .then((answer) => answer.json())
      .then((body) => response.end(JSON.stringify({ generated_at: randomUUID(), ...(body as object) })));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  proxies.push(proxy);
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

it.each([
  [['generated_at'], 0],
  [[], 6],
])('compares with an instance whose cache is off, without the fields %j', async (ignoring, different) => {
  const evidence = await check({ api: await instanceWithoutCache(), ignoring });
  expect(evidence.qualityIssues).toEqual([]);
  expect(pastCache(evidence).filter(({ ok }) => !ok)).toHaveLength(different);
});

it.each<readonly [string, UncachedRequests]>([
  ['a header that the target does not heed', { headers: { 'X-Nothing': '1' }, ignoring: [] }],
  ['a query that it does not heed', { query: 'nothing=1', ignoring: [] }],
])('takes no hit for an answer from past the cache, with %s', async (_what, uncached) => {
  const { qualityIssues } = await check(uncached);
  expect(qualityIssues[0]).toMatchObject({ slis: [sli], message: expect.stringContaining('said that it is a hit') });
});

it('says that nothing was asked past the cache where the target offers no way', async () => {
  const evidence = await check(null);
  expect(checksOf(evidence)).toHaveLength(12);
  expect(evidence.qualityIssues).toEqual([]);
  expect(evidence.controls).toMatchObject([{ name: 'past the cache', outcome: 'not-tried' }]);
});
