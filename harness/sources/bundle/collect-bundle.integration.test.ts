/** The bundle probe with real folders and real files of a baseline. */
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { realShell } from '../../lib/shell.ts';
import { evidenceSchema } from '../../model/evidence.ts';
import { asReadBack } from '../../store/saved-document.ts';
import { readBundleBaseline, saveBundleBaseline } from './baseline.ts';
import { collectBundle } from './collect-bundle.ts';
import { measureBundle } from './measure-bundle.ts';
import type { BuildSource } from './settings.ts';

const newFolder = temporaryFolders();
let folder: string;

const whole: BuildSource = { kind: 'build', folder: 'dist', include: ['**/*'], exclude: [] };

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = newFolder();
  write('dist/index.html', '<script src=/assets/index-AbCd1234.js></script>');
  write('dist/assets/index-AbCd1234.js', 'export const one = 1;\n'.repeat(100));
  write('dist/assets/index-AbCd1234.js.map', '{"version":3}');
  write('dist/assets/index-AbCd1234.css', 'body {}');
  write('dist/assets/vendor-Xy12_-Zz.mjs', 'export const two = 2;\n'.repeat(50));
  write('dist/server/entry.cjs', 'module.exports = 3;');
});

function options(signal = AbortSignal.any([])) {
  const shell = { ...realShell(), cwd: folder };
  return { web: '', browser: null, shell, signal, onProgress: () => undefined };
}

function collect(source: BuildSource = whole, signal?: AbortSignal) {
  return collectBundle(
    { source, baseline: 'kept.json' },
    {
      ...options(signal),
      readBaseline: () => readBundleBaseline(join(folder, 'kept.json')),
      howToSave: 'rampgate bundle --save',
    },
  );
}

async function keep(source: BuildSource = whole) {
  const { scripts, measured, compression, tools } = await measureBundle(source, options());
  const savedAt = '2026-11-20T10:00:00.000Z';
  const kept = { target: 'demo', release: 'v1', savedAt, measured, compression, tools, scripts: [...scripts] };
  saveBundleBaseline(join(folder, 'kept.json'), kept);
  return kept;
}

describe('a build folder', () => {
  it('is measured by its scripts, and by nothing else in it', async () => {
    const { scripts, qualityIssues, tools } = await measureBundle(whole, options());
    expect(scripts).toMatchObject([
      { name: 'assets/index', files: 1, raw: 2200 },
      { name: 'assets/vendor', files: 1, raw: 1100 },
      { name: 'server/entry', files: 1, raw: 19 },
    ]);
    expect(scripts[0]?.gzip).toBeLessThan(100);
    expect(scripts[0]?.brotli).toBeLessThan(scripts[0]?.gzip ?? 0);
    expect(qualityIssues).toEqual([]);
    expect(tools).toMatchObject({ Node: process.version });
  });

  it('counts what the globs say', async () => {
    const source = { ...whole, include: ['assets/**', 'server/**'], exclude: ['**/server/**', 'assets/vendor-*'] };
    const { scripts } = await measureBundle(source, options());
    expect(scripts.map(({ name }) => name)).toEqual(['assets/index']);
  });

  it('may have links in it, also in a circle: each script counts once, wherever it really is', async () => {
    write('elsewhere/linked-AbCd1234.js', 'linked');
    symlinkSync(join(folder, 'dist'), join(folder, 'dist/assets/circle'));
    symlinkSync(join(folder, 'dist/assets/index-AbCd1234.js'), join(folder, 'dist/again.js'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'dist/zz'));
    symlinkSync(join(folder, 'nowhere.png'), join(folder, 'dist/picture.png'));
    const { scripts, qualityIssues } = await measureBundle(whole, options());
    expect(scripts.map(({ name, raw }) => [name, raw])).toEqual([
      ['again', 2200],
      ['assets/vendor', 1100],
      ['server/entry', 19],
      ['zz/linked', 6],
    ]);
    expect(qualityIssues).toEqual([]);
  });

  it('with a script that cannot be read is known in part only, which is not a smaller bundle', async () => {
    await keep();
    rmSync(join(folder, 'dist/assets/vendor-Xy12_-Zz.mjs'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dist/assets/vendor-Xy12_-Zz.mjs'));
    const evidence = await collect();
    expect(evidence).toMatchObject({
      status: 'collected',
      qualityIssues: [
        { code: 'counted-in-part', message: expect.stringContaining('assets/vendor-Xy12_-Zz.mjs: ENOENT') },
      ],
    });
  });

  it.runIf(process.getuid?.() !== 0)('that may not be looked into says so', async () => {
    chmodSync(join(folder, 'dist/assets'), 0o000);
    const { qualityIssues } = await measureBundle(whole, options());
    chmodSync(join(folder, 'dist/assets'), 0o700);
    expect(qualityIssues).toMatchObject([{ code: 'counted-in-part', message: expect.stringContaining('EACCES') }]);
  });

  it('without scripts, or that is not there, is blind', async () => {
    const nothing = await collect({ ...whole, include: ['**/*.tsx'] });
    expect(nothing).toMatchObject({ status: 'unavailable', qualityIssues: [{ code: 'signal-absent' }] });
    const missing = await collect({ ...whole, folder: 'build' });
    expect(missing).toMatchObject({
      status: 'unavailable',
      qualityIssues: [{ message: expect.stringContaining('ENOENT') }],
    });
  });

  it('is not whole when somebody interrupts', async () => {
    const evidence = await collect(whole, AbortSignal.abort());
    expect(evidence).toMatchObject({ status: 'unavailable', qualityIssues: [{ code: 'interrupted' }, {}] });
  });
});

describe('a baseline', () => {
  it('is what the scripts have grown since, by their names', async () => {
    const { scripts } = await keep();
    rmSync(join(folder, 'dist/assets/index-AbCd1234.js'));
    rmSync(join(folder, 'dist/server'), { recursive: true });
    write('dist/assets/index-Ef567890.js', 'export const one = 1;\n'.repeat(110));
    const evidence = await collect();
    const of = (name: string) => {
      const { raw, gzip, brotli } = scripts.find((one) => one.name === name) ?? {};
      return { raw, gzip, brotli };
    };
    expect(evidence).toMatchObject({
      status: 'collected',
      measurements: [
        {
          kind: 'growth',
          sli: 'bundle.js-growth',
          count: 2,
          baseline: 'v1 of 2026-11-20',
          parts: [
            { name: 'assets/index', before: of('assets/index'), after: { raw: 2420 } },
            { name: 'assets/vendor', before: of('assets/vendor'), after: of('assets/vendor') },
            { name: 'server/entry', before: of('server/entry'), after: null },
          ],
        },
      ],
      qualityIssues: [],
    });
    // And can be read back, to be judged again.
    expect(asReadBack(evidenceSchema, JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
  });

  it.each([
    ['is not there', () => rmSync(join(folder, 'kept.json')), 'there is no such file'],
    ['cannot be opened', () => makeFolder(), 'it cannot be read (EISDIR'],
    ['is cut short', () => write('kept.json', '{"schemaVersion":1,'), 'it is no baseline of a bundle ('],
    ['is of another kind', () => write('kept.json', '{"schemaVersion":1,"kind":"runs"}'), 'expected "bundle"'],
    ['has no scripts', () => change({ scripts: [] }), 'it is no baseline of a bundle ('],
    ['is of other pages', () => change({ measured: '/home' }), 'it is of /home, and this run of a build (**/*)'],
    [
      'is compressed in another way',
      () => change({ compression: 'gzip level 6' }),
      'it is compressed with gzip level 6',
    ],
  ])('that %s leaves the growth open, and the sizes known', async (_what, spoil, why) => {
    await keep();
    spoil();
    const evidence = await collect();
    expect(evidence).toMatchObject({
      status: 'collected',
      measurements: [],
      facts: { scripts: [{ raw: 2200 }, { raw: 1100 }, { raw: 19 }] },
      qualityIssues: [{ code: 'no-baseline', message: expect.stringContaining(why) }],
    });
    expect(evidence.qualityIssues[0]?.message).toContain('kept.json');
    expect(evidence.qualityIssues[0]?.message).toContain('rampgate bundle --save');
  });

  it('is the same for the same build', async () => {
    expect(await keep()).toEqual(await keep());
  });
});

function makeFolder(): void {
  rmSync(join(folder, 'kept.json'));
  mkdirSync(join(folder, 'kept.json'));
}

function change(what: object): void {
  write('kept.json', JSON.stringify({ ...JSON.parse(readFileSync(join(folder, 'kept.json'), 'utf8')), ...what }));
}
