/**
 * `npm run test:mutants [-- FILE …]`: changes judgement in one place after the other, and fails where no test of it notices.
 * A change that cannot matter is marked in the code, with the reason.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

type Options = ConstructorParameters<typeof Stryker>[0];
type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const folder = 'harness/judgement';

/**
 * Only what the tests of judgement read is copied to where it is changed. That leaves out tsconfig.json, which Stryker would read
 * by an interface that TypeScript has no more.
 */
const options: Options = {
  testRunner: 'vitest',
  vitest: { configFile: 'checks/mutants.vitest.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: [
    '**',
    '!package.json',
    '!harness/**',
    '!docs/reasons.md',
    '!docs/comparing.md',
    '!bench/random{,-series}.ts',
    '!checks/mutants.*.ts',
  ],
  tempDirName: '.mutants',
  cleanTempDir: 'always',
  reporters: ['clear-text'],
  clearTextReporter: { reportTests: false, reportScoreTable: false },
  thresholds: { high: 100, low: 100, break: 100 },
};

const named = process.argv.slice(2);
const results: MutantResult[] = [];
// One file after the other: code that counts how often each of its places is reached is many times slower.
for (const file of named.length > 0 ? named : ['harness/lib/percentile.ts', ...filesOfJudgement()]) {
  results.push(...(await new Stryker({ ...options, mutate: [file] }).runMutationTest()));
}
console.log(closingLine());
process.exitCode = results.length === 0 || countOf('Survived', 'NoCoverage') > 0 ? 1 : 0;

function filesOfJudgement(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.fixture.ts'))
    .map((name) => join(folder, name));
}

function closingLine(): string {
  const noticed = `${countOf('Killed')} noticed, ${countOf('Timeout')} without an end`;
  return `${noticed}, ${countOf('Survived', 'NoCoverage')} survived, ${countOf('Ignored')} marked as of no matter`;
}

function countOf(...statuses: readonly MutantResult['status'][]): number {
  return results.filter(({ status }) => statuses.includes(status)).length;
}
