/** Puts folders back as they were after something was tried on them: at the end, or, after a crash, before the next time. */
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PutBack {
  /** Copies a folder before it is changed. Throws when it is not there. */
  readonly keep: (folder: string) => void;
  /** Puts back what was kept, by this run or by one that did not come to it. Says which folders. */
  readonly putBack: () => readonly string[];
}

/** Copies lie under `store` until they are put back; a record is complete once its `folder.txt` is there. */
export function openPutBack(store: string): PutBack {
  return {
    keep(folder) {
      const record = join(store, randomUUID());
      mkdirSync(record, { recursive: true });
      cpSync(folder, join(record, 'files'), { recursive: true, preserveTimestamps: true });
      writeFileSync(join(record, 'folder.txt'), folder);
    },
    putBack() {
      if (!existsSync(store)) return [];
      return readdirSync(store).flatMap((name) => {
        const record = join(store, name);
        const note = join(record, 'folder.txt');
        const folder = existsSync(note) ? readFileSync(note, 'utf8') : null;
        // A throw-away target takes its files with it.
        if (folder !== null && existsSync(folder)) {
          rmSync(folder, { recursive: true });
          cpSync(join(record, 'files'), folder, { recursive: true, preserveTimestamps: true });
        }
        rmSync(record, { recursive: true });
        return folder === null ? [] : [folder];
      });
    },
  };
}
