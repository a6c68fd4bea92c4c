/** `rampgate history [CRITERION]`: how criteria went from run to run, as text, a page, JSON or CSV. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { defined } from '../../lib/defined.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { suggestionFor } from '../../lib/suggestion.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { AcceptedBaseline } from '../../store/decision.ts';
import { inForce } from '../../store/in-force.ts';
import { type StorePlace, tryStore, withStore } from '../../store/open-store.ts';
import { type RunStore, StoreUnavailable } from '../../store/run-store.ts';
import type { StoredRun } from '../../store/stored-run.ts';
import { assembleHistory } from './assemble-history.ts';
import type { HistoryFlags } from './describe-history.ts';
import type { History } from './model.ts';
import { renderCriterionHistory, renderHistory, renderTrend } from './page/render-history.ts';
import { renderHistoryCsv } from './page/render-history-csv.ts';
import { renderHistoryHtml } from './page/render-history-html.ts';

/** Reads the store and prints; writes nothing but the page, where one is asked for. */
export async function historyCommand(
  criterion: string | undefined,
  flags: HistoryFlags,
  shell: Shell,
): Promise<number> {
  const { rollout } = await loadConfig(resolve(shell.cwd, flags.config));
  const place = { reports: resolve(shell.cwd, flags.out), configured: rollout.store };
  const history = await withStore(place, shell, (store) =>
    rememberedHistory(store, { ...flags, rollout: rollout.name, criterion }),
  );
  if (flags.html !== undefined) savePage(resolve(shell.cwd, flags.html), history, shell);
  if (flags.json === true) shell.out(`${JSON.stringify(history, null, 1)}\n`);
  else if (flags.csv === true) shell.out(renderHistoryCsv(history));
  else if (flags.html === undefined) {
    const render = criterion === undefined ? renderHistory : renderCriterionHistory;
    shell.out(render(history, { width: shell.terminal.width, ascii: flags.ascii === true || isAscii(shell.env) }));
  }
  return exitCodes.go;
}

/** What a run that was just remembered goes on with, for the end of its output; nothing where the store does not answer. */
export async function trendOf(
  { rollout, profile, target }: GateReport['run'],
  place: StorePlace,
  shell: Shell,
): Promise<string> {
  try {
    const asked = { rollout, profile, target: target.name, criterion: undefined, last: '100' };
    const history = await tryStore(place, shell, (store) => rememberedHistory(store, asked));
    return renderTrend(history, { width: shell.terminal.width, ascii: isAscii(shell.env) });
  } catch (error) {
    // That it does not answer was said when the run was put into it.
    if (error instanceof StoreUnavailable) return '';
    throw error;
  }
}

interface Asked {
  readonly rollout: string;
  readonly criterion: string | undefined;
  readonly last: string;
  readonly target?: string;
  readonly profile?: string;
}

/** Throws an OperatorMistake for a criterion that no run had. */
async function rememberedHistory(store: RunStore, asked: Asked): Promise<History> {
  const { rollout, criterion, target, profile } = asked;
  const heads = await store.runs({
    rollout,
    last: wholeNumber(asked.last),
    ...defined({ target, profile }),
  });
  const runs = (await Promise.all(heads.map(({ id }) => store.run(id)))).filter((run) => run !== null);
  if (criterion !== undefined) refuseUnknown(criterion, runs);
  return assembleHistory({
    rollout,
    runs,
    accepted: await newestAccepted(store),
    ...defined({ criterion }),
  });
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw mistakes.badFlag('--last', value, 'a whole number of runs');
  return number;
}

function refuseUnknown(criterion: string, runs: readonly StoredRun[]): void {
  const known = [...new Set(runs.flatMap(({ criteria }) => criteria.map((one) => one.criterion)))].sort();
  if (runs.length > 0 && !known.includes(criterion)) {
    throw mistakes.noHistoryOf(criterion, { known, suggestion: suggestionFor(criterion, known) });
  }
}

/** Of each kind and series the newest in force, oldest first: what the next run is compared with. */
async function newestAccepted(store: RunStore): Promise<AcceptedBaseline[]> {
  const newest = new Map<string, string>();
  for (const { id, kind, run } of inForce(await store.decisions())) {
    const { rollout, target, environment, profile, machineClass, browser, toolVersion } = run;
    newest.set([kind, rollout, target, environment, profile, machineClass, browser, toolVersion].join('\n'), id);
  }
  const accepted = await Promise.all([...newest.values()].map((id) => store.accepted(id)));
  return accepted
    .filter((one) => one !== null)
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

function savePage(file: string, history: History, shell: Shell): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, renderHistoryHtml(history));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw mistakes.badFlag('--html', file, `a file that can be written: ${error.message}`);
  }
  shell.err(`The page is ${shortestPath(file, shell)}.\n`);
}

/** A locale that is set and is not UTF-8; where none is set, as on many CI machines, UTF-8 is what arrives. */
function isAscii({ LC_ALL, LC_CTYPE, LANG, TERM }: Shell['env']): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((one) => one !== undefined && one !== '');
  return TERM === 'dumb' || (locale !== undefined && !/utf-?8/i.test(locale));
}
