/** Where this run measured: what must be the same before two runs may be compared. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, release, totalmem, type, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Environment, RunIdentity } from '../model/run.ts';
import { packageRoot } from './package-root.ts';

/** The machine that measures; which browser did is for the evidence to say. */
export function machineOf(): Omit<Environment, 'browser'> {
  const processors = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return {
    machineClass: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memoryGiB} GiB, ${arch()}`,
    os: `${type()} ${release()}`,
    node: process.version,
  };
}

/** As IANA names it: `Europe/Berlin`. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** This Rampgate's version and, in a clone, its commit; `-dirty` when files were changed since. */
export function toolVersion(): RunIdentity['tool'] {
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return { version, commit: commitOf(packageRoot) };
}

function commitOf(folder: string): string {
  if (!existsSync(join(folder, '.git'))) return 'unknown';
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '-dirty');
  } catch {
    return 'unknown'; // no git, or a folder that it does not trust
  }
}

/** Of whoever runs this, as the system has it, where the environment does not say. */
export function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined; // a container may run as a number that has no name
  }
}
