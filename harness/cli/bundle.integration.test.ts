import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { temporaryFolders } from '../../setup/temporary-folders.ts';

const newFolder = temporaryFolders();

/** A configuration of one target, whose scripts are in a folder beside it. */
function configIn(folder: string, bundle: object | undefined): string {
  const config = {
    name: 'a-rollout',
    successCriteria: {},
    defaultTarget: 'app',
    targets: { app: { web: 'http://127.0.0.1:1', api: 'http://127.0.0.1:1', release: 'v7', artifacts: {} } },
    profiles: { 'pre-ramp': {} },
    scenarios: { visit: { visits: 1 } },
    load: {},
    criteria: [
      {
        id: 'visit.errors',
        title: 'x',
        scope: 'frontend',
        from: 'browser:visit',
        statistic: 'count',
        limit: '<= 0',
        minSamples: 1,
        rationale: 'x',
        advice: 'x',
        checklist: [],
      },
    ],
    bundle,
    rollback: { steps: [] },
  };
  writeFileSync(join(folder, 'config.ts'), `export default ${JSON.stringify(config)};`);
  return join(folder, 'config.ts');
}

function withBuild(): { readonly folder: string; readonly config: string; readonly baseline: string } {
  const folder = newFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'index-AbCd1234.js'), 'console.log(1);\n'.repeat(100));
  writeFileSync(join(folder, 'dist', 'index-Ef561234.js'), 'console.log(2);\n');
  const bundle = { build: join(folder, 'dist'), baseline: join(folder, 'kept', '{target}.json') };
  return { folder, config: configIn(folder, bundle), baseline: join(folder, 'kept', 'app.json') };
}

describe('rampgate bundle', () => {
  it('tells how large the scripts are, and saves them as the baseline of the release when it is asked to', async () => {
    const { config, baseline } = withBuild();
    const shown = await run('bundle', '--config', config);
    expect(shown.out).toMatch(/^index \(2 files\) +1\.6 kB +\d+ B +\d+ B$/m);
    expect(shown.exitCode).toBe(0);
    expect(() => readFileSync(baseline)).toThrow('ENOENT');
    const saved = await run('bundle', '--config', config, '--save');
    expect(saved.out).toContain('(v7)');
    expect(saved.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(baseline, 'utf8'))).toMatchObject({
      schemaVersion: 1,
      kind: 'bundle',
      target: 'app',
      release: 'v7',
      measured: 'a build (**/*)',
      tools: { Node: process.version },
      scripts: [{ name: 'index', files: 2, raw: 1616 }],
    });
    await run('bundle', '--config', config, '--save', '--release', 'v8');
    expect(JSON.parse(readFileSync(baseline, 'utf8'))).toMatchObject({ release: 'v8' });
  });

  it('saves nothing of what is not known whole', async () => {
    const { folder, config, baseline } = withBuild();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dist', 'lost.js'));
    const { out, exitCode } = await run('bundle', '--config', config, '--save');
    expect(out).toContain('lost.js: ENOENT');
    expect(out).toContain('Nothing was saved');
    expect(exitCode).toBe(2);
    rmSync(join(folder, 'dist'), { recursive: true });
    mkdirSync(join(folder, 'dist'));
    expect(await run('bundle', '--config', config, '--save')).toMatchObject({ exitCode: 2 });
    expect(() => readFileSync(baseline)).toThrow('ENOENT');
  });

  it('explains where scripts have to be named', async () => {
    const { err, exitCode } = await run('bundle', '--config', configIn(newFolder(), undefined));
    expect(err).toContain('does not say where the scripts of app are');
    expect(err).toContain("bundle: { build: 'dist' }");
    expect(exitCode).toBe(3);
  });
});
