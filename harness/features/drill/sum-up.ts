/** What the faults came to: the criteria that are proved, and the drill's verdict. Pure. */

import { definitionOf } from '../../gate/drill-proof.ts';
import { defined } from '../../lib/defined.ts';
import type { Criterion } from '../../model/criterion.ts';
import {
  type CellState,
  type DrillControl,
  type DrilledCriterion,
  type DrilledFault,
  type DrillReport,
  type DrillVerdict,
  isOnWrongRollback,
  type NotDrilled,
  type SmallestSize,
} from './drill-report.ts';

export interface DrillResults {
  readonly drill: DrillReport['drill'];
  readonly criteria: readonly Criterion[];
  /** Absent where each fault had a target of its own. */
  readonly control?: DrillControl;
  readonly faults: readonly DrilledFault[];
  readonly sizes: readonly SmallestSize[];
  /** Absent where nobody asked. */
  readonly notDrilled?: readonly NotDrilled[];
  readonly unjudgedFaults?: readonly string[];
}

export function sumUp({
  drill,
  criteria,
  control,
  faults,
  sizes,
  notDrilled,
  unjudgedFaults,
}: DrillResults): DrillReport {
  return {
    schemaVersion: 1,
    drill,
    verdict: verdictOf(drill, faults),
    ...defined({ control }),
    faults,
    criteria: criteria.map((criterion) => drilled(criterion, faults)),
    sizes,
    ...defined({ notDrilled, unjudgedFaults }),
  };
}

function verdictOf({ planned, interrupted }: DrillReport['drill'], faults: readonly DrilledFault[]): DrillVerdict {
  const states = new Set(faults.flatMap(({ cells }) => cells.map(({ state }) => state)));
  if (states.has('missed') || states.has('false') || faults.some(isOnWrongRollback)) return 'not-proved';
  if (states.has('unmeasured') || interrupted || faults.length < planned) return 'unmeasured';
  return 'proved';
}

function drilled(criterion: Criterion, faults: readonly DrilledFault[]): DrilledCriterion {
  const { id, title } = criterion;
  const cells = faults.flatMap(({ name, cells: all }) =>
    all.filter((cell) => cell.criterion === id).map((cell) => ({ ...cell, fault: name })),
  );
  const red = cells.filter(({ expected }) => expected === 'red');
  return {
    id,
    title,
    definition: definitionOf(criterion),
    state: stateOf(
      red.map(({ state }) => state),
      cells.map(({ state }) => state),
    ),
    provedBy: red.filter(({ state }) => state === 'fired').map(({ fault }) => fault),
  };
}

/** `red` are the cells that had to be, among `all`. */
function stateOf(red: readonly CellState[], all: readonly CellState[]): DrilledCriterion['state'] {
  if (all.includes('false') || all.includes('missed')) return 'not-proved';
  if (red.length === 0) return 'not-drilled';
  return red.every((state) => state === 'fired') ? 'proved' : 'unmeasured';
}
