import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare, stepsFor } from './prepare.mjs';
import { showProgress } from './progress.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

function cloneThatListens() {
  const told: string[] = [];
  const progress = showProgress({ write: (text: string) => told.push(text) });
  return { clone: { root: newFolder(), env: {}, progress }, told };
}

function step(title: string, ready: boolean, done: string[]) {
  let isReady = ready;
  const makeReady = async () => {
    done.push(title);
    isReady = true;
  };
  return { title, isReady: () => isReady, makeReady };
}

describe('prepare', () => {
  it('is silent and leaves nothing behind when there is nothing to do', async () => {
    const { clone, told } = cloneThatListens();
    const done: string[] = [];
    await prepare(clone, [step('a', true, done), step('b', true, done)]);
    expect({ done, told, locked: existsSync(join(clone.root, '.setup.lock')) }).toEqual({
      done: [],
      told: [],
      locked: false,
    });
  });

  it('does what is missing, in order, and tells', async () => {
    const { clone, told } = cloneThatListens();
    const done: string[] = [];
    await prepare(clone, [step('a', false, done), step('b', true, done), step('c', false, done)]);
    expect(done).toEqual(['a', 'c']);
    expect(told.join('')).toContain('c: done in');
  });

  it('stops at the first step that cannot be helped, and releases the lock', async () => {
    const { clone } = cloneThatListens();
    const done: string[] = [];
    const broken = { title: 'a', isReady: () => false, makeReady: () => Promise.reject(new Error('no disk')) };
    await expect(prepare(clone, [broken, step('b', false, done)])).rejects.toThrow('no disk');
    expect({ done, locked: existsSync(join(clone.root, '.setup.lock')) }).toEqual({ done: [], locked: false });
  });
});

describe('stepsFor', () => {
  const titles = (entry: string, ...args: string[]) => stepsFor(entry, args).length;

  it.each([
    ['harness/cli.ts', ['gate'], 3],
    ['harness/cli.ts', ['bundle', '--save'], 3],
    ['harness/cli.ts', ['gate', '--browser', '/opt/chrome'], 2],
    ['harness/cli.ts', ['gate', '--help'], 1],
    ['harness/cli.ts', ['drill', '--fast'], 3],
    ['harness/cli.ts', ['watch', '--for', '10min'], 3],
    ['harness/cli.ts', ['compare', 'demo', 'demo:slow-diff=20'], 3],
    ['harness/cli.ts', ['checklist', 'deploy'], 3],
    ['harness/cli.ts', ['rollback', 'reports/latest', '--execute'], 3],
    ['harness/cli.ts', ['rollback', '--check'], 1],
    ['harness/cli.ts', ['judge', 'reports/latest'], 1],
    ['harness/cli.ts', ['demo', '--fault', 'slow-diff'], 2],
    ['harness/cli.ts', [], 1],
    ['checks/run.ts', ['unit'], 3],
  ] as const)('%s %j needs %i steps', (entry, args, count) => {
    expect(titles(entry, ...args)).toBe(count);
  });
});
