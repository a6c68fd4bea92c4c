/** The drill: every planned fault, one gate run each, saved as soon as it is over. */

import { calibrateToday, needsCalibration } from '../../gate/calibration.ts';
import { isQuiet } from '../../judgement/machine-noise.ts';
import { defined } from '../../lib/defined.ts';
import { machineOf, toolVersion } from '../../lib/environment.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DrillControl, DrilledFault, DrillReport, NotDrilled, SmallestSize } from './drill-report.ts';
import type { PlannedRun } from './fault.ts';
import { healthyBaseline, nothingAccepted } from './healthy-baseline.ts';
import { drillFault, type PlantingContext, runControl } from './plant-fault.ts';
import { searchSizes } from './search-sizes.ts';
import { sumUp } from './sum-up.ts';

export interface DrillOptions extends Omit<PlantingContext, 'machine' | 'control' | 'accepted'> {
  readonly rollout: string;
  readonly configHash: string;
  readonly plan: readonly PlannedRun[];
  /** What was asked for and nothing can turn red here; absent where nobody asked. */
  readonly notDrilled?: readonly NotDrilled[];
  readonly unjudgedFaults?: readonly string[];
  /** Look for the smallest size that is caught, too. */
  readonly sizes: boolean;
  /** Told of the run without a fault as it is over. */
  readonly onControl: (control: DrillControl) => void;
  /** Told of each fault as it is over. */
  readonly onFault: (fault: DrilledFault) => void;
  /** Told of the drill so far, again and again. */
  readonly onReport: (report: DrillReport) => void;
}

/** Runs one after another; ends early, with what was done, when somebody interrupts or nothing could be proved. */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const { rollout, configHash, way, criteria, plan, folder, shell, signal, notDrilled, unjudgedFaults } = options;
  const startedAt = shell.now().toISOString();
  const faults: DrilledFault[] = [];
  let sizes: readonly SmallestSize[] = [];
  let control: DrillControl | null = null;
  let healthy = nothingAccepted('A drill through a proxy accepts no run');
  const soFar = (): DrillReport => {
    const drill = {
      id: folder.id,
      rollout,
      target: way.target,
      ...defined({ proxyOf: way.proxy?.of }),
      startedAt,
      finishedAt: shell.now().toISOString(),
      tool: toolVersion(),
      machine: machineOf(),
      configHash,
      planned: plan.length,
      interrupted: signal.aborted,
      ...(healthy.run === null ? {} : { comparedWith: healthy.run }),
    };
    const report = sumUp({
      drill,
      criteria,
      ...(control === null ? {} : { control }),
      faults,
      sizes,
      ...defined({ notDrilled, unjudgedFaults }),
    });
    options.onReport(report);
    return report;
  };
  const machine = await calibrateOnce(options);
  if (way.proxy !== undefined && !signal.aborted) {
    control = await runControl(plan, { ...options, machine, control, accepted: healthy.accepted });
    options.onControl(control);
    // Without what the target is like by itself, no fault proves anything.
    if (control.run === null) return soFar();
  }
  if (way.proxy === undefined && !signal.aborted) {
    healthy = await healthyBaseline(plan, { ...options, machine, control, accepted: healthy.accepted });
  }
  const context = { ...options, machine, control, accepted: healthy.accepted };
  for (const planned of plan) {
    if (signal.aborted) break;
    const fault = await drillFault(planned, context);
    // A run that was cut short says nothing of its fault.
    if (signal.aborted) break;
    faults.push(fault);
    options.onFault(fault);
    soFar();
  }
  if (options.sizes) {
    const tryOut = (planned: PlannedRun) => drillFault(planned, context);
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
  const { plan, criteria, way, browserPath, shell, signal, progress } = options;
  const [first] = plan;
  if (first === undefined) throw new Error('an empty drill has no policy');
  const ids = new Set(plan.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)));
  const judged = criteria.filter(({ id }) => ids.has(id));
  if (!needsCalibration({ criteria: judged })) return null;
  const { browser } = way.policyOf(first);
  return progress('Calibrate this machine, once for all', (onProgress) =>
    calibrateToday({ criteria: judged, browser }, { browserPath, shell, signal, isQuiet, onProgress }),
  );
}
