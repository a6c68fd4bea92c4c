import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCircles, importsOf, type SourceFile, wrongArrows } from './architecture.ts';

const root = join(import.meta.dirname, '..');

const files = ['rollout', 'harness', 'scenarios', 'demo', 'bench'].flatMap(sourcesIn);

describe('the architecture', () => {
  it('has no import against the arrows of the design', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(wrongArrows(files).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('has no files that import each other in a circle', () => {
    expect(importCircles(files)).toEqual([]);
  });

  it('has no loose files in harness/ but the entry', () => {
    expect(files.map(({ path }) => path).filter((path) => /^harness\/[^/]+$/.test(path))).toEqual(['harness/cli.ts']);
  });
});

describe('a planted import', () => {
  it.each([
    ['a stage that imports another stage', 'harness/report/html/page.ts', '../../judgement/judge.ts'],
    ['a source that judges', 'harness/sources/load/collect-load.ts', '../../judgement/judge.ts'],
    ['judgement that reads files', 'harness/judgement/judge.ts', 'node:fs'],
    ['judgement that asks the clock through the shell', 'harness/judgement/judge.ts', '../lib/shell.ts'],
    ['a report that reads files', 'harness/report/render-html.ts', 'node:fs'],
    ['a rollback plan that starts processes', 'harness/judgement/rollback/plan-rollback.ts', 'node:child_process'],
    ['an arrow that points back', 'harness/store/run-folder.ts', '../gate/run.ts'],
    ['a core that imports a feature', 'harness/gate/run.ts', '../features/watch/command.ts'],
    ['a feature that imports one it may not', 'harness/features/watch/command.ts', '../drill/command.ts'],
    ['the entry that skips the commands', 'harness/cli.ts', './gate/run.ts'],
    ['a model that imports', 'harness/model/criterion.ts', '../lib/format.ts'],
    ['a scenario that imports the harness', 'scenarios/cold-start.spec.ts', '../harness/model/criterion.ts'],
    ['a scenario that reads files', 'scenarios/cold-start.spec.ts', 'node:fs'],
    ['a harness that imports the demo', 'harness/gate/target.ts', '../../demo/demo.ts'],
    ['a harness that imports the shipped rollout', 'harness/gate/target.ts', '../../rollout/load-mix.ts'],
    ['a demo that imports the harness', 'demo/main.ts', '../harness/model/criterion.ts'],
    ['a web part that imports the harness', 'demo/web/src/api.ts', '../../../harness/model/criterion.ts'],
    ['a bench that imports the demo', 'bench/load.ts', '../demo/demo.ts'],
    ['a file without a place in the design', 'harness/helpers.ts', './lib/format.ts'],
  ])('is found: %s', (_, path, specifier) => {
    expect(wrongArrows([importing(path, specifier)])).toHaveLength(1);
  });

  it.each([
    ['harness/cli.ts', './cli/main.ts'],
    ['harness/cli/main.ts', '../features/watch/command.ts'],
    ['harness/cli/gate.ts', '../gate/run.ts'],
    ['harness/features/watch/command.ts', '../notify/notice.ts'],
    ['harness/lib/format.ts', '../model/units.ts'],
    ['harness/gate/run.ts', '../judgement/judge.ts'],
    ['harness/judgement/judge.ts', './ratio-interval.ts'],
    ['harness/judgement/judge.ts', '../lib/format.ts'],
    ['harness/sources/browser/read-journal.ts', '../../browser-kit/journal.ts'],
    ['harness/sources/browser/collect-browser.ts', '../../../setup/browser.mjs'],
    ['scenarios/cold-start.spec.ts', '../harness/browser-kit/kit.ts'],
    ['scenarios/sync-modal.ts', 'playwright/test'],
    ['rollout/commands.ts', '../harness/config/rollout.ts'],
    ['demo/server/api.ts', 'fastify'],
    ['harness/judgement/judge.test.ts', 'node:fs'],
  ])('is not mistaken for a wrong one: %s → %s', (path, specifier) => {
    expect(wrongArrows([importing(path, specifier)])).toEqual([]);
  });

  it('is found in a circle of three, and nowhere in a chain', () => {
    const chain = [importing('a/a.ts', './b.ts'), importing('a/b.ts', './c.ts')];
    expect(importCircles(chain)).toEqual([]);
    expect(importCircles([...chain, importing('a/c.ts', './a.ts')])).toEqual([['a/a.ts', 'a/b.ts', 'a/c.ts']]);
  });
});

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import type { A } from './a.ts';", ['./a.ts']],
    ["import {\n  a,\n  type B,\n} from './a.ts';", ['./a.ts']],
    ["import './a.css';", ['./a.css']],
    ["export { a } from './a.ts';", ['./a.ts']],
    ["export * from './a.ts';", ['./a.ts']],
    ["const a = await import('./a.ts');", ['./a.ts']],
    ["export const name = 'from';\nimport a from './b.ts';", ['./b.ts']],
    ["// import { a } from './a.ts';", []],
    ["/** import { a } from './a.ts'; */", []],
    ["const text = 'not an import';", []],
  ])('reads %j', (text, specifiers) => {
    expect(importsOf(text)).toEqual(specifiers);
  });
});

function importing(path: string, specifier: string): SourceFile {
  return { path, text: `import { a } from '${specifier}';\n` };
}

function sourcesIn(folder: string): SourceFile[] {
  return filesIn(folder)
    .filter((path) => /\.tsx?$/.test(path) && !/(?:^|\/)(?:node_modules|dist)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);
  } catch {
    return []; // bench/ and scenarios/ need not exist
  }
}
