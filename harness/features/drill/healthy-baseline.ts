/** What criteria compare with in a drill: a run of its own without a fault, accepted for the drill alone. */
import { join } from 'node:path';
import type { Accepted } from '../../gate/run.ts';
import { type Criterion, isCompared } from '../../model/criterion.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { GateReport } from '../../model/gate-report.ts';
import { acceptedBaseline } from '../../store/accept.ts';
import { baselinesFrom } from '../../store/choose-baselines.ts';
import { gateTextOf } from '../../store/read-run.ts';
import { runKey } from '../../store/series-key.ts';
import { storedRun } from '../../store/stored-run.ts';
import { controlCriterion, withoutFault } from './beside-control.ts';
import type { PlannedRun } from './fault.ts';
import { type PlantingContext, plantAndRun } from './plant-fault.ts';

/** What the runs of a drill are compared with. */
export interface HealthyBaseline {
  readonly accepted: Accepted;
  /** Its run folder, relative to the drill's; null where nothing is compared, or it came to nothing. */
  readonly run: string | null;
}

export function nothingAccepted(why: string): HealthyBaseline {
  return {
    accepted: { baselines: { kind: 'release', runs: [], none: why }, bundle: null, contracts: {} },
    run: null,
  };
}

/** Measures the target as it is, where the plan compares; what was not good in that run is no measure for the others. */
export async function healthyBaseline(plan: readonly PlannedRun[], context: PlantingContext): Promise<HealthyBaseline> {
  const asked = askedWithoutFault(plan, context.criteria);
  if (asked.length === 0) return nothingAccepted('A drill accepts no run');
  const result = await context.progress('Measure the target without a fault, to compare with', (say) =>
    plantAndRun(withoutFault(asked), context, say),
  );
  if (typeof result === 'string') {
    return nothingAccepted(`There is nothing to compare with: the run without a fault came to nothing (${result})`);
  }
  const { report, evidence, run } = result;
  const accepted = acceptedBaseline(
    {
      run: storedRun(gateTextOf(join(context.folder.path, run)), report),
      report: asReady(report, evidence),
      evidence,
    },
    { kind: 'release', at: report.run.finishedAt, by: 'the drill', why: 'no fault was planted in it' },
  );
  const baselines = baselinesFrom([accepted], [accepted], { kind: 'release', key: runKey(accepted.run) });
  const { id, release } = accepted.run;
  const contracts = Object.entries(accepted.contracts).map(([sli, contract]) => [sli, { run: id, release, contract }]);
  return {
    run,
    accepted: {
      baselines: {
        ...baselines,
        none: `The run without a fault (${id}) has no good measurement of it to compare with`,
        contracts: Object.fromEntries(Object.keys(accepted.contracts).map((sli) => [sli, { run: id, release }])),
      },
      bundle: null,
      contracts: Object.fromEntries(contracts),
    },
  };
}

/** A drill takes few samples: to be inconclusive for want of more is nothing to hold against it. */
function asReady(report: GateReport, evidence: readonly Evidence[]): GateReport {
  const isReady = (finding: Finding): boolean => controlCriterion(finding, evidence).state === 'ready';
  const findings = report.findings.map((one) => (isReady(one) ? { ...one, outcome: 'pass' as const } : one));
  return { ...report, findings };
}

/** What compares, and what says whether the same measurement is good by itself. */
function askedWithoutFault(plan: readonly PlannedRun[], criteria: readonly Criterion[]): string[] {
  const planned = new Set(plan.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)));
  const compared = criteria.filter(({ id, statistic }) => planned.has(id) && isCompared(statistic));
  return criteria
    .filter(({ sli, probe }) => compared.some((one) => one.sli === sli && one.probe === probe))
    .map(({ id }) => id);
}
