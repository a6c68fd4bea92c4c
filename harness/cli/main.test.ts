import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../checks/run-command-line.ts';
import { packageRoot } from '../lib/package-root.ts';

describe('rampgate', () => {
  it.each([
    ['rampgate', ['--help']],
    ['rampgate-gate', ['gate', '--help']],
    ['rampgate-load', ['load', '--help']],
    ['rampgate-judge', ['judge', '--help']],
    ['rampgate-report', ['report', '--help']],
    ['rampgate-doctor', ['doctor', '--help']],
    ['rampgate-checklist', ['checklist', '--help']],
    ['rampgate-bundle', ['bundle', '--help']],
    ['rampgate-baseline', ['baseline', '--help']],
    ['rampgate-baseline-accept', ['baseline', 'accept', '--help']],
    ['rampgate-store', ['store', '--help']],
    ['rampgate-deliver', ['deliver', '--help']],
    ['rampgate-drill', ['drill', '--help']],
    ['rampgate-history', ['history', '--help']],
    ['rampgate-compare', ['compare', '--help']],
    ['rampgate-rollback', ['rollback', '--help']],
    ['rampgate-watch', ['watch', '--help']],
    ['rampgate-incident', ['incident', '--help']],
  ] as const)('%s --help is as it was agreed, in 80 columns', async (name, argv) => {
    const { exitCode, out } = await run(...argv);
    expect(exitCode).toBe(0);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(out).toMatchFileSnapshot(
      `golden/${name}.txt`,
      'look at the difference, then accept it with: npx vitest run harness/cli/main.test.ts -u',
    );
  });

  it('prints its version', async () => {
    const { version }: { version: string } = JSON.parse(readFileSync(`${packageRoot}/package.json`, 'utf8'));
    expect(await run('--version')).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  it.each([
    ['an unknown command', ['gaet'], "unknown command 'gaet'\n(Did you mean gate?)"],
    ['an unknown option', ['gate', '--profiel', 'x'], "unknown option '--profiel'\n(Did you mean --profile?)"],
    ['an option without its value', ['gate', '--target'], "option '--target <name>' argument missing"],
    ['a flag by its former name', ['report', 'x', '--bundle'], '--bundle is called --archive now'],
    ['a configuration that is not there', ['gate', '--config', 'nowhere.ts'], 'There is no configuration at'],
    ['an address that is none', ['gate', '--web', 'ftp://x', '--api', 'http://localhost'], '--web got "ftp://x"'],
  ] as const)('explains %s and exits with 3', async (_name, argv, message) => {
    const { exitCode, err } = await run(...argv);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(3);
  });
});
