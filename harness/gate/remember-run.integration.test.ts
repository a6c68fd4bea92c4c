import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../bench/random.ts';
import { run } from '../../checks/run-command-line.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import { realShell } from '../lib/shell.ts';
import type { BaselineKind, Baselines } from '../model/baseline.ts';
import { acceptanceOf } from '../store/accept-run.ts';
import { readRun } from '../store/read-run.ts';
import { acceptedFor } from './remember-run.ts';
import { type GateRunShape, saveGateRun } from './save-gate-run.fixture.ts';

const newFolder = temporaryFolders();

let server: Server;
let address = '';
beforeAll(async () => {
  server = createServer((_request, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Night {
  readonly good?: boolean;
  readonly store?: string;
}

/** A configuration that asks for one thing only, which is quick to find out. */
function nightly(reports: string, { good = true, store }: Night = {}): string[] {
  const config = join(reports, `${good ? 'good' : 'bad'}-${store === undefined ? 'index' : 'shared'}.config.mjs`);
  writeFileSync(
    config,
    `export default {
      name: 'one-thing', successCriteria: { S1: 'It is true' }, defaultTarget: 'it',
      targets: { it: { web: '${address}', api: '${address}', release: 'r1', artifacts: {} } },
      profiles: { nightly: { baseline: 'nightly' }, 'pre-ramp': {} }, scenarios: {}, load: {},
      ${store === undefined ? '' : `store: '${store}',`}
      checks: { it: async ({ check }) => check('it.is', { name: 'it', expected: 'good', actual: '${good ? 'good' : 'bad'}', how: 'said' }) },
      criteria: [{ id: 'it.is', title: 'It is', scope: 'backend', from: 'checks:it', statistic: 'all', limit: '<= 0',
        minSamples: 1, rationale: 'r', advice: 'a', checklist: ['S1'] }],
      rollback: { steps: [] },
    };\n`,
  );
  return ['--out', reports, '--config', config];
}

describe('rampgate gate', () => {
  it('puts every run into the index, and only good nightly ones into the rolling baseline', async () => {
    const reports = newFolder();
    const preRamp = await run('gate', ...nightly(reports));
    expect(preRamp.out).not.toContain('Rolling baseline');
    const first = await run('gate', '--profile', 'nightly', ...nightly(reports));
    expect(first).toMatchObject({ exitCode: 0, err: expect.not.stringContaining('did not know') });
    expect(first.out).toContain('Rolling baseline: this run joined it; it has 1 of at most 10 good nightly runs');
    const red = await run('gate', '--profile', 'nightly', ...nightly(reports, { good: false }));
    expect(red.exitCode).toBe(1);
    expect(red.out).toContain('Rolling baseline: not changed, because its verdict is no-go');
    const second = await run('gate', '--profile', 'nightly', ...nightly(reports));
    expect(second.out).toContain('it has 2 of at most 10');

    const list = await run('baseline', 'list', ...nightly(reports));
    expect(list.err).toBe('');
    expect(list.out.match(/^in force {2}nightly/gm)).toHaveLength(2);
    expect(list.out).toContain('the nightly rule: profile nightly was go');
    expect((await run('store', 'rebuild', ...nightly(reports))).out).toContain('made anew: 4 runs and 2 decisions.');
  });

  it('does not take a part of a night for the night: with --only it joins nothing, and is in the index all the same', async () => {
    const reports = newFolder();
    const part = await run('gate', '--profile', 'nightly', '--only', 'it.is', ...nightly(reports));
    expect(part.exitCode).toBe(0);
    expect(part.out).toContain('Rolling baseline: not changed, because with --only this run decided a part');
    expect((await run('baseline', 'list', ...nightly(reports))).out).toContain('No run was accepted as a baseline yet');
    expect((await run('history', ...nightly(reports))).out).toContain('1 run');
  });

  it('keeps its verdict when the store does not answer, and nothing is lost', async () => {
    const reports = newFolder();
    const gone = nightly(reports, { store: 'postgres://rampgate@127.0.0.1:1/x' });
    const night = await run('gate', '--profile', 'nightly', ...gone);
    expect(night.exitCode).toBe(0);
    expect(night.err).toContain('This run is not in the store: Postgres 127.0.0.1:1/x: ');
    expect(night.out).not.toContain('Rolling baseline');
    const again = await run('baseline', 'list', ...nightly(reports));
    expect(again.err).toContain('did not know 1 run and 1 decision');
    expect(again.out).toContain('in force  nightly');
  });

  it('measures nothing where the address of the store is not a safe one', async () => {
    const reports = newFolder();
    const { exitCode, err } = await run('gate', ...nightly(reports, { store: 'postgres://me:hunter2@db/x' }));
    expect(exitCode).toBe(3);
    expect(err).toContain('without a password');
    expect(readdirSync(reports).filter((name) => name.startsWith('2'))).toEqual([]);
  });
});

describe('the bundle of an accepted run', () => {
  it('is what scripts are compared with, where it was accepted later than the file was saved', async () => {
    const [reports, dist] = [newFolder(), newFolder()];
    const config = join(reports, 'bundle.config.mjs');
    writeFileSync(
      config,
      `export default {
        name: 'scripts', successCriteria: { S1: 'Small' }, defaultTarget: 'it',
        targets: { it: { web: '${address}', api: '${address}', release: 'r1', artifacts: {} } },
        profiles: { 'pre-ramp': {} }, scenarios: {}, load: {},
        bundle: { build: '${dist}', baseline: '${join(reports, 'kept.json')}' },
        criteria: [{ id: 'bundle.js-growth', title: 'Growth', scope: 'frontend', from: 'bundle:js', statistic: 'growth',
          limit: '< 5 %', minSamples: 1, rationale: 'r', advice: 'a', checklist: ['S1'] }],
        rollback: { steps: [] },
      };\n`,
    );
    const write = (lines: number): void => writeFileSync(join(dist, 'index.js'), scriptOf(lines));
    const gate = () => run('gate', '--out', reports, '--config', config, '--json');
    write(1000);
    expect((await run('bundle', '--save', '--config', config)).exitCode).toBe(0);
    write(1035);
    expect((await gate()).exitCode).toBe(0);
    write(1070);
    const grown = await gate();
    expect(grown.exitCode).toBe(1);
    write(1035);
    await gate();
    const place = ['--out', reports, '--config', config];
    expect((await run('baseline', 'accept', 'latest', ...place)).out).toMatch(
      /For bundle\.js-growth: 1 script of .* gzipped\.\n/,
    );
    const shown = await run('baseline', 'show', 'bundle.js-growth', ...place);
    expect(shown.out).toMatch(/^bundle\.js-growth \(release\): 1 script of .*, \d+\.\d kB gzipped\n/);
    write(1070);
    const { exitCode, out } = await gate();
    expect(exitCode).toBe(0);
    expect(out).toContain('Grew by 3');
    expect((await run('bundle', '--save', '--config', config)).exitCode).toBe(0);
    expect(JSON.parse((await gate()).out)).toMatchObject({ findings: [{ observed: { value: 0 } }] });
  });
});

/** So many lines that nothing compresses. */
function scriptOf(lines: number): string {
  const random = randomFrom(7);
  return Array.from({ length: lines }, () => `// ${random().toString(36)}${random().toString(36)}\n`).join('');
}

/** What a run would be compared with that is like the one in this folder. */
async function baselinesLike(folder: string, kind: BaselineKind = 'release'): Promise<Baselines> {
  const place = { reports: join(folder, '..'), configured: undefined };
  const shell = { ...realShell(), err: () => undefined };
  return (await acceptedFor(readRun(folder).plan, kind, { place, shell })).baselines;
}

/** A run that is compared with what was accepted in the same folder of reports. */
async function saveCompared(reports: string, shape: GateRunShape): Promise<string> {
  const baselines = await baselinesLike(saveGateRun(reports, shape));
  return saveGateRun(reports, { ...shape, baselines });
}

describe('a run that is compared with the accepted one', () => {
  const accepted = async (): Promise<{ readonly reports: string; readonly id: string }> => {
    const reports = newFolder();
    const id = basename(saveGateRun(reports));
    await run('baseline', 'accept', id, '--note', 'shipped', '--out', reports);
    return { reports, id };
  };

  it('passes what is as it was, and fails what regressed within its limit', async () => {
    const { reports, id } = await accepted();
    const same = await run('judge', await saveCompared(reports, { coldStartMs: 205 }));
    expect(same).toMatchObject({ exitCode: 0, out: expect.stringContaining('to the letter') });

    const slower = await saveCompared(reports, { coldStartMs: 400, latencyMs: 200 });
    const judged = await run('judge', slower, '--json');
    expect(judged.exitCode).toBe(1);
    const outcomes = Object.fromEntries(
      (JSON.parse(judged.out) as { findings: { criterion: string; outcome: string; message: string }[] }).findings.map(
        ({ criterion, outcome }) => [criterion, outcome],
      ),
    );
    expect(outcomes).toEqual({
      'cold-start.diff-visible': 'pass',
      'diff.latency-p95': 'pass',
      'cold-start.vs-baseline': 'fail',
      'diff.vs-baseline': 'fail',
    });
    expect(judged.out).toContain(`samples of ${id}, release r1, accepted by`);
    expect((await run('judge', slower)).out).toContain('to the letter');
    expect((await run('baseline', 'accept', basename(slower), '--out', reports)).err).toContain('its verdict is no-go');
  });

  it('is the measure of others once its regression was waived and it was accepted', async () => {
    const { reports } = await accepted();
    const waived = ['cold-start.vs-baseline', 'diff.vs-baseline'];
    const slower = basename(await saveCompared(reports, { coldStartMs: 400, latencyMs: 200, waived }));
    expect((await run('baseline', 'accept', slower, '--out', reports)).out).toContain(
      'It is compared with: cold-start.diff-visible, diff.latency.',
    );
    // By the nightly rule it would not be: nobody looked.
    const rule = { kind: 'nightly', at: '2026-11-24T00:00:00.000Z', by: 'the rule', why: 'go' } as const;
    expect(acceptanceOf(join(reports, slower), rule).measurements).toEqual([]);
    const same = await run('judge', await saveCompared(reports, { coldStartMs: 400, latencyMs: 200 }), '--json');
    expect(same.exitCode).toBe(0);
    expect(same.out).toContain(`samples of ${slower}, release r1, accepted by`);
  });

  it('is judged again without the store, and after another run was accepted, with the same outcome', async () => {
    const { reports } = await accepted();
    const slower = await saveCompared(reports, { coldStartMs: 300 });
    const next = basename(saveGateRun(reports, { coldStartMs: 300 }));
    await run('baseline', 'accept', next, '--out', reports);
    expect((await run('judge', slower)).out).toContain('to the letter');
  });

  it('is compared across builds of the browser only where no browser measured, and the reason is named', async () => {
    const { reports } = await accepted();
    const { exitCode, out } = await run('judge', await saveCompared(reports, { browser: '157' }), '--json');
    expect(exitCode).toBe(0);
    const { findings, notExercised } = JSON.parse(out) as {
      findings: { criterion: string }[];
      notExercised: { id: string; reason: string }[];
    };
    expect(findings.map(({ criterion }) => criterion)).toContain('diff.vs-baseline');
    expect(notExercised).toEqual([
      expect.objectContaining({
        id: 'cold-start.vs-baseline',
        reason: expect.stringContaining('refused: another browser build: Chromium 157, not Chromium 156'),
      }),
    ]);
  });

  it('is not compared with one of another profile, or where none was accepted, and the reason is named', async () => {
    const { reports } = await accepted();
    const smoke = await baselinesLike(saveGateRun(reports, { profile: 'smoke' }));
    expect(smoke).toMatchObject({ runs: [], none: expect.stringContaining('another profile: smoke, not pre-ramp') });
    const none = await baselinesLike(saveGateRun(newFolder()));
    expect(none).toMatchObject({
      runs: [],
      none: 'There is no accepted baseline yet; make one with `rampgate baseline accept RUN`',
    });
    const nights = await baselinesLike(saveGateRun(reports), 'nightly');
    expect(nights.none).toContain('the first nightly run that is go becomes one');
  });
});
