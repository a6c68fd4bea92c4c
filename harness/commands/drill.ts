/** `rampgate drill`: plant each fault, run the gate, and see that exactly the criteria fail that must. */
import { join, resolve } from 'node:path';
import { type DrillFolder, openDrillFolder } from '../archive/drill-folder.ts';
import { readProofs, saveProofs } from '../archive/proofs.ts';
import { choosePolicy } from '../config/choose-policy.ts';
import { drillOf, drillPolicy, faultsOf } from '../config/drill-policy.ts';
import { knownName } from '../config/known-name.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { planDrill } from '../drill/plan-drill.ts';
import { runDrill } from '../drill/run-drill.ts';
import { runsPerSearch, searchesOf } from '../drill/search-sizes.ts';
import type { DrillReport, DrillVerdict, PlannedRun } from '../drill-model.ts';
import { withDrill } from '../drill-proof.ts';
import { exitCodes } from '../exit-codes.ts';
import { mistakes } from '../mistakes.ts';
import { drillJsonSchema } from '../report/drill/drill-schema.ts';
import { renderDrillHtml } from '../report/drill/render-drill-html.ts';
import {
  type DrillPage,
  renderDrillEnd,
  renderDrillHead,
  renderDrillRow,
} from '../report/drill/render-drill-terminal.ts';
import { type Shell, shortestPath } from '../shell.ts';
import { browserFor, needsBrowser } from './browser-for.ts';
import { interruptible } from './interruptible.ts';
import { showProgress } from './show-progress.ts';

export interface DrillFlags {
  readonly config: string;
  readonly fault?: readonly string[];
  readonly criterion?: readonly string[];
  readonly fast?: boolean;
  readonly sizes?: boolean;
  readonly out: string;
  readonly browser?: string;
  readonly json?: boolean;
}

const exitCodeOf: { readonly [verdict in DrillVerdict]: number } = {
  proved: exitCodes.go,
  'not-proved': exitCodes['no-go'],
  unmeasured: exitCodes.inconclusive,
};

/** Drills as the flags say; resolves to the exit code. */
export async function drillCommand(flags: DrillFlags, shell: Shell): Promise<number> {
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const { rollout, hash } = config;
  const plan = planFor(config, flags);
  const policy = choosePolicy(rollout, hash, {
    profile: Object.keys(rollout.profiles)[0] ?? '',
    target: drillOf(rollout, config.path).target,
  });
  const criteria = policy.criteria.filter(({ statistic }) => statistic.kind !== 'change');
  const policies = plan.map(({ fault, size, cells }) =>
    drillPolicy(rollout, hash, { fault, size, criteria: cells.map(({ criterion }) => criterion) }),
  );
  const visiting = policies.find(needsBrowser);
  const browserPath = visiting === undefined ? null : browserFor(visiting, flags, shell);
  const reports = resolve(shell.cwd, flags.out);
  const kept = readProofs(reports);
  const folder = openDrillFolder(reports, shell.now());
  const page = pageFor(plan, shell);
  const say = flags.json === true ? shell.err : shell.out;
  say(introduction(plan, flags));
  say(renderDrillHead(page));
  const interruption = interruptible(shell);
  try {
    const report = await runDrill({
      rollout,
      configHash: hash,
      criteria,
      plan,
      sizes: flags.sizes === true,
      folder,
      browserPath,
      shell,
      progress: progressFor(shell),
      signal: interruption.signal,
      onFault: (fault) => say(renderDrillRow(fault, page)),
      onReport: (soFar) => saveDocuments(folder, soFar),
    });
    saveProofs(reports, withDrill(kept, report));
    if (flags.json === true) shell.out(`${JSON.stringify(report, null, 2)}\n`);
    else
      shell.out(`\n${renderDrillEnd(report, page)}Report: ${shortestPath(join(folder.path, 'drill.html'), shell)}\n`);
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf[report.verdict];
  } finally {
    interruption.release();
  }
}

function planFor({ rollout, path }: LoadedConfig, flags: DrillFlags): PlannedRun[] {
  const drill = drillOf(rollout, path);
  const faults = faultsOf(drill);
  const ids = rollout.criteria.map(({ id }) => id);
  const only = flags.fault?.map((word) => {
    const [name = '', text] = word.split('=', 2);
    const fault = faults.find((one) => one.name === knownName('fault', name, Object.keys(drill.faults)));
    return { fault: name, size: text === undefined ? null : sizeOf(word, text, fault?.size?.unit) };
  });
  const about = flags.criterion?.map((id) => knownName('criterion', id, ids));
  const plan = planDrill({
    faults,
    // In a drill no run is accepted that another could be compared with.
    criteria: rollout.criteria.filter(({ statistic }) => !statistic.endsWith(' vs baseline')),
    ...(only === undefined ? {} : { only }),
    ...(about === undefined ? {} : { about }),
    ...(flags.fast === true ? { fast: drill.fast } : {}),
  });
  if (plan.length === 0) throw mistakes.nothingToDrill('no fault that was asked for is about a criterion that was');
  return plan;
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

function introduction(plan: readonly PlannedRun[], { sizes }: DrillFlags): string {
  const searches = sizes === true ? searchesOf(plan).length : 0;
  const more = sizes === true ? `, and at most ${searches} × ${runsPerSearch} more to find the smallest sizes` : '';
  return `${plan.length} gate run${plan.length === 1 ? '' : 's'}, one per fault${more}\n\n`;
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
  folder.save('drill.html', renderDrillHtml(report));
}
