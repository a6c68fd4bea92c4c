import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPutBack } from './put-back.ts';

let root: string;
let home: string;
let folder: string;
let store: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rampgate-put-back-'));
  home = join(root, 'home');
  folder = join(home, 'project');
  store = join(root, 'store');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'deep', 'file'), 'as it was');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function change(): void {
  writeFileSync(join(folder, 'deep', 'file'), 'changed');
  writeFileSync(join(folder, 'new'), 'was not there');
}

function expectAsItWas(): void {
  expect(readFileSync(join(folder, 'deep', 'file'), 'utf8')).toBe('as it was');
  expect(readdirSync(folder)).toEqual(['deep']);
}

describe('putting back', () => {
  it('makes a folder as it was, and forgets it then', () => {
    const kept = openPutBack(store);
    kept.keep(folder);
    change();
    expect(kept.putBack()).toEqual([folder]);
    expectAsItWas();
    expect(kept.putBack()).toEqual([]);
  });

  it('happens before the next run where this one crashed', () => {
    const crashed = spawnSync(process.execPath, ['-e', '']).pid;
    openPutBack(store, { pid: crashed, isRunning: () => true }).keep(folder);
    change();
    expect(openPutBack(store).putBack()).toEqual([folder]);
    expectAsItWas();
    expect(readdirSync(store)).toEqual([]);
  });

  it('leaves alone what another run, still at work, has kept', () => {
    const other = openPutBack(store, { pid: process.ppid, isRunning: () => true });
    other.keep(folder);
    change();
    expect(openPutBack(store).putBack()).toEqual([]);
    expect(readFileSync(join(folder, 'deep', 'file'), 'utf8')).toBe('changed');
    expect(other.putBack()).toEqual([folder]);
    expectAsItWas();
  });

  it('makes nothing of a copy that is not whole', () => {
    mkdirSync(join(store, `${process.pid}-half-a-copy`, 'files'), { recursive: true });
    expect(openPutBack(store).putBack()).toEqual([]);
    expectAsItWas();
    expect(readdirSync(store)).toEqual([]);
  });

  it('makes a folder anew that was taken away, by a check or by a crash in the middle of putting back', () => {
    openPutBack(store).keep(folder);
    rmSync(folder, { recursive: true });
    expect(openPutBack(store).putBack()).toEqual([folder]);
    expectAsItWas();
  });

  it('makes nothing anew of a target that is gone', () => {
    openPutBack(store).keep(folder);
    rmSync(home, { recursive: true });
    openPutBack(store).putBack();
    expect(existsSync(home)).toBe(false);
    expect(readdirSync(store)).toEqual([]);
  });

  it('is not promised of a folder that is not there', () => {
    expect(() => openPutBack(store).keep(join(root, 'nowhere'))).toThrow(/nowhere/);
    expect(openPutBack(store).putBack()).toEqual([]);
  });
});
