/** What a fault can prove on a target that is as it is: findings beside those of the run without a fault. Pure. */
import type { ControlCriterion, ControlState, DrillCell, PlannedRun } from '../drill-model.ts';
import { type Finding, noFaultName } from '../model.ts';
import { isUnseen } from './compare-findings.ts';
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

export function controlCriterion(finding: Finding): ControlCriterion {
  const { criterion, outcome, reason, message } = finding;
  return { criterion, outcome, state: controlStateOf(finding), reason, message };
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

/** Cells of a run with a fault, without what the target brought along itself. */
export function besideControl(
  cells: readonly DrillCell[],
  {
    findings,
    control,
    fault,
  }: Pick<PlannedRun, 'fault'> & { findings: readonly Finding[]; control: readonly ControlCriterion[] },
): DrillCell[] {
  return cells.map((cell) => {
    const before = control.find(({ criterion }) => criterion === cell.criterion);
    if (before === undefined) return { ...cell, state: 'unmeasured', message: notSeenBefore };
    const reason = findings.find(({ criterion }) => criterion === cell.criterion)?.reason;
    const why = whyUnproved({ cell, before, reason });
    if (why === null) return cell;
    return { ...cell, state: cell.expected === 'spared' && !isHarmless(fault) ? 'quiet' : 'unmeasured', message: why };
  });
}

const notSeenBefore = 'It was not judged without a fault, so that nothing is proved.';

interface Beside {
  readonly cell: DrillCell;
  readonly before: ControlCriterion;
  readonly reason: Finding['reason'] | undefined;
}

/** Why what the cell says is not the fault's doing; null where it is. */
function whyUnproved({ cell, before, reason }: Beside): string | null {
  const { expected, state, outcome } = cell;
  if (before.state === 'red') return `It fails without a fault as well: ${before.message}`;
  if (expected === 'open' && state === 'fired' && before.outcome === 'inconclusive' && before.reason === reason) {
    return `It is inconclusive without a fault as well: ${before.message}`;
  }
  if (expected === 'red' && outcome !== 'fail' && before.state === 'blind') {
    return `It sees nothing without a fault either: ${before.message}`;
  }
  return null;
}
