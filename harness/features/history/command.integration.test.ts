import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nights } from '../../../bench/random-series.ts';
import { type PostgresServer, postgresPassword, startPostgres } from '../../../checks/postgres-server.ts';
import { type CommandResult, run } from '../../../checks/run-command-line.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { acceptedFor, rememberRun } from '../../gate/remember-run.ts';
import { saveGateRun } from '../../gate/save-gate-run.fixture.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { realShell } from '../../lib/shell.ts';
import { parseGateReport } from '../../model/gate-report.ts';
import type { StorePlace } from '../../store/open-store.ts';
import { readRun } from '../../store/read-run.ts';
import type { RunFolder } from '../../store/run-folder.ts';
import { trendOf } from './command.ts';
import type { History } from './model.ts';

const newFolder = temporaryFolders();

let server: PostgresServer;
beforeAll(async () => {
  process.env['PGPASSWORD'] = postgresPassword;
  server = await startPostgres();
});
afterAll(async () => {
  delete process.env['PGPASSWORD'];
  await server.stop();
});

/** The shipped configuration with this store; without one it has the index beside the run folders. */
function configWith(folder: string, store: string | undefined): string {
  if (store === undefined) return 'rampgate.config.ts';
  const config = join(folder, 'shared.config.ts');
  const shipped = JSON.stringify(join(packageRoot, 'rampgate.config.ts'));
  writeFileSync(config, `import shipped from ${shipped};\nexport default { ...shipped, store: '${store}' };\n`);
  return config;
}

/** A step of 12 % at night 20; an outlier at night 12; red nights 8 and 16; a new browser at night 27; a drift in the load. */
const redNights = [8, 16];
const pages = nights(30, { seed: 1, level: (at) => (at >= 19 ? 224 : 200) });
const loads = nights(30, { seed: 2, level: (at) => 100 + Math.min(15, Math.max(0, at - 8)) * 3 });

/** What a night's gate does before and after it measures, with a run folder as it leaves it. */
async function runNight({ reports, configured }: StorePlace, night: number): Promise<string> {
  const at = night - 1;
  const quiet = { ...realShell(), cwd: packageRoot, out: () => undefined, err: () => undefined };
  const access = { place: { reports, configured }, shell: quiet };
  const isRed = redNights.includes(night);
  const shape = {
    profile: 'nightly',
    release: `r${night}`,
    startedAt: `2026-10-${String(night).padStart(2, '0')}T02:00:00.000Z`,
    browser: night >= 27 ? '157' : '156',
    coldStartMs: (pages[at] ?? 0) * (isRed ? 4 : night === 12 ? 2 : 1),
    latencyMs: loads[at] ?? 0,
  };
  const planned = saveGateRun(join(reports, '..', 'plans'), { ...shape, judged: false });
  const { baselines } = await acceptedFor(readRun(planned).plan, 'nightly', access);
  const path = saveGateRun(reports, { ...shape, baselines });
  const report = parseGateReport(JSON.parse(readFileSync(join(path, 'gate.json'), 'utf8')));
  return rememberRun(
    { report, folder: { id: basename(path), path } as RunFolder, delivery: null },
    { kind: 'nightly', isPart: false },
    access,
  );
}

describe.each([
  ['the index beside them', () => Promise.resolve(undefined)],
  ['a Postgres', () => server.newDatabase()],
])('thirty simulated nights, through the run folders and %s', (_name, newStore) => {
  let place: StorePlace;
  let reports = '';
  let flagsOfStore: readonly string[] = [];
  const said: string[] = [];
  let byNight24: History;
  const history = (...flags: readonly string[]): Promise<CommandResult> => run('history', ...flags, ...flagsOfStore);
  const asJson = async (): Promise<History> => JSON.parse((await history('--profile', 'nightly', '--json')).out);

  beforeAll(async () => {
    const folder = newFolder();
    reports = join(folder, 'reports');
    mkdirSync(reports);
    const store = await newStore();
    place = { reports, configured: store === undefined ? undefined : { kind: 'address', address: store } };
    flagsOfStore = ['--out', reports, '--config', configWith(folder, store)];
    for (let night = 1; night <= 24; night += 1) said.push(await runNight(place, night));
    byNight24 = await asJson();
    for (let night = 25; night <= 30; night += 1) said.push(await runNight(place, night));
  });

  const changesOf = ({ criteria }: History, id: string) =>
    criteria.find(({ criterion }) => criterion === id)?.series.map(({ changes }) => changes);

  it('find the step by night 24, attributed to night 20 or its neighbour and its release, and no outlier', () => {
    const [changes] = changesOf(byNight24, 'cold-start.diff-visible') ?? [];
    expect(changes).toMatchObject([{ kind: 'step', direction: 'worse' }]);
    expect(['r19', 'r20', 'r21']).toContain(changes?.[0]?.first.release);
    expect(existsSync(join(reports, 'index.sqlite'))).toBe(place.configured === undefined);
  });

  it('tell the drift', async () => {
    const [changes] = changesOf(await asJson(), 'diff.latency-p95') ?? [];
    expect(changes).toMatchObject([{ kind: 'drift', direction: 'worse' }]);
  });

  it('never have a red night in the baseline', async () => {
    for (const night of redNights) expect(said[night - 1]).toContain('not changed, because its verdict is no-go');
    const { out } = await run('baseline', 'list', ...flagsOfStore);
    for (const night of redNights) expect(out).not.toContain(`release r${night}\n`);
    expect(out).toContain('release r7\n');
  });

  it('start a new series with the new browser, where one measured', async () => {
    const { criteria } = await asJson();
    const [before, after, ...more] =
      criteria.find(({ criterion }) => criterion === 'cold-start.diff-visible')?.series ?? [];
    expect(more).toEqual([]);
    expect(after?.points.map(({ release }) => release)).toEqual(['r27', 'r28', 'r29', 'r30']);
    expect(after?.apart).toEqual(['another browser build: Chromium 157, not Chromium 156']);
    expect(before?.changes).toHaveLength(1);
    expect(criteria.find(({ criterion }) => criterion === 'diff.latency-p95')?.series).toHaveLength(1);
  });

  it('say how many nights had nothing to compare with, which are the first of each browser', async () => {
    const { criteria } = await asJson();
    const change = criteria.find(({ criterion }) => criterion === 'cold-start.vs-baseline');
    expect(change?.notJudged).toBe(2);
    expect((await history('cold-start.vs-baseline')).out).toContain('Not judged in 2 of 30 runs.');
  });

  it('are shown in 80 columns, for all criteria and for one', async () => {
    for (const flags of [[], ['cold-start.diff-visible'], ['--ascii']]) {
      const { exitCode, out } = await history(...flags);
      expect(exitCode).toBe(0);
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }
    expect((await history('cold-start.diff-visible')).out).toMatch(/r(?:19|20|21) {2}worse by 1\d\.\d %/);
  });

  it('are exported as CSV, and as a page where it is asked for', async () => {
    const { out } = await history('--csv', '--profile', 'nightly');
    expect(out.split('\r\n').length).toBeGreaterThan(100);
    const file = join(reports, 'pages', 'history.html');
    const { err } = await history('--html', file);
    expect(err).toContain('history.html');
    expect(readFileSync(file, 'utf8')).toContain('What changed');
  });

  it('end the output of a nightly gate, and leave it alone where the store does not answer', async () => {
    const [newest = ''] = readdirSync(reports)
      .filter((name) => /-nightly-/.test(name))
      .slice(-1);
    const { run: last } = parseGateReport(JSON.parse(readFileSync(join(reports, newest, 'gate.json'), 'utf8')));
    const trend = await trendOf(last, place, realShell());
    expect(trend).toContain('Trend: 30 runs from 2026-10-01 to 2026-10-30\ncold-start.diff-visible');
    const silent = { kind: 'address' as const, address: 'postgres://nobody@127.0.0.1:1/none' };
    expect(await trendOf(last, { reports, configured: silent }, realShell())).toBe('');
  });

  it('can be asked for in part', async () => {
    expect(JSON.parse((await history('--last', '5', '--json')).out)).toMatchObject({ runs: 5 });
    expect((await history('--target', 'nowhere')).out).toContain('No run is remembered');
  });

  it.each([
    ['a criterion that none had', ['cold-start.diff-visble'], 'Did you mean "cold-start.diff-visible"?'],
    ['a number that is none', ['--last', 'many'], '--last got "many"'],
  ])('are not made up for %s', async (_what, flags, message) => {
    const { exitCode, err } = await history(...flags);
    expect(exitCode).toBe(3);
    expect(err).toContain(message);
  });

  it('leave no page where none can be written', async () => {
    writeFileSync(join(reports, 'a-file'), '');
    const { exitCode, err } = await history('--html', join(reports, 'a-file', 'history.html'));
    expect(exitCode).toBe(3);
    expect(err).toContain('--html got');
  });
});
