/** `rampgate store merge`: what another folder of reports, or its index alone, knows and this one does not. */
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { saveDecision } from '../../store/decision-files.ts';
import { type Added, addMissing, withStore, wordsOf } from '../../store/open-store.ts';
import { type RunStore, StoreUnavailable } from '../../store/run-store.ts';
import { openSqlStore } from '../../store/sql-store.ts';
import { openSqlite } from '../../store/sqlite.ts';
import type { StoredRun } from '../../store/stored-run.ts';
import type { StoreFlags } from './describe-store.ts';

const indexName = 'index.sqlite';

/** Runs and decisions have ids of their own, so that nothing is ever overwritten. The others are left as they are. */
export async function storeMergeCommand(others: readonly string[], flags: StoreFlags, shell: Shell): Promise<number> {
  const { rollout } = await loadConfig(resolve(shell.cwd, flags.config));
  const reports = resolve(shell.cwd, flags.out);
  const places = others.map((other) => resolve(shell.cwd, other));
  // All are looked at before anything is added.
  for (const place of places) if (!isStore(place)) throw mistakes.noStoreThere(shortestPath(place, shell));
  await withStore({ reports, configured: rollout.store }, shell, async (store) => {
    for (const place of places) {
      const { runs, decisions } = await mergeFrom(place, store, { reports, shell });
      shell.out(`${store.place} got ${wordsOf(runs, decisions)} of ${shortestPath(place, shell)}.\n`);
    }
  });
  return exitCodes.go;
}

function isStore(place: string): boolean {
  if (!existsSync(place)) return false;
  const isFolder = statSync(place).isDirectory();
  return isFolder ? existsSync(join(place, indexName)) || existsSync(join(place, 'baselines')) : true;
}

interface Into {
  readonly reports: string;
  readonly shell: Shell;
}

/** Whole runs and decisions of a folder first, as the truth; then what only its index knows. */
async function mergeFrom(place: string, store: RunStore, { reports, shell }: Into): Promise<Added> {
  const isFolder = statSync(place).isDirectory();
  const ofFolder = isFolder ? await addMissing(store, { reports: place }, shell) : { runs: 0, decisions: 0 };
  const index = isFolder ? join(place, indexName) : place;
  const ofIndex = existsSync(index)
    ? await onCopyOf(index, shell, (other) => addFrom(other, store))
    : { runs: 0, decisions: 0 };
  await keepDecisions(store, reports);
  return { runs: ofFolder.runs + ofIndex.runs, decisions: ofFolder.decisions + ofIndex.decisions };
}

/** To open an index is to write into its folder, and to bring it up to date: that is done with a copy. */
async function onCopyOf<T>(index: string, shell: Shell, use: (other: RunStore) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-merge-'));
  const place = shortestPath(index, shell);
  try {
    // What a run that was killed wrote last may still be in the log beside it.
    for (const ending of ['', '-wal']) {
      if (existsSync(index + ending)) cpSync(index + ending, join(folder, indexName + ending));
    }
    const other = await openSqlStore(openSqlite(join(folder, indexName), place));
    try {
      return await use(other);
    } finally {
      await other.close();
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) throw mistakes.unreadableStore(error.message);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addFrom(other: RunStore, store: RunStore): Promise<Added> {
  const known = new Set((await store.knownRuns()).map(({ id }) => id));
  const runs: StoredRun[] = [];
  for (const { id } of await other.knownRuns()) {
    const run = known.has(id) ? null : await other.run(id);
    if (run !== null) runs.push(run);
  }
  await store.putRuns(runs);
  const decided = new Set((await store.decisions()).map(({ id }) => id));
  const missing = (await other.decisions()).filter(({ id }) => !decided.has(id));
  for (const decision of missing) await store.putDecisions([(await other.accepted(decision.id)) ?? decision]);
  return { runs: runs.length, decisions: missing.length };
}

/** A decision is a file of its own as well, so that an index made anew knows it. */
async function keepDecisions(store: RunStore, reports: string): Promise<void> {
  for (const decision of await store.decisions()) {
    if (existsSync(join(reports, 'baselines', `${decision.id}.json`))) continue;
    saveDecision(reports, decision.id, (await store.accepted(decision.id)) ?? decision);
  }
}
