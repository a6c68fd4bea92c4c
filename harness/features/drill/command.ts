/** `rampgate drill`: plant each fault, run the gate, and see that exactly the criteria fail that must. */

import { join, resolve } from 'node:path';
import { checkAddresses } from '../../config/check-addresses.ts';
import { loadConfig } from '../../config/load-config.ts';
import type { Rollout } from '../../config/rollout.ts';
import { browserFor } from '../../gate/browser-for.ts';
import { defined } from '../../lib/defined.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { knownName } from '../../lib/known-name.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import { isCompared } from '../../model/criterion.ts';
import { renderTerminalDocument } from '../../report/formats/terminal.ts';
import { needsBrowser } from '../../sources/registry.ts';
import { readProofs, saveProofs } from '../../store/proofs.ts';
import { type ChosenDrill, chooseDrill, notDrilledOf } from './choose-drill.ts';
import type { DrillFlags } from './describe-drill.ts';
import { type DrillFolder, openDrillFolder } from './drill-folder.ts';
import { type DrillReport, type DrillVerdict, drillJsonSchema } from './drill-report.ts';
import type { DrillWay } from './drill-way.ts';
import type { PlannedRun } from './fault.ts';
import { drillDocument, renderDrillPage } from './page/drill-document.ts';
import { type DrillPage, renderControlRow, renderDrillHead, renderDrillRow } from './page/render-drill-terminal.ts';
import { unjudgedText } from './page/wording.ts';
import { type DrillQuestion, planDrill, unjudgedFaults } from './plan-drill.ts';
import { runDrill } from './run-drill.ts';
import { runsPerSearch, searchesOf } from './search-sizes.ts';
import { withDrill } from './update-proofs.ts';

const exitCodeOf: { readonly [verdict in DrillVerdict]: number } = {
  proved: exitCodes.go,
  'not-proved': exitCodes['no-go'],
  unmeasured: exitCodes.inconclusive,
};

/** Drills as the flags say; resolves to the exit code. */
export async function drillCommand(flags: DrillFlags, shell: Shell): Promise<number> {
  checkAddresses(flags);
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const chosen = chooseDrill(config, flags);
  const ids = config.rollout.criteria.map(({ id }) => id);
  const question = questionFor(chosen, config.rollout, flags);
  const plan = planFor(question, chosen);
  const unjudged = unjudgedFaults(question);
  const policies = plan.map(chosen.policyOf);
  const visiting = policies.find(needsBrowser);
  const browserPath = visiting === undefined ? null : browserFor(visiting, flags, shell);
  const reports = resolve(shell.cwd, flags.out);
  const kept = readProofs(reports);
  const opened = await chosen.open({ loads: policies.some(({ loads }) => loads.length > 0), shell });
  const interruption = interruptible(shell);
  try {
    const folder = openDrillFolder(reports, shell.now());
    const page = pageFor(plan, shell);
    const say = flags.json === true ? shell.err : shell.out;
    say(
      introduction({
        plan,
        unjudged,
        way: opened.way,
        comparing: comparesIn(plan, chosen),
        sizes: flags.sizes === true,
      }),
    );
    say(renderDrillHead(page));
    const report = await runDrill({
      rollout: config.rollout.name,
      configHash: config.hash,
      way: opened.way,
      criteria: chosen.criteria,
      plan,
      ...notDrilledOf(chosen, plan, asksForAll(flags) ? (flags.criterion ?? ids) : []),
      ...(unjudged.length === 0 ? {} : { unjudgedFaults: unjudged }),
      sizes: flags.sizes === true,
      folder,
      browserPath,
      shell,
      progress: progressFor(shell),
      signal: interruption.signal,
      onControl: (control) => say(renderControlRow(control, page)),
      onFault: (fault) => say(renderDrillRow(fault, page)),
      onReport: (soFar) => saveDocuments(folder, soFar),
    });
    saveProofs(reports, withDrill(kept, report));
    if (flags.json === true) shell.out(`${JSON.stringify(report, null, 2)}\n`);
    else
      shell.out(
        `\n${renderTerminalDocument(drillDocument(report), page)}Report: ${shortestPath(join(folder.path, 'drill.html'), shell)}\n`,
      );
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf[report.verdict];
  } finally {
    interruption.release();
    await opened.close();
  }
}

function questionFor({ faults, fast, criteria }: ChosenDrill, rollout: Rollout, flags: DrillFlags): DrillQuestion {
  const ids = rollout.criteria.map(({ id }) => id);
  const names = faults.map(({ name }) => name);
  const only = flags.fault?.map((word) => {
    const [name = '', text] = word.split('=', 2);
    const fault = faults.find((one) => one.name === knownName('fault', name, names));
    return { fault: name, size: text === undefined ? null : sizeOf(word, text, fault?.size?.unit) };
  });
  const about = flags.criterion?.map((id) => knownName('criterion', id, ids));
  return {
    faults,
    criteria: rollout.criteria
      .filter(({ id }) => criteria.some((one) => one.id === id))
      .map(({ id, from, statistic }) => ({ id, from, compares: statistic.endsWith(' vs baseline') })),
    ...defined({ only, about }),
    ...(flags.fast === true ? { fast } : {}),
  };
}

function planFor(question: DrillQuestion, { whyNotDrilled }: ChosenDrill): PlannedRun[] {
  const plan = planDrill(question);
  if (plan.length === 0) throw mistakes.nothingToDrill(nothingWhy(question.about, whyNotDrilled));
  return plan;
}

function nothingWhy(about: readonly string[] | undefined, whyNot: ChosenDrill['whyNotDrilled']): string {
  const nothing = 'no fault that was asked for is about a criterion that was';
  return about === undefined ? nothing : `${nothing} (${about.map((id) => `${id}: ${whyNot(id)}`).join('; ')})`;
}

/** Says nothing of the rest where only some faults were asked for. */
function asksForAll({ fault, fast }: DrillFlags): boolean {
  return fault === undefined && fast !== true;
}

function sizeOf(word: string, text: string, unit: string | undefined): number {
  const size = Number(text);
  if (unit === undefined || !Number.isFinite(size) || size <= 0) {
    throw mistakes.badFlag(
      '--fault',
      word,
      unit === undefined ? 'no size for this fault' : `a size in ${unit}, over 0`,
    );
  }
  return size;
}

function comparesIn(plan: readonly PlannedRun[], { criteria }: ChosenDrill): boolean {
  const compared = criteria.filter(({ statistic }) => isCompared(statistic)).map(({ id }) => id);
  return plan.some(({ cells }) => cells.some(({ criterion }) => compared.includes(criterion)));
}

interface Introduced extends Pick<DrillFlags, 'sizes'> {
  readonly plan: readonly PlannedRun[];
  /** Faults of which nothing is judged. */
  readonly unjudged: readonly string[];
  readonly way: DrillWay;
  /** Whether a run without a fault is measured first. */
  readonly comparing: boolean;
}

function introduction({ plan, unjudged, way: { proxy, target }, comparing, sizes }: Introduced): string {
  const not = unjudged.length === 0 ? '' : `\n${unjudgedText({ unjudgedFaults: unjudged })}`;
  const searches = sizes === true ? searchesOf(plan).length : 0;
  const more = sizes === true ? `, and at most ${searches} × ${runsPerSearch} more to find the smallest sizes` : '';
  const each = plan.length === 1 ? 'one with a fault' : `one with each of ${plan.length} faults`;
  if (proxy !== undefined) {
    const { web, api } = proxy.of;
    const places = web === api ? web : `${web} and ${api}`;
    return `Through a proxy before ${target} (${places}).\nOne gate run without a fault, then ${each}${more}${not}\n\n`;
  }
  const before = comparing ? ', after one without a fault to compare with' : '';
  return `${plan.length} gate run${plan.length === 1 ? '' : 's'}, one per fault${before}${more}${not}\n\n`;
}

/** The columns: every criterion that is looked at, in the order of the runs' plans. */
function pageFor(plan: readonly PlannedRun[], { terminal }: Shell): DrillPage {
  const criteria = [...new Set(plan.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)))];
  return { colour: terminal.colour, width: terminal.width, criteria };
}

/** Rows tell what was done; on a terminal a line tells what is being done. */
function progressFor({ terminal }: Shell): ReturnType<typeof showProgress> {
  if (terminal.interactive) return showProgress(terminal);
  return (_title, work) => work(() => undefined);
}

function saveDocuments(folder: DrillFolder, report: DrillReport): void {
  folder.save('drill.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('drill.schema.json', `${JSON.stringify(drillJsonSchema(), null, 1)}\n`);
  folder.save('drill.html', renderDrillPage(report));
}
