import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, postgresPassword, startPostgres } from '../../checks/postgres-server.ts';
import { run } from '../../checks/run-command-line.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import { saveGateRun } from '../gate/save-gate-run.fixture.ts';
import { packageRoot } from '../lib/package-root.ts';
import { migrations } from './migrations.ts';
import { openPostgres } from './postgres.ts';
import { runColumns, runValues } from './rows.ts';
import { type RunStore, StoreUnavailable } from './run-store.ts';
import { decisionAt, runOf } from './runs.fixture.ts';
import type { Sql } from './sql.ts';
import { openSqlStore } from './sql-store.ts';
import { openSqlite } from './sqlite.ts';

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

interface Kind {
  /** Makes a place for a store; resolves to its address. */
  readonly newPlace: () => Promise<string>;
  readonly open: (place: string) => Promise<RunStore>;
  readonly connect: (place: string) => Promise<Sql>;
}

const sqlite: Kind = {
  newPlace: () => Promise.resolve(join(newFolder(), 'index.sqlite')),
  connect: async (place) => openSqlite(place, place),
  open: async (place) => openSqlStore(openSqlite(place, 'reports/index.sqlite')),
};
const postgres: Kind = {
  newPlace: () => server.newDatabase(),
  connect: openPostgres,
  open: async (place) => openSqlStore(await openPostgres(place)),
};

describe.each([
  ['SQLite', sqlite],
  ['Postgres', postgres],
])('the run store in %s', (_name, { newPlace, open, connect }) => {
  const opened: RunStore[] = [];
  const openAt = async (place: string): Promise<RunStore> => {
    const store = await open(place);
    opened.push(store);
    return store;
  };
  const newStore = async (): Promise<RunStore> => openAt(await newPlace());
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  it('gives back a run as it was put, every field of it', async () => {
    const store = await newStore();
    const run = runOf({ id: 'one', interrupted: 'somebody interrupted it' });
    await store.putRuns([run]);
    expect(await store.run('one')).toEqual(run);
    expect(await store.run('another')).toBeNull();
    expect(await store.knownRuns()).toEqual([{ id: 'one', gateSha256: run.gateSha256 }]);
  });

  it('replaces what it knew of a run that was judged anew', async () => {
    const store = await newStore();
    const run = runOf({ id: 'one' });
    await store.putRuns([run, runOf({ id: 'two' })]);
    const anew = { ...run, verdict: 'no-go' as const, gateSha256: 'f00', criteria: run.criteria.slice(0, 1) };
    await store.putRuns([anew]);
    expect(await store.run('one')).toEqual(anew);
    expect(await store.runs()).toHaveLength(2);
  });

  it('lists runs newest first, by what is asked', async () => {
    const store = await newStore();
    await store.putRuns([
      runOf({ id: 'a', startedAt: '2026-11-01T00:00:00.000Z' }),
      runOf({ id: 'c', startedAt: '2026-11-03T00:00:00.000Z', profile: 'nightly' }),
      runOf({ id: 'b', startedAt: '2026-11-02T00:00:00.000Z', profile: 'nightly', verdict: 'no-go' }),
    ]);
    const ids = async (...query: Parameters<RunStore['runs']>) => (await store.runs(...query)).map(({ id }) => id);
    expect(await ids()).toEqual(['c', 'b', 'a']);
    expect(await ids({ last: 2 })).toEqual(['c', 'b']);
    expect(await ids({ profile: 'nightly', verdict: 'go' })).toEqual(['c']);
    expect(await ids({ release: 'r9' })).toEqual([]);
  });

  it('gives the observed values of a criterion oldest first, with the key of their series', async () => {
    const store = await newStore();
    await store.putRuns([
      runOf({ id: 'b', startedAt: '2026-11-02T00:00:00.000Z', browser: 'Chromium 157' }),
      runOf({ id: 'a', startedAt: '2026-11-01T00:00:00.000Z' }),
    ]);
    const points = await store.points({ criterion: 'cold-start.diff-visible' });
    expect(points.map(({ run, key, finding }) => [run.id, key.browser, finding.value])).toEqual([
      ['a', 'Chromium 156', 212.4],
      ['b', 'Chromium 157', 212.4],
    ]);
    // A load has no browser: its series goes on. What was not observed has no value and is no point.
    expect((await store.points()).map(({ key }) => [key.criterion, key.browser])).toEqual([
      ['cold-start.diff-visible', 'Chromium 156'],
      ['diff.latency-p95', null],
      ['cold-start.diff-visible', 'Chromium 157'],
      ['diff.latency-p95', null],
    ]);
    expect((await store.points({ last: 1 })).map(({ run }) => run.id)).toEqual(['b', 'b']);
  });

  it('keeps decisions, and what was accepted apart from them', async () => {
    const store = await newStore();
    const accept = decisionAt('2026-11-02T00:00:00.000Z', runOf({ id: 'a' }));
    const { criteria: _criteria, machineNoise: _noise, measurements: _measured, ...others } = accept;
    const { bundle: _bundle, contracts: _contracts, ...alone } = others;
    const reject = { ...alone, id: 'later', what: 'reject' as const, at: '2026-11-03T00:00:00.000Z' };
    await store.putDecisions([reject, accept]);
    await store.putDecisions([{ ...accept, why: 'a decision is never changed' }]);
    expect(await store.decisions()).toEqual([alone, reject]);
    expect(await store.accepted(accept.id)).toEqual(accept);
    expect(await store.accepted('later')).toBeNull();
  });

  it('puts all of several runs or none', async () => {
    const store = await newStore();
    const broken = { ...runOf({ id: 'broken' }), verdict: null as never };
    await expect(store.putRuns([runOf({ id: 'whole' }), broken])).rejects.toThrow(/verdict/);
    expect(await store.runs()).toEqual([]);
  });

  it('takes writes of one process in turn', async () => {
    const store = await newStore();
    const ids = Array.from({ length: 20 }, (_, index) => `run-${index}`);
    await Promise.all(ids.map((id) => store.putRuns([runOf({ id })])));
    expect(await store.runs()).toHaveLength(20);
  });

  it('answers several questions of one process, and warns nobody', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    const store = await newStore();
    await store.putRuns([runOf({ id: 'a' })]);
    const [runs, known, run] = await Promise.all([store.runs(), store.knownRuns(), store.run('a'), store.decisions()]);
    process.off('warning', listen);
    expect([runs.length, known.length, run?.id]).toEqual([1, 1, 'a']);
    expect(warnings).toEqual([]);
  });

  it('brings a store of an older Rampgate up to date, with all that is in it', async () => {
    const place = await newPlace();
    const older = await connect(place);
    const [first = []] = migrations;
    for (const statement of [...first, 'CREATE TABLE rampgate_schema (version INTEGER NOT NULL)']) {
      await older.all(statement);
    }
    await older.all('INSERT INTO rampgate_schema (version) VALUES (1)');
    const values = runValues(runOf({ id: 'of-old' }));
    await older.all(
      `INSERT INTO rampgate_runs (${runColumns.join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
      values,
    );
    await older.close();
    const store = await openAt(place);
    expect((await store.runs()).map(({ id }) => id)).toEqual(['of-old']);
    await store.putDecisions([decisionAt('2026-11-02T00:00:00.000Z', runOf({ id: 'of-old' }))]);
    expect(await store.decisions()).toHaveLength(1);
    await (await openAt(place)).runs();
  });

  it('loses nothing to writers in several processes at once, and makes its tables once', async () => {
    const place = await newPlace();
    const writers = ['a', 'b', 'c', 'd'];
    await Promise.all(writers.map((writer) => ended(startWriter(place, writer, 25))));
    const store = await openAt(place);
    expect(await store.runs()).toHaveLength(writers.length * 25);
    for (const writer of writers) expect((await store.run(`${writer}-24`))?.criteria).toHaveLength(3);
  });

  it('has whole runs only after a writer was killed in the middle, and goes on', async () => {
    const place = await newPlace();
    const writer = startWriter(place, 'killed', 100_000);
    const store = await openAt(place);
    await expect.poll(() => store.runs({ last: 20 }), { interval: 5, timeout: 30_000 }).toHaveLength(20);
    writer.kill('SIGKILL');
    await new Promise((resolve) => writer.once('exit', resolve));
    for (const { id } of await store.runs()) expect((await store.run(id))?.criteria).toHaveLength(3);
    await store.putRuns([runOf({ id: 'afterwards' })]);
    expect(await store.run('afterwards')).not.toBeNull();
  });
});

it('a store refuses what it does not know: it takes no row and no decision on trust', async () => {
  const place = await sqlite.newPlace();
  const store = await sqlite.open(place);
  const decision = decisionAt('2026-11-23T14:20:00.000Z', runOf({ id: 'a' }));
  await store.putRuns([runOf({ id: 'a' })]);
  await store.putDecisions([decision]);
  const other = new DatabaseSync(place);
  other.exec(`UPDATE rampgate_runs SET verdict = 'maybe';
    UPDATE rampgate_decisions SET decision = '{"id":"a"}', accepted = replace(accepted, '"release"', '"yearly"')`);
  other.close();
  await expect(store.runs()).rejects.toThrow(/verdict "maybe", which this Rampgate does not know/);
  await expect(store.decisions()).rejects.toThrow(
    /reports\/index\.sqlite holds a decision that cannot be read: .*run/s,
  );
  await expect(store.accepted(decision.id)).rejects.toThrow(StoreUnavailable);
  await store.close();
});

/** Another process that puts so many runs, one after another. */
function startWriter(place: string, name: string, count: number) {
  return spawn(process.execPath, [join(packageRoot, 'harness/store/put-runs.fixture.ts'), place, name, String(count)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function ended(child: ReturnType<typeof startWriter>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${code}`))));
  });
}

describe('a store of another version', () => {
  const allowed = 'CREATE TABLE rampgate_schema (version INTEGER NOT NULL); INSERT INTO rampgate_schema VALUES (9)';

  it('that is newer is left as it is, with advice', async () => {
    const place = await sqlite.newPlace();
    const newer = new DatabaseSync(place);
    newer.exec(allowed);
    newer.close();
    await expect(sqlite.open(place)).rejects.toThrow(/schema version 9.*newer Rampgate/);
    const shared = await postgres.newPlace();
    const admin = await openPostgres(shared);
    for (const statement of allowed.split('; ')) await admin.all(statement);
    await admin.close();
    await expect(postgres.open(shared)).rejects.toThrow(/schema version 9.*newer Rampgate/);
  });
});

describe('a Postgres that two machines share', () => {
  it('tells each what the other accepted, and empties nothing', async () => {
    const [here, there] = [newFolder(), newFolder()];
    const config = join(here, 'shared.config.ts');
    writeFileSync(
      config,
      `import shipped from ${JSON.stringify(join(packageRoot, 'rampgate.config.ts'))};
      export default { ...shipped, store: '${await server.newDatabase()}' };`,
    );
    const on = (reports: string) => (command: string) =>
      run(...command.split(' '), '--out', reports, '--config', config);
    const [first, second] = [basename(saveGateRun(here)), basename(saveGateRun(there, { release: 'r2' }))];
    expect((await on(here)(`baseline accept ${first}`)).exitCode).toBe(0);
    const list = await on(there)('baseline list');
    expect(list.err).toMatch(/^Postgres 127\.0\.0\.1:\d+\/test_\d+ did not know 1 run of /);
    expect(list.out).toContain(`in force  release ${first}`);
    expect((await on(there)(`baseline accept ${second}`)).exitCode).toBe(0);
    expect((await on(here)('baseline show cold-start.diff-visible')).out).toContain(`${second}, release r2`);
    expect((await on(here)(`baseline reject ${second}`)).out).toContain('is no baseline from now on');
    expect((await on(there)('store rebuild')).out).toContain('is shared and was not emptied');
    expect((await on(there)('baseline show cold-start.diff-visible')).out).toContain(`${first}, release r1`);
    expect(existsSync(join(there, 'index.sqlite'))).toBe(false);
  });
});

describe('a store that does not answer', () => {
  it('says so without the password', async () => {
    const gone = `postgres://rampgate:hunter2-hunter2@127.0.0.1:${server.port}/no_such_database`;
    const error = await postgres.open(gone).catch((reason: unknown) => String(reason));
    expect(error).toMatch(/StoreUnavailable: Postgres 127\.0\.0\.1:\d+\/no_such_database: /);
    expect(error).not.toContain('hunter2');
    await expect(postgres.open('postgres://rampgate@127.0.0.1:1/x')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is no file that is something else', async () => {
    const file = join(newFolder(), 'index.sqlite');
    writeFileSync(file, 'this is a text and no database, and long enough to be taken for neither'.repeat(20));
    await expect(sqlite.open(file)).rejects.toThrow(/reports\/index\.sqlite: file is not a database/);
    expect(existsSync(file)).toBe(true);
    rmSync(file);
  });
});
