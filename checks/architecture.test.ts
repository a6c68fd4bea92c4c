import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, type SourceFile, wrongArrows } from './architecture.ts';

const root = join(import.meta.dirname, '..');

describe('the architecture', () => {
  it('has no import against the arrows of the design', () => {
    const files = ['api-checks', 'harness', 'scenarios', 'demo', 'bench'].flatMap(sourcesIn);
    expect(files.length).toBeGreaterThan(0);
    expect(wrongArrows(files).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

describe('a planted import', () => {
  it.each([
    ['a stage that imports another stage', 'harness/report/html/page.ts', '../../judgement/judge.ts'],
    ['a probe that judges', 'harness/sources/load/collect-load.ts', '../../judgement/judge.ts'],
    ['judgement that reads files', 'harness/judgement/judge.ts', 'node:fs'],
    ['judgement that asks the clock through the shell', 'harness/judgement/judge.ts', '../shell.ts'],
    ['a report that reads files', 'harness/report/render-html.ts', 'node:fs'],
    ['a rollback plan that starts processes', 'harness/judgement/rollback/plan-rollback.ts', 'node:child_process'],
    ['an arrow that points back', 'harness/archive.ts', './gate.ts'],
    ['the command line that skips the commands', 'harness/cli.ts', './gate.ts'],
    ['a model that imports', 'harness/model/model.ts', './format.ts'],
    ['a scenario that imports the harness', 'scenarios/cold-start.spec.ts', '../harness/model/model.ts'],
    ['a scenario that reads files', 'scenarios/cold-start.spec.ts', 'node:fs'],
    ['a harness that imports the demo', 'harness/gate/target.ts', '../demo/demo.ts'],
    ['a demo that imports the harness', 'demo/main.ts', '../harness/model/model.ts'],
    ['a web part that imports the harness', 'demo/web/src/api.ts', '../../../harness/model/model.ts'],
    ['a bench that imports the demo', 'bench/load.ts', '../demo/demo.ts'],
    ['a file without a place in the design', 'harness/helpers.ts', './model.ts'],
  ])('is found: %s', (_, path, specifier) => {
    expect(wrongArrows([importing(path, specifier)])).toHaveLength(1);
  });

  it.each([
    ['harness/cli.ts', './main.ts'],
    ['harness/cli/main.ts', './commands/gate.ts'],
    ['harness/cli/gate.ts', '../gate.ts'],
    ['harness/lib/format.ts', './model.ts'],
    ['harness/gate/run.ts', './judgement/judge.ts'],
    ['harness/judgement/judge.ts', './ratio-interval.ts'],
    ['harness/sources/browser/read-journal.ts', '../../stopwatch/journal.ts'],
    ['harness/sources/browser/collect-browser.ts', '../../../setup/browser.mjs'],
    ['scenarios/cold-start.spec.ts', '../harness/browser-kit/kit.ts'],
    ['scenarios/sync-modal.ts', 'playwright/test'],
    ['demo/server/api.ts', 'fastify'],
    ['harness/judgement/judge.test.ts', 'node:fs'],
  ])('is not mistaken for a wrong one: %s → %s', (path, specifier) => {
    expect(wrongArrows([importing(path, specifier)])).toEqual([]);
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
