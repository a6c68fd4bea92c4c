/** What a fault can prove on a target that is as it is: findings beside those of the run without a fault. Pure. */

import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { noFaultName } from '../../model/run.ts';
import { isUnreliable, isUnseen } from './compare-findings.ts';
import type { ControlCriterion, ControlState, DrillCell } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';
import { isHarmless } from './plan-drill.ts';

/** The run without a fault, for all that the others look at. */
export function planControl(plan: readonly PlannedRun[]): PlannedRun {
  return withoutFault([...new Set(plan.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)))]);
}

/** The target as it is, judged by these criteria. */
export function withoutFault(criteria: readonly string[]): PlannedRun {
  const nothing = { turnsRed: [], leavesOpen: [], spares: criteria };
  return {
    fault: { name: noFaultName, imitates: 'nothing: the target as it is', size: null, ...nothing, rollback: 'none' },
    size: null,
    cells: criteria.map((criterion) => ({ criterion, expected: 'spared' })),
    whole: false,
    notExercised: [],
  };
}

export function controlCriterion(finding: Finding, evidence: readonly Evidence[]): ControlCriterion {
  const { criterion, outcome, reason, message } = finding;
  const unreliable = isUnreliable(finding, evidence);
  return { criterion, outcome, state: controlStateOf(finding), reason, unreliable, message };
}

/** Inconclusive for want of samples is nothing to hold against it: a drill takes few. */
function controlStateOf(finding: Finding): ControlState {
  if (finding.outcome === 'fail') return 'red';
  return isUnseen(finding) ? 'blind' : 'ready';
}

/** Whether a run with this fault could prove anything: not where all that it is to turn red is red without it. */
export function canProve({ cells, fault }: PlannedRun, control: readonly ControlCriterion[]): boolean {
  const isRed = (id: string) => control.some(({ criterion, state }) => criterion === id && state === 'red');
  const asked = cells.filter(({ expected }) => isHarmless(fault) || expected !== 'spared');
  return asked.some(({ criterion }) => !isRed(criterion));
}

export interface BesideControl {
  readonly fault: Fault;
  /** Of the run with the fault. */
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly control: readonly ControlCriterion[];
}

/** Cells of a run with a fault, without what the target brought along itself. */
export function besideControl(
  cells: readonly DrillCell[],
  { fault, findings, evidence, control }: BesideControl,
): DrillCell[] {
  return cells.map((cell) => {
    const before = control.find(({ criterion }) => criterion === cell.criterion);
    if (before === undefined) return { ...cell, state: 'unmeasured', message: notSeenBefore };
    const finding = findings.find(({ criterion }) => criterion === cell.criterion);
    const isSame = finding === undefined || isAsBefore(before, finding, evidence);
    const why = whyUnproved({ cell, before, isSame });
    if (why === null) return cell;
    return { ...cell, state: cell.expected === 'spared' && !isHarmless(fault) ? 'quiet' : 'unmeasured', message: why };
  });
}

const notSeenBefore = 'It was not judged without a fault, so that nothing is proved.';

/** Inconclusive for the same reason, and no probe reports a quality issue that it did not report before. */
function isAsBefore(before: ControlCriterion, finding: Finding, evidence: readonly Evidence[]): boolean {
  return before.reason === finding.reason && (before.unreliable || !isUnreliable(finding, evidence));
}

interface Beside {
  readonly cell: DrillCell;
  readonly before: ControlCriterion;
  readonly isSame: boolean;
}

/** Why what the cell says is not the fault's doing; null where it is. */
function whyUnproved({ cell, before, isSame }: Beside): string | null {
  const { expected, state, outcome } = cell;
  if (before.state === 'red') return `It fails without a fault as well: ${before.message}`;
  if (expected === 'open' && state === 'fired' && before.outcome === 'inconclusive' && isSame) {
    return `It is inconclusive without a fault as well: ${before.message}`;
  }
  if (expected === 'red' && outcome !== 'fail' && before.state === 'blind') {
    return `It sees nothing without a fault either: ${before.message}`;
  }
  return null;
}
