/** What the faults came to: the criteria that are proved, and the drill's verdict. Pure. */
import {
  type DrilledCriterion,
  type DrilledFault,
  type DrillReport,
  type DrillVerdict,
  isOnWrongWayBack,
  type SmallestSize,
} from '../drill-model.ts';
import { definitionOf } from '../drill-proof.ts';
import type { Criterion } from '../model.ts';

export interface DrillResults {
  readonly drill: DrillReport['drill'];
  readonly criteria: readonly Criterion[];
  readonly faults: readonly DrilledFault[];
  readonly sizes: readonly SmallestSize[];
}

export function sumUp({ drill, criteria, faults, sizes }: DrillResults): DrillReport {
  return {
    schemaVersion: 1,
    drill,
    verdict: verdictOf(drill, faults),
    faults,
    criteria: criteria.map((criterion) => drilled(criterion, faults)),
    sizes,
  };
}

function verdictOf({ planned, interrupted }: DrillReport['drill'], faults: readonly DrilledFault[]): DrillVerdict {
  const states = new Set(faults.flatMap(({ cells }) => cells.map(({ state }) => state)));
  if (states.has('missed') || states.has('false') || faults.some(isOnWrongWayBack)) return 'not-proved';
  if (states.has('unmeasured') || interrupted || faults.length < planned) return 'unmeasured';
  return 'proved';
}

function drilled(criterion: Criterion, faults: readonly DrilledFault[]): DrilledCriterion {
  const { id, title } = criterion;
  const cells = faults.flatMap(({ name, cells: all }) =>
    all.filter((cell) => cell.criterion === id).map((cell) => ({ ...cell, fault: name })),
  );
  const red = cells.filter(({ expected }) => expected === 'red');
  const isProved =
    red.length > 0 &&
    red.every(({ state }) => state === 'fired') &&
    cells.every(({ state }) => state !== 'false' && state !== 'missed');
  return {
    id,
    title,
    definition: definitionOf(criterion),
    state: isProved ? 'proved' : cells.some(({ state }) => state !== 'quiet') ? 'not-proved' : 'not-drilled',
    provedBy: red.filter(({ state }) => state === 'fired').map(({ fault }) => fault),
  };
}
