/** Runners that remember apart from each other, and come together. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { saveGateRun } from '../../gate/save-gate-run.fixture.ts';

const newFolder = temporaryFolders();
const rampgate = (reports: string) => (command: string) => run(...command.split(' '), '--out', reports);

/** A folder of reports with an accepted run in it. */
async function runner(release: string, startedAt = '2026-11-23T14:15:00.000Z') {
  const reports = newFolder();
  const id = basename(saveGateRun(reports, { release, startedAt }));
  expect((await rampgate(reports)(`baseline accept ${id}`)).exitCode).toBe(0);
  return { reports, id };
}

/** What GitHub's cache carries from one job to the next. */
function carried(reports: string): string {
  const folder = newFolder();
  for (const name of ['index.sqlite', 'baselines'])
    cpSync(join(reports, name), join(folder, name), { recursive: true });
  return folder;
}

describe('rampgate store merge', () => {
  it('adds what two runners remember that began from the same cache, and says how much', async () => {
    const first = await runner('r1');
    const [here, there] = [carried(first.reports), carried(first.reports)];
    for (const [reports, release] of [
      [here, 'r2'],
      [there, 'r3'],
    ] as const) {
      const id = basename(saveGateRun(reports, { release, startedAt: '2026-11-24T02:00:00.000Z' }));
      await rampgate(reports)(`baseline accept ${id}`);
    }
    const merged = await rampgate(here)(`store merge ${there}`);
    expect(merged).toMatchObject({ exitCode: 0, err: '' });
    expect(merged.out).toMatch(/index\.sqlite got 1 run and 1 decision of /);
    expect((await rampgate(here)(`store merge ${there}`)).out).toContain('got 0 runs of');
    const list = (await rampgate(here)('baseline list')).out;
    for (const release of ['r1', 'r2', 'r3']) expect(list).toContain(`release ${release}\n`);
    // Decisions are files: they survive an index that is made anew, and what is compared with is in them.
    expect(readdirSync(join(here, 'baselines'))).toHaveLength(3);
    await rampgate(here)('store rebuild');
    expect((await rampgate(here)('baseline show cold-start.diff-visible')).out).toContain('release r3');
  });

  it('takes an index alone, also one whose writer was killed, and leaves it as it is', async () => {
    const other = await runner('r1');
    const folder = newFolder();
    // Held open: what was written last is in the log beside the file only.
    const writer = new DatabaseSync(join(other.reports, 'index.sqlite'));
    writer.exec("PRAGMA wal_autocheckpoint = 0; UPDATE rampgate_runs SET release = 'r1-late'");
    for (const ending of ['', '-wal']) {
      cpSync(join(other.reports, `index.sqlite${ending}`), join(folder, `index.sqlite${ending}`));
    }
    writer.close();
    const before = readFileSync(join(folder, 'index.sqlite'));
    const here = newFolder();
    expect((await rampgate(here)(`store merge ${join(folder, 'index.sqlite')}`)).out).toContain(
      'got 1 run and 1 decision of',
    );
    expect((await rampgate(here)('history --csv')).out).toContain('r1-late');
    expect(readFileSync(join(folder, 'index.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('takes an artifact: run folders and decisions without an index', async () => {
    const other = await runner('r1');
    rmSync(join(other.reports, 'index.sqlite'));
    const here = newFolder();
    expect((await rampgate(here)(`store merge ${other.reports}`)).out).toContain('got 1 run and 1 decision of');
    expect(existsSync(join(other.reports, 'index.sqlite'))).toBe(false);
    expect((await rampgate(here)('baseline show')).out).toContain(`${other.id}, release r1`);
  });

  it('adds nothing where one of them is no store, and says what would be', async () => {
    const [here, other, empty] = [newFolder(), await runner('r1'), newFolder()];
    const { exitCode, err } = await rampgate(here)(`store merge ${other.reports} ${empty}`);
    expect(exitCode).toBe(3);
    expect(err).toContain('There is no store at ');
    expect(existsSync(join(here, 'index.sqlite'))).toBe(false);
    mkdirSync(join(empty, 'baselines'));
    writeFileSync(join(empty, 'index.sqlite'), 'this is a text and no database '.repeat(40));
    const unreadable = await rampgate(here)(`store merge ${empty}`);
    expect(unreadable.exitCode).toBe(3);
    expect(unreadable.err).toContain('cannot be read: ');
  });
});
