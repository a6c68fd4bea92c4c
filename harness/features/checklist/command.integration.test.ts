import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { processesMentioning } from '../../../checks/run-gate.ts';
import shipped from '../../../rampgate.config.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { redactorFor } from '../../lib/redact.ts';
import { realShell } from '../../lib/shell.ts';
import { evidenceSchema } from '../../model/evidence.ts';
import { collectCommands } from '../../sources/commands/collect-commands.ts';
import { readDocument } from '../../store/saved-document.ts';

const newFolder = temporaryFolders();

interface Command {
  readonly title?: string;
  readonly run: string | readonly string[];
  readonly [setting: string]: unknown;
}

afterEach(() => {
  delete process.env['PLANTED_TOKEN'];
  delete process.env['PLANTED_WORD'];
});

/** The shipped configuration with these pre-deploy commands for the demo. */
function configWith(
  commands: readonly Command[],
  parallel = 1,
  others: object = {},
): { readonly config: string; readonly out: string } {
  const folder = newFolder();
  const config = join(folder, 'rampgate.config.mjs');
  const each = commands.map((command, index) => ({ title: `Command ${index + 1}`, ...command }));
  const rollout = {
    ...shipped,
    // Walks are another test's; here a list is a list of commands.
    checklists: {},
    commands: { ...shipped.commands, demo: { title: 'test commands', parallel, each } },
    ...others,
  };
  const text = JSON.stringify(rollout, (_key, value: unknown) => (typeof value === 'function' ? 'MIX' : value));
  writeFileSync(config, `export default ${text.replaceAll('"MIX"', '() => []')};\n`);
  return { config, out: join(folder, 'reports') };
}

async function checklist(commands: readonly Command[], parallel = 1) {
  const { config, out } = configWith(commands, parallel);
  const said = await run('checklist', 'pre-deploy', '--config', config, '--out', out);
  const folder = join(out, readdirSync(out)[0] ?? '', 'evidence');
  const evidence = readDocument(join(folder, 'commands-pre-deploy.json'), evidenceSchema);
  const output = (number: number): string => readFileSync(join(folder, `commands-pre-deploy-${number}.txt`), 'utf8');
  return { ...said, evidence, output };
}

describe('rampgate checklist', () => {
  it('passes when every command gave exit code 0', async () => {
    const { exitCode, out, output } = await checklist([
      { run: ['echo', 'a b', '$HOME; exit 1'] },
      { run: 'true | cat' },
    ]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/pass {2}Command 1: exit 0 after \d\.\d s/);
    expect(output(1)).toContain('\na b $HOME; exit 1\n');
  });

  it('fails on one that gave another, with its exit code, its time and the line that says why', async () => {
    const broken = { run: 'echo "3 tests failed"; echo "took 2 s"; exit 3' };
    const { exitCode, out, evidence } = await checklist([{ run: 'true' }, broken, { run: 'false | cat' }]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/FAIL {2}Command 2: exit 3 after \d\.\d s: 3 tests failed/);
    expect(out).toMatch(/FAIL {2}Command 3: exit 1/);
    expect(evidence).toMatchObject({
      measurements: [{ kind: 'checks', checks: [{ ok: true }, { ok: false, expected: 'exit 0' }, { ok: false }] }],
      qualityIssues: [],
    });
  });

  it.each([
    ['a tool that is missing', { run: ['no-such-tool', 'x'] }, 'no-such-tool is not installed'],
    ['a folder that is missing', { run: ['true'], in: 'no-such-folder' }, 'there is no folder'],
    ['a tool that is missing within a line', { run: 'true && no-such-tool' }, 'was not found'],
    ['a file that is no program', { run: './package.json' }, 'is not executable'],
  ])('leaves %s open and says how to get it', async (_name, command, why) => {
    const { exitCode, out, evidence } = await checklist([{ ...command, advice: 'install it from there' }]);
    expect(exitCode).toBe(2);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(why);
    expect(out).toContain('install it from there');
    expect(evidence).toMatchObject({
      measurements: [{ checks: [] }],
      qualityIssues: [{ code: 'command-not-runnable', slis: ['checklist.pre-deploy'] }],
    });
  });

  it('stops one that does not end in time, with all that it started, even if it will not listen', async () => {
    const stubborn = { run: `trap '' TERM; sleep 31.71 & sleep 31.71; true`, timeout: '300ms' };
    const { exitCode, evidence } = await checklist([stubborn]);
    expect(exitCode).toBe(2);
    expect(evidence).toMatchObject({
      measurements: [{ checks: [] }],
      qualityIssues: [{ code: 'command-timed-out', message: expect.stringContaining('stopped after 0.3 s') }],
    });
    expect(processesMentioning('sleep 31.71')).toEqual([]);
  });

  it('does not wait for what a command left behind, and ends it', async () => {
    const { exitCode, out } = await checklist([{ run: 'sleep 32.72 & echo done' }]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/exit 0 after [0-3]\.\d s/);
    expect(processesMentioning('sleep 32.72')).toEqual([]);
  });

  it('hands on the variables that are named and no others, and keeps no secret of the output', async () => {
    process.env['PLANTED_TOKEN'] = 'planted-secret';
    process.env['PLANTED_WORD'] = 'a word';
    const show =
      'echo "token ${PLANTED_TOKEN-none}, word ${PLANTED_WORD-none}" >&2; curl_said="Cookie: sid=1"; echo "$curl_said"';
    const { output, evidence } = await checklist([
      { run: show, env: ['PLANTED_TOKEN', 'NOT_THERE'] },
      { run: `${show}; exit 1` },
    ]);
    expect(output(1)).toContain('token [redacted], word none');
    expect(output(1)).toContain('Cookie: [redacted]');
    expect(output(2)).toContain('token none, word none');
    expect(evidence).toMatchObject({ facts: { commands: [{ notSet: ['NOT_THERE'] }, {}] } });
    expect(JSON.stringify(evidence)).not.toMatch(/planted-secret|sid=1/);
  });

  it('runs as many at once as the list says', async () => {
    const folder = newFolder();
    const meet = (mine: string, other: string) => `touch ${mine}; until [ -e ${other} ]; do sleep 0.05; done`;
    const pair = [
      { run: meet('a', 'b'), in: folder, timeout: '10s' },
      { run: meet('b', 'a'), in: folder, timeout: '10s' },
    ];
    expect((await checklist(pair, 2)).exitCode).toBe(0);
  });

  it('keeps head and tail of a long output', async () => {
    const { output } = await checklist([{ run: 'seq 1 200000' }]);
    expect(output(1).length).toBeLessThan(140_000);
    expect(output(1)).toMatch(/\n1\n2\n[\s\S]*\n… \d+ lines left out …\n[\s\S]*\n200000\n/);
  });

  it('shows with --dry-run what it would run and what is missing, and runs nothing', async () => {
    const folder = newFolder();
    const { config, out } = configWith([
      { run: ['touch', 'a file'], in: folder },
      { run: ['no-such-tool'], advice: 'get it' },
    ]);
    const said = await run('checklist', 'pre-deploy', '--config', config, '--out', out, '--dry-run');
    expect(said.exitCode).toBe(0);
    expect(said.out).toContain("$ touch $'a file'");
    expect(said.out).toContain('cannot run here: no-such-tool is not installed; get it');
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(out)).toBe(false);
  });

  it('explains a list that is not there', async () => {
    const { exitCode, err } = await run('checklist', 'pre-deply');
    expect(exitCode).toBe(3);
    expect(err).toContain('There is no list of commands called "pre-deply". Did you mean "pre-deploy"?');
  });
});

describe('the commands probe', () => {
  it('says what an interruption left undone, and leaves nothing running', async () => {
    const controller = new AbortController();
    const command = { title: 'Long', run: 'echo begun; sleep 33.73', in: '.', env: [], timeoutMs: 60_000 };
    const evidence = await collectCommands(
      { name: 'x', list: 'x', title: 'x', parallel: 1, each: [command, { ...command, title: 'Next' }] },
      {
        runFolder: newFolder(),
        redactor: redactorFor({}),
        shell: realShell(),
        signal: controller.signal,
        onProgress: (text) => {
          if (text.endsWith('begun')) controller.abort();
        },
      },
    );
    expect(evidence).toMatchObject({
      measurements: [{ checks: [] }],
      qualityIssues: [{ code: 'interrupted' }, { code: 'interrupted' }],
    });
    expect(processesMentioning('sleep 33.73')).toEqual([]);
  });
});

describe('rampgate gate', () => {
  const only = ['--only', 'checklist.pre-deploy', '--json'] as const;

  it('answers S1 and S2 on the demo with what it really ran, and says so in the title', async () => {
    const { out, exitCode } = await run('gate', '--out', newFolder(), ...only);
    const report = JSON.parse(out);
    expect(report.findings, out).toMatchObject([
      {
        outcome: 'pass',
        title: "Pre-deploy commands: the demo's own tests and types, not SkillMeat's",
        observed: { samples: 4 },
      },
    ]);
    expect(report.verdict).toBe('go');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['fails', [{ run: 'exit 4' }, { run: ['no-such-tool'] }], 'no-go', 'exit 4 after'],
    [
      'stays open',
      [{ run: 'true' }, { run: ['no-such-tool'], advice: 'get it' }],
      'inconclusive',
      'not installed; get it',
    ],
  ])('%s with its commands, in S1 and S2 as well', async (_name, commands, verdict, why) => {
    const { config, out } = configWith(commands);
    const { out: json } = await run('gate', '--config', config, '--out', out, ...only);
    const report = JSON.parse(json);
    expect(report.verdict).toBe(verdict);
    expect(report.findings[0].message).toContain(why);
    const answers = report.successCriteria.filter(({ id }: { id: string }) => id === 'S1' || id === 'S2');
    expect(new Set(answers.map(({ outcome }: { outcome: string }) => outcome)).size).toBe(1);
    expect(answers[0].outcome).toBe(verdict === 'no-go' ? 'fail' : 'inconclusive');
    // What was saved is enough to judge it again.
    const again = await run('judge', join(out, 'latest'), '--json');
    expect(JSON.parse(again.out).findings).toEqual(report.findings);
  });

  it('writes no secret of environment, output or configuration anywhere into the run folder', async () => {
    process.env['PLANTED_TOKEN'] = 'planted-secret';
    const says = 'echo "$PLANTED_TOKEN"; echo "https://ada:planted-pass@example.test/?sig=planted-sig failed"; exit 1';
    const steps = [
      {
        title: 'Back',
        layer: 'backend',
        verify: 'look',
        command: 'deploy --password planted-word --to planted-secret',
      },
    ];
    const { config, out } = configWith([{ run: says, env: ['PLANTED_TOKEN'] }], 1, { rollback: { steps } });
    const { exitCode, out: json } = await run('gate', '--config', config, '--out', out, ...only);
    expect(exitCode).toBe(1);
    expect(json).toContain('[redacted]');
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toContain('commands-pre-deploy-1.txt');
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toMatch(/planted-(?:secret|pass|sig|word)/);
    }
  });
});
