/** Run archives: made, carried elsewhere, changed, and found out. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { create, extract } from 'tar';
import { describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import { saveGateRun } from '../gate/save-gate-run.fixture.ts';

const newFolder = temporaryFolders();

interface Bundled {
  readonly archive: string;
  readonly folder: string;
  readonly id: string;
  readonly fingerprint: string;
}

async function bundled(coldStartMs = 200): Promise<Bundled> {
  const folder = saveGateRun(newFolder(), { coldStartMs });
  const archive = join(dirname(folder), 'run.tar.gz');
  const { exitCode, out } = await run('report', folder, '--archive', '--out', archive);
  expect(exitCode).toBe(0);
  return { archive, folder, id: basename(folder), fingerprint: /sha256:[0-9a-f]{64}/.exec(out)?.[0] ?? '' };
}

/** The same archive with other content, packed again as whoever has the files would do it. */
async function changed(
  { archive, id }: Bundled,
  change: (folder: string) => void,
  more: string[] = [],
): Promise<string> {
  const opened = newFolder();
  await extract({ file: archive, cwd: opened });
  change(join(opened, id));
  const file = join(opened, 'changed.tar.gz');
  await create({ file, cwd: opened, gzip: true, portable: true }, [id, ...more]);
  return file;
}

describe('a run archive', () => {
  it('is the same run elsewhere: shown, judged to the letter, and verified by its fingerprint', async () => {
    const made = await bundled();
    rmSync(made.folder, { recursive: true });
    const elsewhere = join(newFolder(), 'carried.tar.gz');
    renameSync(made.archive, elsewhere);
    const judged = await run('judge', elsewhere);
    expect(judged).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^GO\n/) });
    expect(judged.out).toContain('carried.tar.gz, to the letter.');
    expect((await run('report', elsewhere, '--format', 'junit')).out).toContain('<testsuites');
    const verified = await run('report', elsewhere, '--verify', '--fingerprint', made.fingerprint);
    expect(verified).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^INTACT: /) });
    expect(verified.out).toContain(`Fingerprint: ${made.fingerprint}, as expected.`);
    expect((await run('report', elsewhere, '--verify')).out).toContain('can also make new checksums');
    expect(readdirSync(dirname(elsewhere))).toEqual(['carried.tar.gz']);
  });

  it('has the same fingerprint whenever it is made, and leaves the run folder as it was', async () => {
    const first = await bundled();
    const before = readdirSync(first.folder);
    const again = await run('report', first.folder, '--archive');
    expect(again.out).toContain(first.fingerprint);
    expect(existsSync(`${first.folder}.tar.gz`)).toBe(true);
    expect(readdirSync(first.folder)).toEqual(before);
  });

  it.each<[string, (folder: string) => void, string]>([
    ['a verdict', (folder) => rewrite(folder, 'gate.json', '"go"', '"no-go"'), 'gate.json was changed.'],
    [
      'a sample',
      (folder) => rewrite(folder, 'evidence/browser-cold-start.json', '"valueMs": 198', '"valueMs": 98'),
      'browser-cold-start.json was changed.',
    ],
    ['a plan', (folder) => rewrite(folder, 'policy.json', '"value": 500', '"value": 5000'), 'policy.json was changed.'],
    ['a file that is gone', (folder) => rmSync(join(folder, 'evidence/machine.json')), 'machine.json is missing.'],
    ['a file that was added', (folder) => writeFileSync(join(folder, 'more.txt'), ''), 'more.txt was added.'],
    ['a link in place of a file', asLink, 'gate.json is no file, but SymbolicLink.'],
    [
      'a manifest that is none',
      (folder) => writeFileSync(join(folder, 'manifest.json'), '{}'),
      'manifest.json is none',
    ],
  ])('that was changed is found out, and not judged: %s', async (_, change, said) => {
    const file = await changed(await bundled(), change);
    const verified = await run('report', file, '--verify');
    expect(verified).toMatchObject({ exitCode: 1, out: expect.stringMatching(/^CHANGED: /) });
    expect(verified.out).toContain(said);
    const judged = await run('judge', file);
    expect(judged).toMatchObject({ exitCode: 3, out: '', err: expect.stringContaining(said) });
  });

  it('that holds a file twice is found out', async () => {
    const made = await bundled();
    const file = await changed(made, () => undefined, [`${made.id}/gate.json`]);
    expect((await run('report', file, '--verify')).out).toContain('gate.json is there 2 times.');
  });

  it('that was changed with all its checksums is found out by its fingerprint, and by its evidence', async () => {
    const made = await bundled();
    const file = await changed(made, (folder) => {
      rewrite(folder, 'gate.json', '"verdict": "go"', '"verdict": "no-go"');
      const sha256 = createHash('sha256')
        .update(readFileSync(join(folder, 'gate.json')))
        .digest('hex');
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      const entry = manifest.files.find(({ path }: { path: string }) => path === 'gate.json');
      Object.assign(entry, { sha256, bytes: readFileSync(join(folder, 'gate.json')).length });
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    });
    const byFingerprint = await run('report', file, '--verify', '--fingerprint', made.fingerprint);
    expect(byFingerprint).toMatchObject({ exitCode: 1, out: expect.stringContaining('is another archive') });
    const byEvidence = await run('report', file, '--verify');
    expect(byEvidence).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('gives go, and gate.json says no-go'),
    });
  });

  it('with another configuration than the one it was judged by is found out', async () => {
    const folder = saveGateRun(newFolder());
    writeFileSync(join(folder, 'config.json'), '{}');
    await run('report', folder, '--archive');
    const verified = await run('report', `${folder}.tar.gz`, '--verify');
    expect(verified).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('config.json is not the configuration'),
    });
  });

  it.each([
    ['cut short', (archive: string) => writeFileSync(archive, readFileSync(archive).subarray(0, 2000))],
    ['not an archive', (archive: string) => writeFileSync(archive, 'GO')],
    ['not there', (archive: string) => rmSync(archive)],
  ])('that cannot be read is an operator’s mistake: %s', async (_, spoil) => {
    const { archive } = await bundled();
    spoil(archive);
    const { exitCode, err } = await run('report', archive, '--verify');
    expect(exitCode).toBe(3);
    expect(err).toContain('is not a readable run archive');
  });

  it('is not made of what is no run, and its page is not opened where its links lead nowhere', async () => {
    expect((await run('report', newFolder(), '--archive')).err).toContain('There is no run in');
    const { archive } = await bundled();
    expect((await run('report', archive, '--open')).err).toContain('Unpack it with "tar -xzf ');
  });
});

function rewrite(folder: string, name: string, from: string, to: string): void {
  const text = readFileSync(join(folder, name), 'utf8');
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}.`);
  writeFileSync(join(folder, name), text.replace(from, to));
}

function asLink(folder: string): void {
  rmSync(join(folder, 'gate.json'));
  symlinkSync('/etc/hostname', join(folder, 'gate.json'));
}
