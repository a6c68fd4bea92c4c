import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { saveGateRun } from '../../gate/save-gate-run.fixture.ts';

const newFolder = temporaryFolders();

const rampgate = (reports: string) => (command: string) => run(...command.split(' '), '--out', reports);

const decisionFiles = (reports: string): string[] => readdirSync(join(reports, 'baselines'));

describe('rampgate baseline', () => {
  it('accepts a run that is go, with who, when and why, and shows what it is', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    const id = basename(saveGateRun(reports));
    const accepted = await run('baseline', 'accept', id, '--note', 'shipped as r1', '--out', reports);
    expect(accepted.err).toMatch(/index\.sqlite did not know 1 run of .*: added\.\n$/);
    expect(accepted.out).toContain(`${id} (release r1) is the baseline of demo from now on, says `);
    expect(accepted.out).toContain('cold-start.diff-visible, diff.latency');
    expect(accepted.exitCode).toBe(0);

    const { out: list } = await said('baseline list');
    expect(list).toMatch(/^in force {2}release .*-pre-ramp-[0-9a-f]{4} {2}release r1\n/);
    expect(list).toContain('demo (this machine), profile pre-ramp, Chromium 156, a machine');
    expect(list).toMatch(/20\d\d-.*Z by .+: shipped as r1\n/);

    const { out: shown } = await said('baseline show cold-start.diff-visible');
    expect(shown).toContain('cold-start.diff-visible (release): p75 200 ms, in [');
    expect(shown).not.toContain('diff.latency-p95');
    expect((await said('baseline show')).out).toContain('diff.latency-p95 (release): p95 120 ms');
  });

  it('refuses a run that is not go, or did not come to its end, and says what to do', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    const slow = basename(saveGateRun(reports, { coldStartMs: 900 }));
    const refused = await said(`baseline accept ${slow}`);
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toContain('its verdict is no-go, and only a run that is go becomes a baseline');
    const unjudged = basename(saveGateRun(reports, { judged: false }));
    expect((await said(`baseline accept ${unjudged}`)).err).toContain('it ended before it was judged');
    const interrupted = basename(saveGateRun(reports, { interrupted: 'somebody interrupted it' }));
    expect((await said(`baseline accept ${interrupted}`)).err).toContain('did not come to its natural end');
    expect((await said('baseline accept no-such-run')).err).toContain('There is no run in');
    expect((await said('baseline list')).out).toContain('No run was accepted as a baseline yet');
    expect(existsSync(join(reports, 'baselines'))).toBe(false);
  });

  it('refuses a run that a drill had its hand in, and leaves it out of the store', async () => {
    const reports = newFolder();
    const proxyOf = { web: 'https://staging.example.com', api: 'https://api.staging.example.com' };
    const drilled = basename(saveGateRun(reports, { drill: { fault: 'no-fault', proxyOf } }));
    const refused = await rampgate(reports)(`baseline accept ${drilled}`);
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toContain('it is part of a drill, and says nothing of its target as it is');
    const { out, err } = await run('store', 'rebuild', '--out', reports);
    expect(err).toContain(`${drilled}/gate.json is left out of the store: it is part of a drill`);
    expect(out).toContain('0 runs');
  });

  it('warns of a run from a machine that was not quiet: small changes against it cannot be told', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    expect((await said(`baseline accept ${basename(saveGateRun(reports))}`)).out).not.toContain('not quiet');
    const noisy = basename(saveGateRun(reports, { slowerClicksMs: 20 }));
    const { out, exitCode } = await said(`baseline accept ${noisy}`);
    expect(out).toContain(
      'Its machine was not quiet: two runs of the same thing may have lain 20.0 % in the browser and',
    );
    expect(exitCode).toBe(0);
  });

  it('keeps the record of a run that is rejected', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    const [first, second] = [basename(saveGateRun(reports)), basename(saveGateRun(reports, { coldStartMs: 210 }))];
    await said(`baseline accept ${first}`);
    await said(`baseline accept ${second}`);
    expect((await said('baseline show cold-start.diff-visible')).out).toContain('p75 210 ms');
    expect((await said(`baseline reject ${second} --note measured-on-a-broken-machine`)).exitCode).toBe(0);
    expect((await said('baseline show cold-start.diff-visible')).out).toContain('p75 200 ms');
    const { out } = await said('baseline list');
    expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      expect.stringMatching(`^rejected  release ${second}`),
      expect.stringMatching(`^no longer release ${second}`),
      expect.stringMatching(`^in force  release ${first}`),
    ]);
    expect(out).toContain('measured-on-a-broken-machine');
    expect((await said(`baseline reject ${second}`)).err).toContain('is no baseline');
  });
});

describe('the index of a reports folder', () => {
  it('may be missing, older or broken: the folders make it whole, and that is said', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    const first = basename(saveGateRun(reports));
    await said(`baseline accept ${first}`);
    const index = join(reports, 'index.sqlite');

    rmSync(index);
    const fresh = await said('baseline list');
    expect(fresh.err).toContain('did not know 1 run and 1 decision of');
    expect(fresh.out).toContain(first);

    saveGateRun(reports);
    expect((await said('baseline list')).err).toContain('did not know 1 run of');
    expect((await said('baseline list')).err).toBe('');

    writeFileSync(index, 'not a database at all '.repeat(100));
    const broken = await said('baseline list');
    expect(broken.err).toContain('file is not a database. It is made anew from the run folders.');
    expect(broken.err).toContain('did not know 2 runs and 1 decision');
    expect(broken.out).toContain(first);

    const newer = new DatabaseSync(index);
    newer.exec('UPDATE rampgate_schema SET version = 99');
    newer.close();
    const older = await said('baseline list');
    expect(older.err).toContain('has schema version 99');
    expect(older.err).toContain('It is made anew from the run folders.');
    expect(older.out).toContain(first);
  });

  it('is made anew by one command, which forgets what has no folder any more', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    const first = basename(saveGateRun(reports));
    const second = basename(saveGateRun(reports));
    await said(`baseline accept ${first}`);
    await said('baseline list');
    rmSync(join(reports, second), { recursive: true });
    rmSync(join(reports, first), { recursive: true });
    const { out } = await said('store rebuild');
    expect(out).toContain('was made anew: 1 decision. Forgotten: 2 runs whose folder is not there.');
    // What was accepted is kept whole beside the run: the baseline outlives its folder.
    expect((await said('baseline show cold-start.diff-visible')).out).toContain('p75 200 ms');
  });

  it('has no run that is not whole, and names what it cannot read', async () => {
    const reports = newFolder();
    const said = rampgate(reports);
    saveGateRun(reports, { judged: false });
    const cut = saveGateRun(reports);
    const file = join(cut, 'gate.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 500));
    const { err, out } = await said('store rebuild');
    expect(err).toContain(`${basename(cut)}/gate.json is left out of the store: `);
    expect(out).toContain('was made anew: 0 runs.');
    const good = saveGateRun(reports);
    await said(`baseline accept ${basename(good)}`);
    const [decision = ''] = decisionFiles(reports);
    writeFileSync(join(reports, 'baselines', decision), '{"schemaVersion": 1}');
    expect((await said('store rebuild')).err).toContain(`${decision} is left out of the store: `);
  });
});

describe('a shared store', () => {
  it('is named by a variable that must be set, and never shown', async () => {
    const reports = newFolder();
    const config = join(reports, 'shared.config.ts');
    const shipped = join(import.meta.dirname, '../../../rampgate.config.ts');
    writeFileSync(
      config,
      `import shipped from ${JSON.stringify(shipped)};\nexport default { ...shipped, store: { postgres: { env: 'RAMPGATE_TEST_STORE' } } };\n`,
    );
    const list = () => run('baseline', 'list', '--out', reports, '--config', config);
    expect(await list()).toMatchObject({ exitCode: 3, err: expect.stringContaining('RAMPGATE_TEST_STORE is not set') });
    process.env['RAMPGATE_TEST_STORE'] = 'mysql://me:hunter2@db/x';
    const wrong = await list();
    expect(wrong.err).toContain('is not the address of a Postgres');
    expect(wrong.err).not.toContain('hunter2');
    process.env['RAMPGATE_TEST_STORE'] = 'postgres://me:hunter2@127.0.0.1:1/x';
    const gone = await list();
    delete process.env['RAMPGATE_TEST_STORE'];
    expect(gone).toMatchObject({ exitCode: 3, err: expect.stringContaining('The store does not answer: Postgres') });
    expect(gone.err).not.toContain('hunter2');
  });
});
