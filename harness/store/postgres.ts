/** Postgres, which several machines share. The package `pg` is loaded only where one is configured. */
import { messageOf } from '../lib/message-of.ts';
import { StoreUnavailable } from './run-store.ts';
import type { Row, Sql, Value } from './sql.ts';

const connectTimeoutMs = 10_000;
const statementTimeoutMs = 60_000;

/** An arbitrary number, the same in every Rampgate: the lock that is held while tables are changed. */
const migrationLock = 7_267_436_283;

/**
 * Connects to `postgres://user@host:port/database`; `PGPASSWORD` and the other variables of
 * Postgres' own clients add what the address lacks. Rejects with a StoreUnavailable.
 */
export async function openPostgres(address: string): Promise<Sql> {
  const place = placeOf(address);
  const { Client } = await loadClient();
  const client = new Client({
    connectionString: address,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    application_name: 'rampgate',
  });
  // A connection that breaks between two statements makes the next statement fail.
  client.on('error', () => undefined);
  await client.connect().catch(unavailable(place));
  // A connection runs one statement at a time; pg warns where the next one does not wait.
  let last: Promise<unknown> = Promise.resolve();
  const all = async (statement: string, values: readonly Value[] = []): Promise<readonly Row[]> => {
    const answer = last.then(() => client.query<Row>(numbered(statement), [...values]));
    last = answer.catch(() => undefined);
    const { rows } = await answer.catch(unavailable(place));
    return rows;
  };
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await all('BEGIN');
    try {
      const result = await work();
      await all('COMMIT');
      return result;
    } catch (error) {
      // On a broken connection the server has rolled back by itself.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  return {
    place,
    isShared: true,
    all,
    transaction,
    alone: (work) =>
      transaction(async () => {
        await all('SELECT pg_advisory_xact_lock(?)', [migrationLock]);
        return work();
      }),
    close: () => client.end(),
  };
}

async function loadClient() {
  try {
    return (await import('pg')).default;
  } catch {
    throw new StoreUnavailable('the package "pg" is not installed; npm install pg');
  }
}

/** Without user and password. */
function placeOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `Postgres ${host}${pathname}`;
}

/** `?` → `$1`, `$2`, …; no statement of the store has a question mark of its own. */
function numbered(statement: string): string {
  let count = 0;
  return statement.replaceAll('?', () => {
    count += 1;
    return `$${count}`;
  });
}

function unavailable(place: string): (error: unknown) => never {
  return (error) => {
    throw new StoreUnavailable(`${place}: ${reasonOf(error)}`);
  };
}

/** Several addresses of one name that all refuse are an AggregateError with no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return messageOf(error);
}
