/** Puts folders back as they were after something was tried on them: at the end, or, after a crash, before the next time. */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface PutBack {
  /** Copies a folder before it is changed. Throws when it is not there. */
  readonly keep: (folder: string) => void;
  /** Puts back what this process kept, and what others kept that have ended without it. Says which folders. */
  readonly putBack: () => readonly string[];
}

const note = z.object({ folder: z.string(), pid: z.number() });

/** Copies lie under `store` until they are put back; a copy is whole once its `note.json` is there. */
export function openPutBack(store: string, { pid, isRunning }: Processes = thisMachine): PutBack {
  return {
    keep(folder) {
      const record = join(store, `${pid}-${randomUUID()}`);
      mkdirSync(record, { recursive: true });
      cpSync(folder, join(record, 'files'), { recursive: true, preserveTimestamps: true });
      writeFileSync(join(record, 'note.json'), JSON.stringify({ folder, pid }));
    },
    putBack() {
      if (!existsSync(store)) return [];
      return readdirSync(store)
        .filter((name) => isMine(Number(name.split('-')[0])))
        .flatMap((name) => restore(join(store, name)));
    },
  };

  /** Another gate may be at work with what it kept. */
  function isMine(owner: number): boolean {
    return owner === pid || !isRunning(owner);
  }
}

export interface Processes {
  /** Of this process. */
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
}

const thisMachine: Processes = {
  pid: process.pid,
  isRunning: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
};

function restore(record: string): readonly string[] {
  const file = join(record, 'note.json');
  const folder = existsSync(file) ? note.parse(JSON.parse(readFileSync(file, 'utf8'))).folder : null;
  // A throw-away target takes its files with it, and the place where they were.
  if (folder !== null && existsSync(dirname(folder))) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(record, 'files'), folder, { recursive: true, preserveTimestamps: true });
  }
  rmSync(record, { recursive: true });
  return folder === null ? [] : [folder];
}
