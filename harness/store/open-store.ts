/** Opens the store that a configuration names, and adds what it lacks of the run folders. */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import { type Shell, shortestPath } from '../lib/shell.ts';
import { parseGateReport, UnreadableReport } from '../model/gate-report.ts';
import type { StoreAddress } from '../model/store-address.ts';
import type { AcceptedBaseline, BaselineDecision } from './decision.ts';
import { decisionIds, readDecision } from './decision-files.ts';
import { openPostgres } from './postgres.ts';
import { gateTextOf, judgedRuns } from './read-run.ts';
import { type RunStore, StoreUnavailable } from './run-store.ts';
import { NewerStore, openSqlStore } from './sql-store.ts';
import { openSqlite } from './sqlite.ts';
import { storedRun } from './stored-run.ts';

export interface StorePlace {
  /** Absolute path of the folder that run folders go into. */
  readonly reports: string;
  readonly configured: StoreAddress | undefined;
  /** Id of a run that is not to be added: the caller adds it. */
  readonly except?: string;
}

/** Opens the store, uses it and closes it. Throws an OperatorMistake where the store does not answer. */
export async function withStore<T>(place: StorePlace, shell: Shell, use: (store: RunStore) => Promise<T>): Promise<T> {
  try {
    return await tryStore(place, shell, use);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw mistakes.storeUnavailable(error.message);
    throw error;
  }
}

/** The same for callers that can go on without a store: rejects with a StoreUnavailable. */
export async function tryStore<T>(place: StorePlace, shell: Shell, use: (store: RunStore) => Promise<T>): Promise<T> {
  const store = await openStore(place, shell);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Prints what was added and what could not be read. */
async function openStore({ reports, configured, except }: StorePlace, shell: Shell): Promise<RunStore> {
  const address = addressOf(configured, shell);
  const store = address === null ? await openIndex(reports, shell) : await openSqlStore(await openPostgres(address));
  try {
    const { runs, decisions } = await addMissing(store, { reports, except }, shell);
    if (runs + decisions > 0) {
      shell.err(`${store.place} did not know ${wordsOf(runs, decisions)} of ${shortestPath(reports, shell)}: added.\n`);
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The shared store's address; null for the index beside the runs. Throws an OperatorMistake for an incomplete configuration. */
export function addressOf(configured: StoreAddress | undefined, { env }: Pick<Shell, 'env'>): string | null {
  if (configured === undefined) return null;
  if (configured.kind === 'address') return configured.address;
  const address = env[configured.name];
  if (address === undefined || address === '') throw mistakes.noStoreAddress(configured.name);
  if (!/^postgres(?:ql)?:\/\//.test(address) || !URL.canParse(address)) throw mistakes.badStoreAddress(configured.name);
  return address;
}

/** Rebuilds an index that is broken or of a newer Rampgate: it holds nothing that the folders do not hold. */
async function openIndex(reports: string, shell: Shell): Promise<RunStore> {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, 'index.sqlite');
  const place = shortestPath(file, shell);
  try {
    return await openSqlStore(openSqlite(file, place));
  } catch (error) {
    const isUseless =
      error instanceof NewerStore || (error instanceof StoreUnavailable && isBroken.test(error.message));
    if (!isUseless) throw error;
    shell.err(`${error.message}. It is made anew from the run folders.\n`);
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return openSqlStore(openSqlite(file, place));
  }
}

const isBroken = /file is not a database|malformed/;

export interface Added {
  readonly runs: number;
  readonly decisions: number;
}

/** How many runs are added in one transaction. */
const batch = 200;

/** Adds the runs and decisions of the folder that the store does not know; prints the names of those that cannot be read. */
export async function addMissing(
  store: RunStore,
  { reports, except }: Pick<StorePlace, 'reports'> & { readonly except?: string | undefined },
  shell: Shell,
): Promise<Added> {
  const known = new Set([...(await store.knownRuns()).map(({ id }) => id), except]);
  const missing = judgedRuns(reports).filter((id) => !known.has(id));
  let runs = 0;
  for (let from = 0; from < missing.length; from += batch) {
    const read = missing.slice(from, from + batch).flatMap((id) => readStored(reports, id, shell) ?? []);
    const fresh = read.filter(({ id }) => !known.has(id));
    await store.putRuns(fresh);
    runs += fresh.length;
  }
  const decided = new Set((await store.decisions()).map(({ id }) => id));
  const decisions = decisionIds(reports)
    .filter((id) => !decided.has(id))
    .flatMap((id) => readStoredDecision(reports, id, shell) ?? []);
  await store.putDecisions(decisions);
  return { runs, decisions: decisions.length };
}

function readStored(reports: string, id: string, shell: Shell) {
  const text = gateTextOf(join(reports, id));
  try {
    const report = parseGateReport(parseSaved(text));
    if (report.run.drill === undefined) return storedRun(text, report);
    leaveOut(join(reports, id, 'gate.json'), 'it is part of a drill, and no run of its target as it is', shell);
    return null;
  } catch (error) {
    if (!(error instanceof UnreadableReport || error instanceof SyntaxError)) throw error;
    leaveOut(join(reports, id, 'gate.json'), error.message, shell);
    return null;
  }
}

function readStoredDecision(reports: string, id: string, shell: Shell): BaselineDecision | AcceptedBaseline | null {
  const decision = readDecision(reports, id);
  if (typeof decision !== 'string') return decision;
  leaveOut(join(reports, 'baselines', `${id}.json`), decision, shell);
  return null;
}

function leaveOut(file: string, why: string, shell: Shell): void {
  shell.err(`${shortestPath(file, shell)} is left out of the store: ${why}\n`);
}

/** `3 runs and 1 decision`. */
export function wordsOf(runs: number, decisions: number): string {
  const countOf = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
  const parts = [
    ...(runs > 0 || decisions === 0 ? [countOf(runs, 'run')] : []),
    ...(decisions > 0 ? [countOf(decisions, 'decision')] : []),
  ];
  return parts.join(' and ');
}
