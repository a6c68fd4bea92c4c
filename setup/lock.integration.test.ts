import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withLock } from './lock.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

const lockModule = pathToFileURL(join(import.meta.dirname, 'lock.mjs')).href;

function newLock() {
  const folder = newFolder();
  const told: string[] = [];
  return {
    folder,
    told,
    lock: { file: join(folder, 'lock'), waitLimitMs: 20_000, say: (text: string) => told.push(text) },
  };
}

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock', () => {
  it('makes the second wait for the first, and say so', async () => {
    const { lock, told } = newLock();
    const order: string[] = [];
    const finish = Promise.withResolvers<void>();
    const first = withLock(lock, async () => {
      await finish.promise;
      order.push('first');
    });
    const second = withLock({ ...lock, say: (text) => (told.push(text), finish.resolve()) }, async () =>
      order.push('second'),
    );
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    expect(told).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });

  it('is released when the act fails', async () => {
    const { lock } = newLock();
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock.file)).toBe(false);
  });

  it('of a process that has died is broken at once', async () => {
    const { lock, told } = newLock();
    writeFileSync(lock.file, `${await endedPid()} on ${hostname()} since before\n`);
    expect(await withLock(lock, async () => 'done')).toBe('done');
    expect(told).toEqual([]);
  });

  it('of another machine is not broken, and the message names the file to remove', async () => {
    const { lock } = newLock();
    writeFileSync(lock.file, `${await endedPid()} on some-other-host since before\n`);
    const waiting = withLock({ ...lock, waitLimitMs: 0 }, async () => 'done');
    await expect(waiting).rejects.toThrow(new RegExp(`some-other-host.*\n.*${lock.file}`));
  });

  it('lets one in at a time when many find the same dead holder', async () => {
    const { folder, lock } = newLock();
    writeFileSync(lock.file, `${await endedPid()} on ${hostname()} since before\n`);
    const log = join(folder, 'log');
    const script = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from '${lockModule}';
      await withLock({ file: '${lock.file}', waitLimitMs: 20000, say: () => {} }, async () => {
        appendFileSync('${log}', 'in ');
        await sleep(20);
        appendFileSync('${log}', 'out ');
      });`;
    const args = ['--input-type=module', '--eval', script];
    const children = Array.from({ length: 6 }, () => spawn(process.execPath, args, { stdio: 'inherit' }));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(6));
  });
});
