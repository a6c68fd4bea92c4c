/** A gate that has gone blind fails its drill, which names the fault that is no longer noticed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Breakage, brokenCopy, removeCopies } from './broken-copy.ts';
import { run } from './run-command-line.ts';
import { cellsThatAre, removeDrills, runDrill, runDrillIn } from './run-drill.ts';

afterAll(() => {
  removeDrills();
  removeCopies();
});

describe('a drill', () => {
  it('of criteria that can no longer fail names the faults they miss', async () => {
    const { report, exitCode, stdout } = await runDrill(
      '--config',
      'checks/blinded.config.ts',
      '--fault',
      'fast-failures',
      'undocumented-mode',
      '--criterion',
      'health.diff-answers',
      'contract.openapi',
    );
    expect(cellsThatAre('missed', report), stdout).toEqual([
      'fast-failures: health.diff-answers',
      'undocumented-mode: contract.openapi',
    ]);
    expect(stdout).toContain('missed (must fail): contract.openapi');
    expect(stdout).toContain('NOT PROVED');
    expect(exitCode).toBe(1);
  });

  it.each<[string, Breakage, readonly string[], readonly string[]]>([
    [
      'whose comparison is inverted',
      { file: 'harness/judgement/limits.ts', text: 'return value >= bound;', becomes: 'return value <= bound;' },
      ['fast-failures', 'health.diff-answers'],
      ['fast-failures: health.diff-answers'],
    ],
    [
      'whose probe drops the samples that it should tell of',
      {
        file: 'harness/sources/checks/collect-checks.ts',
        text: 'entry.checks.push({',
        becomes: 'if (expected === actual) entry.checks.push({',
      },
      ['key-collision', 'diff.key-isolation'],
      ['key-collision: diff.key-isolation'],
    ],
  ])('of a gate %s names the faults that it no longer notices', async (_, breakage, [fault = '', id = ''], missed) => {
    const drill = await runDrillIn(brokenCopy(breakage), '--fault', fault, '--criterion', id);
    expect(cellsThatAre('missed', drill.report), drill.stdout + drill.stderr).toEqual(missed);
    expect(drill.stdout).toContain(`missed (must fail): ${id}`);
    expect(drill.exitCode).toBe(1);
  });

  it('of a fault that shows writes everything down, with the gate run beside it', async () => {
    const { report, exitCode, out, stdout } = await runDrill('--fault', 'key-collision', '--json');
    expect(JSON.parse(stdout)).toEqual(report);
    expect(report).toMatchObject({
      verdict: 'proved',
      faults: [{ name: 'key-collision', rollback: { expected: 'backend', actual: 'backend' } }],
    });
    const folder = join(out, 'drills', report.drill.id);
    for (const file of ['drill.html', 'drill.schema.json', `${report.faults[0]?.run}/gate.html`]) {
      expect(existsSync(join(folder, file)), file).toBe(true);
    }
    expect(exitCode).toBe(0);
  });

  it('of what compares measures the target without a fault first, and compares with that', async () => {
    const { report, exitCode, out, stdout } = await runDrill('--fault', 'field-removed');
    expect(stdout).toContain('1 gate run, one per fault, after one without a fault to compare with');
    expect(
      report.criteria.find(({ id }) => id === 'contract.no-breaking-change'),
      stdout,
    ).toMatchObject({
      state: 'proved',
      provedBy: ['field-removed'],
    });
    expect(report.faults[0]?.cells[0]?.message).toContain('$.deployments[].sync_status is gone');
    const compared = join(out, 'drills', report.drill.id, report.drill.comparedWith ?? 'nothing', 'gate.html');
    expect(existsSync(compared), compared).toBe(true);
    expect(exitCode).toBe(0);
    // It was accepted for this drill alone.
    expect((await run('baseline', 'list', '--out', out)).out).toContain('No run was accepted as a baseline yet');
  });

  it.each([
    ['a fault that is not in the catalogue', ['--fault', 'slow-dif'], 'Did you mean "slow-diff"?'],
    ['a size that is none', ['--fault', 'slow-diff=much'], '--fault got "slow-diff=much"'],
    ['a size for a fault without one', ['--fault', 'cache-off=3'], 'no size for this fault'],
    ['nothing in common', ['--fault', 'cache-off', '--criterion', 'contract.openapi'], 'Nothing is to be drilled'],
    ['a configuration without a drill', ['--config', 'checks/no-drill.config.ts'], 'has no drill'],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, err } = await run('drill', ...args);
    expect(err).toContain(message);
    expect(exitCode).toBe(3);
  });
});
