import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

const root = join(import.meta.dirname, '..');
const runPinnedModule = pathToFileURL(join(import.meta.dirname, 'run-pinned.mjs')).href;
const folder = newFolder();

/** Starts the launcher with a program of our own in the place of harness/cli.ts. */
function launch(program: string, name: string): ChildProcess {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, program);
  const start = `const { runPinned } = await import('${runPinnedModule}');
    process.exitCode = await runPinned(process.execPath, ['${file}']);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', start], { stdio: ['ignore', 'pipe', 'ignore'] });
}

async function printed(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  return text;
}

/** Counts the signals it gets; the first ends it after a moment in which a second one would be heard. */
const counting = `
  const heard = [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      heard.push(signal);
      setTimeout(() => { console.log(heard.join(' ')); process.exit(42); }, 200);
    });
  setInterval(() => {}, 1000);
  console.log('ready');`;

describe('the launcher', () => {
  it.each([0, 1, 2, 3, 70])('gives back exit code %i of what it runs', async (code) => {
    const [exitCode] = await once(launch(`process.exit(${code})`, `exit-${code}`), 'exit');
    expect(exitCode).toBe(code);
  });

  it('gives back an exit code for what was killed, as a shell does', async () => {
    const [exitCode] = await once(launch("process.kill(process.pid, 'SIGKILL')", 'killed'), 'exit');
    expect(exitCode).toBe(137);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on once, and leaves the decision to what it runs',
    async (signal) => {
      const child = launch(counting, signal);
      const exited = once(child, 'exit');
      child.stdout?.once('data', () => child.kill(signal));
      const [text, [exitCode]] = await Promise.all([printed(child), exited]);
      expect({ text, exitCode }).toEqual({ text: `ready\n${signal}\n`, exitCode: 42 });
    },
  );
});

/** The same Node, claiming another version before anything else is loaded. */
function claimingNode(version: string, args: readonly string[]) {
  const preload = join(folder, `claim-${version}.cjs`);
  const versions = JSON.stringify({ ...process.versions, node: version });
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  return spawnSync(process.execPath, ['--require', preload, ...args], { cwd: root, encoding: 'utf8' });
}

describe('a Node that is too old for set-up', () => {
  it.each([['bin/rampgate.mjs'], ['setup/run.mjs']])('is refused in plain words by %s', (entry) => {
    const { status, stderr } = claimingNode('16.20.2', [entry]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^Rampgate cannot start on Node 16\.20\.2.*\n.*\n$/);
  });
});

describe('a clone that is set up', () => {
  it('says nothing about set-up, on standard output or standard error', () => {
    const run = () => spawnSync(process.execPath, ['bin/rampgate.mjs', '--version'], { cwd: root, encoding: 'utf8' });
    run();
    const { status, stdout, stderr } = run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });
});
