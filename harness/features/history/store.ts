/** `rampgate store rebuild`: the index again from the run folders, which are the truth. */
import { resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { addMissing, addressOf, withStore, wordsOf } from '../../store/open-store.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { StoreFlags } from './describe-store.ts';

/** A shared store is not emptied: it gets what it lacks of this folder, as opening it does anyway. */
export async function storeRebuildCommand(flags: StoreFlags, shell: Shell): Promise<number> {
  const { rollout } = await loadConfig(resolve(shell.cwd, flags.config));
  const reports = resolve(shell.cwd, flags.out);
  const isShared = addressOf(rollout.store, shell) !== null;
  await withStore({ reports, configured: rollout.store }, shell, async (store) => {
    if (isShared) {
      shell.out(`${store.place} is shared and was not emptied; it knows all of ${shortestPath(reports, shell)} now.\n`);
    } else shell.out(await rebuilt(store, reports, shell));
  });
  return exitCodes.go;
}

/** Emptied first and read then: a run that another process puts in between is in its folder already. */
async function rebuilt(store: RunStore, reports: string, shell: Shell): Promise<string> {
  const before = await store.knownRuns();
  await store.forgetAll();
  const { runs, decisions } = await addMissing(store, { reports }, shell);
  const after = new Set((await store.knownRuns()).map(({ id }) => id));
  const forgotten = before.filter(({ id }) => !after.has(id)).length;
  const gone = forgotten === 0 ? '' : ` Forgotten: ${wordsOf(forgotten, 0)} whose folder is not there.`;
  return `${store.place} was made anew: ${wordsOf(runs, decisions)}.${gone}\n`;
}
