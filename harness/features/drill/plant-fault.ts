/** One gate run of a drill, with a fault planted or none, and what it says beside what it had to. */

import { relative } from 'node:path';
import { type Accepted, runGate } from '../../gate/run.ts';
import { isQuiet } from '../../judgement/machine-noise.ts';
import { defined } from '../../lib/defined.ts';
import { OperatorMistake } from '../../lib/mistakes.ts';
import type { Progress } from '../../lib/progress.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { GateReport } from '../../model/gate-report.ts';
import { readRun } from '../../store/read-run.ts';
import { besideCommand } from './beside-command.ts';
import { besideControl, canProve, controlCriterion, planControl } from './beside-control.ts';
import { compareFindings, unmeasuredCells } from './compare-findings.ts';
import type { DrillFolder } from './drill-folder.ts';
import type { DrillControl, DrilledFault } from './drill-report.ts';
import type { DrillWay } from './drill-way.ts';
import { type PlannedRun, sizedName } from './fault.ts';
import { isHarmless } from './plan-drill.ts';

/** What all runs of a drill have in common. */
export interface PlantingContext {
  readonly way: DrillWay;
  /** All criteria of the rollout, as its target has them. */
  readonly criteria: readonly Criterion[];
  readonly folder: DrillFolder;
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** The calibration that stands for all of them; null where nothing is timed. */
  readonly machine: Evidence | null;
  /** The run without a fault; null where each run has a target of its own. */
  readonly control: DrillControl | null;
  /** What criteria compare with. */
  readonly accepted: Accepted;
}

/** The target as it is, through the proxy. */
export async function runControl(plan: readonly PlannedRun[], context: PlantingContext): Promise<DrillControl> {
  const { shell, progress } = context;
  const startedAt = shell.now();
  const planned = planControl(plan);
  const result = await progress('Look through the proxy, without a fault', (say) => plantAndRun(planned, context, say));
  const took = { startedAt: startedAt.toISOString(), tookMs: shell.now().getTime() - startedAt.getTime() };
  if (typeof result === 'string') return { ...took, run: null, trouble: result, criteria: [] };
  return {
    ...took,
    run: result.run,
    trouble: null,
    criteria: result.report.findings.map((finding) => controlCriterion(finding, result.evidence)),
  };
}

/** Plants a fault, runs the gate, and compares. */
export async function drillFault(planned: PlannedRun, context: PlantingContext): Promise<DrilledFault> {
  const { fault, size } = planned;
  const { shell, progress } = context;
  const startedAt = shell.now();
  const result = await progress(`Plant ${sizedName(planned)}`, (say) => measure(planned, context, say));
  return {
    name: fault.name,
    imitates: fault.imitates,
    size: fault.size === null ? null : { value: size ?? fault.size.default, unit: fault.size.unit },
    harmless: isHarmless(fault),
    startedAt: startedAt.toISOString(),
    tookMs: shell.now().getTime() - startedAt.getTime(),
    notExercised: planned.notExercised,
    ...result,
  };
}

/** A machine that is not quiet may be what a timing was not red for. */
function hiddenBy(machine: Evidence | null, { criteria }: PlantingContext): ReadonlySet<string> {
  if (machine === null || isQuiet(machine)) return new Set();
  const isTimed = ({ statistic: { kind } }: Criterion): boolean => kind === 'percentile' || kind === 'change';
  return new Set(criteria.filter(isTimed).map(({ id }) => id));
}

type Measured = Pick<DrilledFault, 'run' | 'cells' | 'rollback'>;

async function measure(planned: PlannedRun, context: PlantingContext, say: (text: string) => void): Promise<Measured> {
  const { machine, control } = context;
  const { fault, cells: asked, whole } = planned;
  if (control !== null && !canProve(planned, control.criteria)) {
    const shown = asked.filter(({ expected }) => isHarmless(fault) || expected !== 'spared');
    const why = 'It was not planted: all that it is to turn red is red without it.';
    const cells = unmeasuredCells({ ...planned, cells: shown }, why);
    return { run: null, cells, rollback: null };
  }
  const result = await plantAndRun(planned, context, say);
  if (typeof result === 'string') return { run: null, cells: unmeasuredCells(planned, result), rollback: null };
  const { run, report, evidence } = result;
  const { findings } = report;
  const found = { findings, evidence, hidden: hiddenBy(machine, context), notJudged: report.notExercised };
  const cells = compareFindings(planned, found);
  if (control === null) {
    return { run, cells, rollback: whole ? { expected: fault.rollback, actual: report.rollback.scope } : null };
  }
  const isRed = asked.some(({ criterion: id }) =>
    control.criteria.some(({ criterion, state }) => criterion === id && state === 'red'),
  );
  return {
    run,
    cells: besideControl(cells, { fault, findings, evidence, control: control.criteria }),
    // What is red by itself asks for a rollback plan of its own.
    rollback: whole && !isRed ? { expected: fault.rollback, actual: report.rollback.scope } : null,
  };
}

interface PlantedRun {
  readonly report: GateReport;
  readonly evidence: readonly Evidence[];
  /** Its folder, relative to the drill's. */
  readonly run: string;
}

/** One gate run; a text says why there was none. */
export async function plantAndRun(
  planned: PlannedRun,
  context: PlantingContext,
  say: (text: string) => void,
): Promise<PlantedRun | string> {
  const { folder, browserPath, shell, signal, machine, way } = context;
  const { proxy } = way;
  const neighbour = besideCommand(way.besideOf(planned.fault), shell);
  try {
    const { report, folder: run } = await runGate(way.policyOf(planned), {
      reports: folder.runs,
      browserPath,
      shell,
      progress: (title, work) => {
        say(title);
        return work(() => undefined);
      },
      signal,
      accepted: async () => context.accepted,
      // What was planted is nobody's incident.
      tell: async () => null,
      drill: {
        machine,
        mark: { fault: sizedName(planned), ...defined({ proxyOf: proxy?.of }) },
        ...(proxy === undefined ? {} : { open: () => proxy.open(planned) }),
      },
    });
    // A neighbour that was not there disturbed nobody.
    const gone = neighbour.whyGone();
    if (gone !== null) return gone;
    return { report, evidence: readRun(run.path).evidence, run: relative(folder.path, run.path) };
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    return error.message;
  } finally {
    await neighbour.stop();
  }
}
