/** The run store over any SQL database. */

import { z } from 'zod';
import { acceptedBaselineSchema, baselineDecisionSchema } from './decision.ts';
import { migrations } from './migrations.ts';
import {
  criterionColumns,
  criterionValues,
  decisionRow,
  readCriterion,
  readRun,
  runColumns,
  runValues,
} from './rows.ts';
import { type RunQuery, type RunStore, type SeriesPoint, StoreUnavailable } from './run-store.ts';
import { seriesKey } from './series-key.ts';
import type { Row, Sql, Value } from './sql.ts';
import type { StoredRun } from './stored-run.ts';

/** Brings the tables up to this Rampgate's and opens the store. Rejects with a StoreUnavailable, the database closed. */
export async function openSqlStore(database: Sql): Promise<RunStore> {
  const sql = queued(database);
  try {
    await migrate(sql);
  } catch (error) {
    await sql.close();
    throw error;
  }
  return {
    place: sql.place,
    putRuns: (runs) =>
      sql.transaction(async () => {
        for (const run of runs) await putRun(sql, run);
      }),
    runs: async (query) => (await selectRuns(sql, query)).map(readRun),
    run: async (id) => {
      const [row] = await sql.all(`SELECT * FROM rampgate_runs WHERE id = ?`, [id]);
      if (row === undefined) return null;
      const criteria = await sql.all('SELECT * FROM rampgate_criteria WHERE run_id = ? ORDER BY position', [id]);
      return { ...readRun(row), criteria: criteria.map(readCriterion) };
    },
    points: (query = {}) => pointsOf(sql, query),
    knownRuns: async () =>
      (await sql.all('SELECT id, gate_sha256 FROM rampgate_runs')).map((row) => ({
        id: String(row['id']),
        gateSha256: String(row['gate_sha256']),
      })),
    putDecisions: (decisions) =>
      sql.transaction(async () => {
        for (const decision of decisions) {
          await sql.all(
            'INSERT INTO rampgate_decisions (id, at, decision, accepted) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
            decisionRow(decision),
          );
        }
      }),
    decisions: async () =>
      (await sql.all('SELECT decision FROM rampgate_decisions ORDER BY at, id')).map(({ decision }) =>
        parsed(sql, baselineDecisionSchema, decision),
      ),
    accepted: async (id) => {
      const [row] = await sql.all('SELECT accepted FROM rampgate_decisions WHERE id = ?', [id]);
      const accepted = row?.['accepted'];
      return typeof accepted === 'string' ? parsed(sql, acceptedBaselineSchema, accepted) : null;
    },
    forgetAll: async () => {
      if (sql.isShared) throw new Error('a shared store is not emptied');
      await sql.transaction(async () => {
        for (const table of ['criteria', 'runs', 'decisions']) await sql.all(`DELETE FROM rampgate_${table}`);
      });
    },
    close: () => sql.close(),
  };
}

/** A column's JSON. Throws a StoreUnavailable where it is not what it should be. */
function parsed<T>({ place }: Sql, schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(JSON.parse(String(json)));
  if (read.success) return read.data;
  throw new StoreUnavailable(`${place} holds a decision that cannot be read: ${z.prettifyError(read.error)}`);
}

/** Queues transactions: a connection has one at a time. */
function queued(sql: Sql): Sql {
  let last: Promise<unknown> = Promise.resolve();
  const afterLast = <T>(act: () => Promise<T>): Promise<T> => {
    const result = last.then(act);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    ...sql,
    transaction: (work) => afterLast(() => sql.transaction(work)),
    alone: (work) => afterLast(() => sql.alone(work)),
  };
}

/** Runs the migrations that are missing; leaves a store of a newer Rampgate untouched. */
async function migrate(sql: Sql): Promise<void> {
  await sql.alone(async () => {
    await sql.all('CREATE TABLE IF NOT EXISTS rampgate_schema (version INTEGER NOT NULL)');
    const [row] = await sql.all('SELECT version FROM rampgate_schema');
    const version = Number(row?.['version'] ?? 0);
    if (version > migrations.length) {
      throw new NewerStore(
        `${sql.place} has schema version ${version}, and this Rampgate knows ${migrations.length}: use a newer Rampgate`,
      );
    }
    for (const statement of migrations.slice(version).flat()) await sql.all(statement);
    if (row === undefined) await sql.all('INSERT INTO rampgate_schema (version) VALUES (?)', [migrations.length]);
    else await sql.all('UPDATE rampgate_schema SET version = ?', [migrations.length]);
  });
}

/** The tables are a newer Rampgate's. */
export class NewerStore extends StoreUnavailable {}

async function putRun(sql: Sql, run: StoredRun): Promise<void> {
  const updates = runColumns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
  await sql.all(
    `INSERT INTO rampgate_runs (${runColumns.join(', ')}) VALUES ${placeholders(1, runColumns.length)}
     ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    runValues(run),
  );
  await sql.all('DELETE FROM rampgate_criteria WHERE run_id = ?', [run.id]);
  if (run.criteria.length === 0) return;
  await sql.all(
    `INSERT INTO rampgate_criteria (${criterionColumns.join(', ')}) VALUES ${placeholders(run.criteria.length, criterionColumns.length)}`,
    run.criteria.flatMap((criterion, position) => criterionValues(criterion, { runId: run.id, position })),
  );
}

/** `(?, ?), (?, ?)` for two rows of two. */
function placeholders(rows: number, columns: number): string {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  return Array.from({ length: rows }, () => row).join(', ');
}

/** Newest first. */
async function selectRuns(sql: Sql, query: RunQuery = {}): Promise<readonly Row[]> {
  const { where, values } = conditionsOf(query);
  const limit = query.last === undefined ? '' : ' LIMIT ?';
  return sql.all(`SELECT * FROM rampgate_runs${where} ORDER BY started_at DESC, id DESC${limit}`, [
    ...values,
    ...(query.last === undefined ? [] : [query.last]),
  ]);
}

function conditionsOf({ rollout, profile, target, release, verdict }: RunQuery) {
  const given = Object.entries({ rollout, profile, target, release, verdict }).filter(
    (one): one is [string, NonNullable<(typeof one)[1]>] => one[1] !== undefined,
  );
  const where = given.length === 0 ? '' : ` WHERE ${given.map(([column]) => `${column} = ?`).join(' AND ')}`;
  return { where, values: given.map(([, value]): Value => value) };
}

async function pointsOf(
  sql: Sql,
  { criterion, ...query }: RunQuery & { readonly criterion?: string },
): Promise<readonly SeriesPoint[]> {
  const runs = new Map((await selectRuns(sql, query)).map((row) => [String(row['id']), readRun(row)]));
  const rows = await sql.all(
    `SELECT rampgate_criteria.* FROM rampgate_criteria JOIN rampgate_runs ON id = run_id
     WHERE value IS NOT NULL${criterion === undefined ? '' : ' AND criterion = ?'} ORDER BY started_at, run_id, position`,
    criterion === undefined ? [] : [criterion],
  );
  return rows.flatMap((row) => {
    const run = runs.get(String(row['run_id']));
    const finding = readCriterion(row);
    const { statistic, value } = finding;
    const key = run === undefined ? null : seriesKey(run, finding);
    if (run === undefined || key === null || statistic === null || value === null) return [];
    return [{ key, run, finding: { ...finding, statistic, value } }];
  });
}
