/** A bounded profile against a real server that counts what it is asked. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { localServers } from '../../setup/local-servers.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import type { GateReport } from '../model/gate-report.ts';

const newFolder = temporaryFolders();
const serve = localServers();
let address: string;
let asked: string[];

beforeEach(async () => {
  asked = [];
  address = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/never') return;
    response.end('{"ok":true}');
  });
});

/** Whether a load keeps its schedule is this machine's matter, and decides nothing here. */
const load = (name: string) =>
  criterion(`${name}.errors`, `load:${name}`, {
    sli: `${name}.error-rate`,
    severity: 'advisory',
    statistic: 'ratio',
    limit: '< 5 %',
    minSamples: 800,
  });

const criterion = (id: string, from: string, more: object = {}) => ({
  id,
  title: id,
  scope: 'backend',
  from,
  statistic: 'all',
  limit: '<= 0',
  minSamples: 1,
  rationale: 'It must be.',
  advice: 'Look.',
  checklist: [],
  ...more,
});

function config(bounds: object, path = '/items'): string {
  const file = join(newFolder(), 'rampgate.config.mjs');
  const rollout = {
    name: 'bounded',
    successCriteria: {},
    defaultTarget: 'production',
    targets: {
      production: {
        web: address,
        api: address,
        artifacts: { small: { id: 'a', name: 'a' } },
        mayChange: { artifact: 'small', project: 'sandbox' },
      },
    },
    profiles: {
      smoke: {
        bounds: { maxRequests: 400, within: '30s', goMeans: 'Nothing is broken.', ...bounds },
        changesNothing: true,
        loadsAtOnce: true,
        minSamples: { 'one.errors': 100, 'two.errors': 100 },
        errorBudget: { falseGo: 0.05 },
      },
    },
    scenarios: {},
    criteria: [
      criterion('asks.answers', 'checks:asks'),
      criterion('writes.answers', 'checks:writes'),
      load('one'),
      load('two'),
    ],
    rollback: { steps: [] },
  };
  const code = `const ask = (method, path) => async ({ request, check }) => {
  const { status } = await request(path, { method });
  check('asks.answers', { name: path, expected: '200', actual: String(status), how: method });
};
const load = { rate: 50, for: '2s', warmUp: '1s', expectBody: 'ok', mix: async () => [{ name: 'items', share: 1, requests: [{ path: '/items' }] }] };
export default { ...${JSON.stringify(rollout)}, load: { one: load, two: load },
  checks: { asks: ask('GET', ${JSON.stringify(path)}), writes: { run: ask('POST', '/items'), changesTarget: true } } };
`;
  writeFileSync(file, code);
  return file;
}

async function smoke(file: string): Promise<{ readonly exitCode: number; readonly report: GateReport }> {
  const { exitCode, out, err } = await run(
    'gate',
    '--profile',
    'smoke',
    '--config',
    file,
    '--out',
    newFolder(),
    '--json',
  );
  if (out === '') throw new Error(err);
  return { exitCode, report: JSON.parse(out) as GateReport };
}

const samples = ({ findings }: GateReport) => findings.map(({ criterion: id, observed }) => [id, observed?.samples]);

it('asks no more than it may, changes nothing, says what it asked, and means what it says by go', async () => {
  const { exitCode, report } = await smoke(config({}));
  expect(samples(report)).toEqual([
    ['asks.answers', 1],
    ['one.errors', 100],
    ['two.errors', 100],
  ]);
  expect([exitCode, report.verdict, report.errorBudget.falseGo]).toEqual([0, 'go', 0.05]);
  expect(report.notExercised).toMatchObject([
    { id: 'writes.answers', reason: 'it changes its target, and profile smoke changes nothing' },
  ]);
  expect(asked.filter((one) => !one.startsWith('GET '))).toEqual([]);
  // Two loads of 150, one check, and whether it is there at all; controls that it was not asked for are counted as well.
  const { requests, ...footprint } = report.footprint ?? { requests: 0 };
  expect(footprint).toEqual({ maxRequests: 400, withinMs: 30_000, goMeans: 'Nothing is broken.' });
  expect(requests).toBeGreaterThanOrEqual(asked.length);
  expect(asked.length).toBeGreaterThan(300);
  expect(requests).toBeLessThanOrEqual(400);
});

it('begins no load that would exceed the ceiling, and says so', async () => {
  const { report } = await smoke(config({ maxRequests: 305 }));
  expect(samples(report)).toEqual([
    ['asks.answers', 1],
    ['one.errors', 100],
    ['two.errors', undefined],
  ]);
  expect(report.findings[2]?.outcome).toBe('inconclusive');
  expect(report.findings[2]?.message).toMatch(/load two is 158 requests, and 1\d\d were left of the run's ceiling/);
  expect(asked.length).toBeLessThanOrEqual(305);
});

it('ends when its time is over, and what is undecided then is no pass', async () => {
  const { exitCode, report } = await smoke(config({ within: '1s' }, '/never'));
  expect([exitCode, report.verdict]).toEqual([2, 'inconclusive']);
  const sentences = report.findings.map(({ message }) => message);
  expect(sentences).toHaveLength(3);
  for (const sentence of sentences) expect(sentence).toContain('the 1 s that the run may take were over');
  expect(report.run.interrupted).toBeUndefined();
});

it.each([
  [{ maxRequests: 299 }, 'its loads alone are 300 requests, with their warm-up, and 299 may be made'],
  [{ within: '1 fortnight' }, 'profiles.smoke.bounds.within'],
])('refuses bounds %j that cannot be kept', async (bounds, problem) => {
  const { exitCode, err } = await run('gate', '--profile', 'smoke', '--config', config(bounds));
  expect(exitCode).toBe(3);
  expect(err).toContain(problem);
  expect(asked).toEqual([]);
});
