import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { saveGateRun } from '../../gate/save-gate-run.fixture.ts';
import { type ComparisonReport, comparisonReportSchema } from '../../model/comparison.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-compare-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

const before = saveGateRun(reports, { release: 'r1' });
const compare = (...args: readonly string[]) => run('compare', ...args, '--out', reports);

function reportOf(text: string): ComparisonReport {
  return comparisonReportSchema.parse(JSON.parse(text));
}

describe('two saved runs', () => {
  it('that are alike are the same, in all documents', async () => {
    const after = saveGateRun(reports, { startedAt: '2026-11-24T14:15:00.000Z', release: 'r2', coldStartMs: 202 });
    const { exitCode, out, err } = await compare(before, basename(after));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('NOTHING WORSE');
    expect(out.replace(/\s+/g, ' ')).toMatch(/\(r1\) → .*\(r2\), two saved runs\./);
    expect(out).toMatch(/^same +cold-start\.diff-visible +200 ms +202 ms/m);
    const [folder = ''] = readdirSync(join(reports, 'comparisons'));
    const documents = readdirSync(join(reports, 'comparisons', folder));
    expect(documents.sort()).toEqual(['comparison.html', 'comparison.json', 'comparison.md', 'comparison.schema.json']);
    const saved = readFileSync(join(reports, 'comparisons', folder, 'comparison.json'), 'utf8');
    expect(reportOf(saved).notCompared.map(({ criterion }) => criterion)).toEqual([
      'cold-start.vs-baseline',
      'diff.vs-baseline',
    ]);
  });

  it('of which the later is slower are worse, and the earlier is better beside it', async () => {
    const after = saveGateRun(reports, { startedAt: '2026-11-25T14:15:00.000Z', coldStartMs: 260 });
    const worse = await compare(before, after, '--json', '--only', 'cold-start.diff-visible');
    expect(worse.exitCode).toBe(1);
    expect(reportOf(worse.out)).toMatchObject({
      verdict: 'worse',
      criteria: [{ criterion: 'cold-start.diff-visible', outcome: 'different', worse: 'yes', change: { value: 60 } }],
    });
    const better = await compare(after, before, '--json');
    expect(better.exitCode).toBe(0);
    expect(reportOf(better.out)).toMatchObject({
      verdict: 'nothing-worse',
      criteria: [{ outcome: 'different', worse: 'no' }, { outcome: 'same' }],
    });
  });

  it('with another browser build are compared in what no browser measured', async () => {
    const after = saveGateRun(reports, { startedAt: '2026-11-26T14:15:00.000Z', browser: '157', coldStartMs: 260 });
    const { exitCode, out } = await compare(before, after);
    expect(exitCode).toBe(2);
    expect(out).toContain('another browser build: Chromium 156, not');
    expect(out).toMatch(/^undecided cold-start\.diff-visible +– +– +– +–$/m);
    expect(out).toMatch(/^same +diff\.latency-p95/m);
  });

  it('that a drill had its hand in are not compared with any', async () => {
    const drilled = saveGateRun(reports, { drill: { fault: 'slow-diff (350 ms)' }, coldStartMs: 900 });
    const { err, exitCode } = await run('compare', before, drilled, '--out', reports);
    expect(exitCode).toBe(3);
    expect(err).toContain('is part of a drill, and no run of its target as it is');
  });

  it('of another profile are not compared in their times', async () => {
    const after = saveGateRun(reports, { startedAt: '2026-11-27T14:15:00.000Z', profile: 'nightly' });
    const { exitCode, out } = await compare(before, after, '--json');
    expect(exitCode).toBe(2);
    expect(reportOf(out).criteria.map(({ reason }) => reason)).toEqual(['not-comparable', 'not-comparable']);
  });
});

describe('a mistake', () => {
  it.each([
    ['one run alone', [before], 'is no comparison of two targets'],
    ['a word that is neither', [before, 'production'], '"production" is neither a run nor a target.'],
    ['a run and a target', [before, 'demo'], 'is a saved run and demo a target'],
    ['a target and a run', ['demo', before], 'is a saved run and demo a target'],
    [
      'an unknown criterion',
      [before, before, '--only', 'cold-start.visible'],
      'There is no criterion called "cold-start.visible".',
    ],
    [
      'an unknown fault',
      ['demo', 'demo:slow-dif=20'],
      'There is no fault called "slow-dif". Did you mean "slow-diff"?',
    ],
    [
      'a fault for another target',
      ['demo', 'skillmeat:slow-diff'],
      "slow-diff cannot be planted: the drill's target is demo, not skillmeat.",
    ],
    ['a fault that is none of the target', ['demo', 'demo:noisy-neighbour'], 'noisy-neighbour cannot be planted'],
    ['a number that is none', ['demo', 'demo', '--blocks', 'many'], '--blocks got "many".'],
    ['a budget that is none', ['demo', 'demo', '--budget', '10'], '--budget got "10".'],
    ['a budget beside a number', ['demo', 'demo', '--budget', '10min', '--blocks', '4'], 'without --blocks'],
  ])('is said, and nothing is written: %s', async (_, args, message) => {
    const had = readdirSync(join(reports, 'comparisons')).length;
    const { exitCode, out, err } = await compare(...args);
    expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
    expect(err).toContain(message);
    expect(readdirSync(join(reports, 'comparisons'))).toHaveLength(had);
  });
});

it('measures two targets in turn, and finds what is planted in one', async () => {
  const only = ['--only', 'diff.latency-p95', 'contract.openapi', 'contract.legacy-default'];
  const config = ['--config', 'checks/compare.config.ts', '--blocks', '2'];
  const { exitCode, out } = await compare('demo', 'demo:slow-diff=60:undocumented-mode', ...only, ...config, '--json');
  expect(exitCode).toBe(1);
  const report = reportOf(out);
  expect(report.comparison.design).toEqual({ kind: 'in-turn', blocks: { planned: 2, measured: 2 } });
  expect(report.after).toMatchObject({
    name: 'demo:slow-diff=60:undocumented-mode',
    target: { name: 'demo' },
    run: null,
  });
  // Two blocks cannot tell anything of times, however large the difference.
  expect(report.criteria).toMatchObject([
    { criterion: 'diff.latency-p95', outcome: 'undecided', worse: 'open' },
    { criterion: 'contract.legacy-default', outcome: 'same' },
    { criterion: 'contract.openapi', outcome: 'different', worse: 'yes' },
  ]);
  const blocks = join(reports, 'comparisons', report.comparison.id, 'blocks');
  const brought = (side: string) => readdirSync(join(blocks, side, 'evidence')).sort();
  // What is counted whole is asked once.
  expect(brought('001/before')).toEqual(['checks-contract.json', 'load-diff.json']);
  expect(['001/after', '002/after', '002/before'].map(brought)).toEqual([
    ['checks-contract.json', 'load-diff.json'],
    ['load-diff.json'],
    ['load-diff.json'],
  ]);

  const again = await compare(report.comparison.id, '--json');
  expect(again.exitCode).toBe(1);
  expect(reportOf(again.out)).toEqual(report);
  // As after a crash: what was measured is there, and was not judged.
  rmSync(join(blocks, '..', 'comparison.json'));
  renameSync(join(blocks, '002'), join(blocks, '002-unfinished'));
  const crashed = reportOf((await compare(join(blocks, '..'), '--json')).out);
  expect(crashed.comparison).toMatchObject({
    design: { blocks: { planned: 2, measured: 1 } },
    endedEarly: 'it ended before it was judged',
  });
});
