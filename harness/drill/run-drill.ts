/** The drill: every planned fault, one gate run each, saved as soon as it is over. */
import { join, relative } from 'node:path';
import type { DrillFolder } from '../archive/drill-folder.ts';
import { readRun } from '../archive/read-run.ts';
import { calibrateToday, needsCalibration } from '../calibrate-today.ts';
import { besideOf, drillPolicy } from '../config/drill-policy.ts';
import type { Rollout } from '../config/rollout.ts';
import type { DrilledFault, DrillReport, PlannedRun, SmallestSize } from '../drill-model.ts';
import { machineOf, toolVersion } from '../environment.ts';
import { runGate } from '../gate.ts';
import { isQuiet } from '../judgement/machine-noise.ts';
import { OperatorMistake } from '../mistakes.ts';
import type { Criterion, Evidence } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Progress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { besideCommand } from './beside-command.ts';
import { compareFindings, unmeasuredCells } from './compare-findings.ts';
import { isHarmless } from './plan-drill.ts';
import { searchSizes } from './search-sizes.ts';
import { sumUp } from './sum-up.ts';

export interface DrillOptions {
  readonly rollout: Rollout;
  readonly configHash: string;
  /** All criteria of the rollout. */
  readonly criteria: readonly Criterion[];
  readonly plan: readonly PlannedRun[];
  /** Look for the smallest size that is caught, too. */
  readonly sizes: boolean;
  readonly folder: DrillFolder;
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told of each fault as it is over. */
  readonly onFault: (fault: DrilledFault) => void;
  /** Told of the drill so far, again and again. */
  readonly onReport: (report: DrillReport) => void;
}

/** Runs one after another; ends early, with what was done, when somebody interrupts. */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const { rollout, configHash, criteria, plan, folder, shell, signal } = options;
  const startedAt = shell.now().toISOString();
  const faults: DrilledFault[] = [];
  let sizes: readonly SmallestSize[] = [];
  const soFar = (): DrillReport => {
    const drill = {
      id: folder.id,
      rollout: rollout.name,
      target: rollout.drill?.target ?? '',
      startedAt,
      finishedAt: shell.now().toISOString(),
      tool: toolVersion(),
      machine: machineOf(),
      configHash,
      planned: plan.length,
      interrupted: signal.aborted,
    };
    const report = sumUp({ drill, criteria, faults, sizes });
    options.onReport(report);
    return report;
  };
  const machine = await calibrateOnce(options);
  for (const planned of plan) {
    if (signal.aborted) break;
    const fault = await drillFault(planned, { ...options, machine });
    // A run that was cut short says nothing of its fault.
    if (signal.aborted) break;
    faults.push(fault);
    options.onFault(fault);
    soFar();
  }
  if (options.sizes) {
    const tryOut = (planned: PlannedRun) => drillFault(planned, { ...options, machine });
    const probeOf = (id: string) => criteria.find((criterion) => criterion.id === id)?.probe;
    for await (const found of searchSizes({ plan, faults, tryOut, signal, probeOf })) {
      sizes = [...sizes, found];
      soFar();
    }
  }
  return soFar();
}

/** One calibration for all runs: twenty seconds a run would be half of the drill. */
async function calibrateOnce(options: DrillOptions): Promise<Evidence | null> {
  const { plan, criteria, browserPath, shell, signal, progress } = options;
  const ids = new Set(plan.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)));
  const judged = criteria.filter(({ id }) => ids.has(id));
  if (!needsCalibration({ criteria: judged })) return null;
  const { browser } = policyOf(plan[0], options);
  return progress('Calibrate this machine, once for all', (onProgress) =>
    calibrateToday({ criteria: judged, browser }, { browserPath, shell, signal, isQuiet, onProgress }),
  );
}

function policyOf(planned: PlannedRun | undefined, { rollout, configHash }: DrillOptions): Policy {
  if (planned === undefined) throw new Error('an empty drill has no policy');
  const { fault, size, cells } = planned;
  return drillPolicy(rollout, configHash, { fault, size, criteria: cells.map(({ criterion }) => criterion) });
}

type Context = DrillOptions & { readonly machine: Evidence | null };

async function drillFault(planned: PlannedRun, context: Context): Promise<DrilledFault> {
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
function hiddenBy(machine: Evidence | null, { criteria }: Context): ReadonlySet<string> {
  if (machine === null || isQuiet(machine)) return new Set();
  return new Set(criteria.filter(({ statistic }) => statistic.kind === 'percentile').map(({ id }) => id));
}

function sizedName({ fault, size }: PlannedRun): string {
  return fault.size === null ? fault.name : `${fault.name} (${size ?? fault.size.default} ${fault.size.unit})`;
}

type Measured = Pick<DrilledFault, 'run' | 'cells' | 'rollback'>;

async function measure(planned: PlannedRun, context: Context, say: (text: string) => void): Promise<Measured> {
  const { folder, browserPath, shell, signal, machine, rollout } = context;
  const neighbour = besideCommand(besideOf(rollout, planned.fault), shell);
  try {
    const { report, folder: run } = await runGate(policyOf(planned, context), {
      reports: folder.runs,
      browserPath,
      shell,
      progress: (title, work) => {
        say(title);
        return work(() => undefined);
      },
      signal,
      accepted: async () => ({
        baselines: { kind: 'release', runs: [], none: 'A drill accepts no run' },
        bundle: null,
        contracts: {},
      }),
      // What was planted is nobody's incident.
      tell: async () => null,
      drill: { machine },
    });
    // A neighbour that was not there disturbed nobody.
    const gone = neighbour.whyGone();
    if (gone !== null) return { run: null, cells: unmeasuredCells(planned, gone), rollback: null };
    const { evidence } = readRun(run.path);
    return {
      run: relative(folder.path, join(run.path)),
      cells: compareFindings(planned, { findings: report.findings, evidence, hidden: hiddenBy(machine, context) }),
      rollback: planned.whole ? { expected: planned.fault.rollback, actual: report.rollback.scope } : null,
    };
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    return { run: null, cells: unmeasuredCells(planned, error.message), rollback: null };
  } finally {
    await neighbour.stop();
  }
}
