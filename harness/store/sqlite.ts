/** SQLite beside the run folders, by Node's own `node:sqlite`. */

import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../lib/message-of.ts';
import { StoreUnavailable } from './run-store.ts';
import type { Row, Sql, Value } from './sql.ts';

/** How long a writer waits for another. */
const busyTimeoutMs = 30_000;

/** Opens or makes the file; `place` is what messages call it. Throws a StoreUnavailable for a file that is no database. */
export function openSqlite(path: string, place: string): Sql {
  const database = orUnavailable(place, () => {
    const opened = new DatabaseSync(path, { timeout: busyTimeoutMs });
    // Readers never wait for a writer, and a killed process leaves the last committed state.
    opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    return opened;
  });
  const all = (statement: string, values: readonly Value[] = []): Promise<readonly Row[]> =>
    attempt(() => orUnavailable(place, () => database.prepare(statement).all(...values)));
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    // Takes the write lock at once: reading first and writing later fails where another has written in between.
    await all('BEGIN IMMEDIATE');
    try {
      const result = await work();
      await all('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  return { place, isShared: false, all, transaction, alone: transaction, close: () => attempt(() => database.close()) };
}

function orUnavailable<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new StoreUnavailable(`${place}: ${messageOf(error)}`);
  }
}

/** Runs a synchronous act as a promise: a throw rejects it. */
function attempt<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(act());
  });
}
