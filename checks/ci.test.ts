/** What docs/ci gives people to copy: GitHub would take it, and the commands in it exist. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../rampgate.config.ts';
import { temporaryFolders } from '../setup/temporary-folders.ts';
import { run } from './run-command-line.ts';

// The parser imports its schema as only a bundler understands it.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.min.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, 'docs', 'ci', file), 'utf8');
const workflow = read('nightly.yml');
const accepting = read('accept.yml');
const crontab = read('crontab');

/** What GitHub's own parser, with the schema that GitHub publishes in it, finds wrong. */
async function problemsOf(content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name: 'nightly.yml', content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(String);
}

describe('the nightly workflow', () => {
  it('is one that GitHub takes', async () => {
    expect(await problemsOf(workflow)).toEqual([]);
  });

  it('has one beside it that accepts a release, from the same cache and never at the same time', async () => {
    expect(await problemsOf(accepting)).toEqual([]);
    const cached = (text: string) =>
      [...text.matchAll(/path: \|\n((?: {12}reports\/\w.*\n)+)/g)].map(([, paths]) => paths);
    expect(cached(accepting)).toEqual(cached(workflow));
    expect(cached(accepting)).toHaveLength(2);
    for (const line of ['group: rampgate-nightly', 'restore-keys: rampgate-store-']) {
      expect(accepting).toContain(line);
      expect(workflow).toContain(line);
    }
  });

  it.each([
    ['an unknown key', workflow.replace('timeout-minutes:', 'timeout-minute:')],
    ['a time that is none', workflow.replace('7 3 * * *', '99 3 * * *')],
    ['an unknown function', workflow.replace('!cancelled()', '!canceled()')],
    ['a step that is neither', workflow.replace('run: npm run gate', 'runs: npm run gate')],
  ])('would be refused with %s', async (_what, broken) => {
    expect(broken).not.toBe(workflow);
    expect(await problemsOf(broken)).not.toEqual([]);
  });

  it('keeps what was measured when the gate is red, and never lets two run at once', () => {
    const afterGate = workflow.slice(workflow.indexOf('- name: Gate'));
    expect(afterGate.match(/- name: /g)).toHaveLength(4);
    expect(afterGate.match(/if: \$\{\{ !cancelled\(\)/g)).toHaveLength(3);
    expect(workflow).toContain('concurrency:');
  });
});

describe('the commands of docs/ci', () => {
  const commands = [...`${workflow}\n${crontab}`.matchAll(/(?:npm run (?=gate)|npx rampgate )([^>|&\n]*)/g)].map(
    ([, words = '']) => words.replace(' -- ', ' ').trim().split(/\s+/),
  );

  it('are a gate of each kind and a history', () => {
    expect(commands.map(([name]) => name)).toEqual(['gate', 'history', 'history', 'gate']);
  });

  it.each(commands)('rampgate %s … exists, with the flags and the profile that it is given', async (...words) => {
    const [name = ''] = words;
    const { out } = await run(name, '--help');
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(out).toContain(`${flag} `);
    expect(Object.keys(config.profiles)).toContain(words[words.indexOf('--profile') + 1]);
  });

  it('are one line for cron, after what it has to know', () => {
    const lines = crontab.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^PATH=/);
    expect(lines[1]).toMatch(/^\d+ \d+ \* \* \* cd \S+ && flock -n /);
    // cron takes it for the end of the command.
    expect(lines[1]).not.toContain('%');
  });

  it('have a target to begin with', () => {
    expect(workflow.match(/demo/g)).toHaveLength(2);
    expect(Object.keys(config.targets)).toContain('demo');
  });
});

describe('the step that accepts a release', () => {
  const newFolder = temporaryFolders();
  const script = /- name: Accept\n[\s\S]*?run: \|\n([\s\S]*?)\n\n/.exec(accepting)?.[1] ?? '';

  it('accepts the run of the artifact, with the note as one word', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'measured', 'a-run'), { recursive: true });
    for (const name of ['a-run/gate.json', 'index.sqlite']) writeFileSync(join(folder, 'measured', name), '');
    writeFileSync(join(folder, 'npx'), '#!/bin/sh\nprintf "[%s]" "$@"; echo\n', { mode: 0o755 });
    const summary = join(folder, 'summary.md');
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, GITHUB_STEP_SUMMARY: summary };
    const out = execFileSync('bash', ['-e', '-c', script], { cwd: folder, env: { ...env, NOTE: 'as $(date) says' } });
    const told = '[rampgate][baseline][accept][measured/a-run][--note][as $(date) says]\n';
    expect(out.toString()).toBe(`${told}[rampgate][baseline][list]\n`);
    expect(readFileSync(summary, 'utf8')).toBe(told);
    // A run that is refused is no baseline, and the job is red.
    writeFileSync(join(folder, 'npx'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    expect(() => execFileSync('bash', ['-e', '-c', script], { cwd: folder, env })).toThrow('Command failed');
  });
});

describe('the step that writes the history', () => {
  const newFolder = temporaryFolders();
  const script = /- name: History\n[\s\S]*?run: \|\n([\s\S]*?)\n\n/.exec(workflow)?.[1] ?? '';

  /** Runs it as GitHub does, with a Rampgate that has so much to say. */
  function summaryOf(lines: number): string {
    const folder = newFolder();
    const summary = join(folder, 'summary.md');
    writeFileSync(join(folder, 'npx'), `#!/bin/sh\nyes "a line of history" | head -n ${lines}\n`, { mode: 0o755 });
    const env = {
      ...process.env,
      PATH: `${folder}:${process.env['PATH']}`,
      GITHUB_STEP_SUMMARY: summary,
      TARGET: 'it',
    };
    execFileSync('bash', ['-e', '-c', script], { cwd: folder, env, stdio: 'ignore' });
    return readFileSync(summary, 'utf8');
  }

  it('shows it as text', () => {
    expect(summaryOf(2)).toBe('```text\na line of history\na line of history\n\n```\n');
  });

  it('stays within the 1 MiB that GitHub takes', () => {
    const summary = summaryOf(200_000);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(2 ** 20);
    expect(summary).toMatch(/\n```\n$/);
  });
});
