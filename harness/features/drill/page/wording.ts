/** The words of a drill that all its documents share. */

import { counted } from '../../../report/wording.ts';
import {
  type CellState,
  type ControlState,
  type DrillCell,
  type DrillControl,
  type DrilledFault,
  type DrillReport,
  type DrillVerdict,
  type Expectation,
  isOnWrongRollback,
  type NotDrilled,
} from '../drill-report.ts';

export const drillVerdictWords: { readonly [verdict in DrillVerdict]: string } = {
  proved: 'Proved',
  'not-proved': 'Not proved',
  unmeasured: 'Not measured',
};

export const stateWords: { readonly [state in CellState]: string } = {
  fired: 'fired',
  missed: 'missed',
  false: 'false alarm',
  unmeasured: 'not measured',
  quiet: 'quiet',
};

export const expectationWords: { readonly [expected in Expectation]: string } = {
  red: 'must fail',
  open: 'must be inconclusive',
  spared: 'must not fail',
};

/** `slow-diff (350 ms)`. */
export function sizedFault({ name, size }: Pick<DrilledFault, 'name' | 'size'>): string {
  return size === null ? name : `${name} (${sizeText(size.value, size.unit)})`;
}

export function sizeText(value: number, unit: string): string {
  return `${value} ${unit}`;
}

/** What stands against a fault's row, in words; empty when it is as it had to be. */
export function troublesOf(fault: DrilledFault): readonly string[] {
  const { cells, rollback } = fault;
  const wrongRollback =
    isOnWrongRollback(fault) && rollback !== null
      ? [`rollback of ${rollback.actual}, and it must be of ${rollback.expected}`]
      : [];
  // One reason is told once, whatever it stands in the way of.
  const alike = Map.groupBy(cells.filter(isTrouble), (cell) => `${troubleWord(cell)} ${cell.message}`);
  return [...[...alike.values()].flatMap(troubleSentence), ...wrongRollback];
}

function isTrouble({ state }: DrillCell): boolean {
  return state === 'missed' || state === 'false' || state === 'unmeasured';
}

function troubleSentence(cells: readonly DrillCell[]): string[] {
  const [first] = cells;
  if (first === undefined) return [];
  return [`${troubleWord(first)}: ${cells.map(({ criterion }) => criterion).join(', ')}: ${first.message}`];
}

function troubleWord({ state, expected }: DrillCell): string {
  return state === 'missed' ? `missed (${expectationWords[expected]})` : stateWords[state];
}

/** What the target brought along itself, in words, so that no fault can prove it there; empty where there is nothing. */
export function controlTroubles({ trouble, criteria }: DrillControl): readonly string[] {
  if (trouble !== null) return [`could not be looked at, so that no fault was planted: ${trouble}`];
  return (['red', 'blind'] as const).flatMap((state) =>
    [...Map.groupBy(withState(criteria, state), ({ message }) => message)].map(
      ([message, alike]) => `${controlWords[state]}: ${alike.map(({ criterion }) => criterion).join(', ')}: ${message}`,
    ),
  );
}

export const controlWords: { readonly [state in ControlState]: string } = {
  ready: 'not red',
  red: 'red without a fault, so that none proves it here',
  blind: 'sees nothing without a fault either',
};

function withState(criteria: DrillControl['criteria'], state: ControlState): DrillControl['criteria'] {
  return criteria.filter((one) => one.state === state);
}

/** What nothing turned red, by the reason. */
/** Null where everything that was asked for is judged. */
export function unjudgedText({ unjudgedFaults = [] }: Pick<DrillReport, 'unjudgedFaults'>): string | null {
  if (unjudgedFaults.length === 0) return null;
  return `Not planted, as nothing that ${unjudgedFaults.length === 1 ? 'it is' : 'they are'} about is judged here: ${unjudgedFaults.join(', ')}.`;
}

export function notDrilledByReason(notDrilled: readonly NotDrilled[]): readonly (readonly [string, string[]])[] {
  return [...Map.groupBy(notDrilled, ({ reason }) => reason)].map(([reason, alike]) => [
    reason,
    alike.map(({ criterion }) => criterion),
  ]);
}

/** Where the faults were, if not in the target; null if they were. */
export function proxyText({ drill: { proxyOf } }: DrillReport): string | null {
  if (proxyOf === undefined) return null;
  const { web, api } = proxyOf;
  return `A proxy before ${web === api ? web : `${web} and ${api}`} did what is wrong; the target itself was left as it is.`;
}

/** What the drill came to, in a sentence. */
export function drillHeadline(report: DrillReport): string {
  const { faults, drill } = report;
  const cells = faults.flatMap((fault) => fault.cells);
  const having = (state: CellState) => cells.filter((cell) => cell.state === state).length;
  const expected = cells.filter((cell) => cell.expected !== 'spared').length;
  const parts = [
    `${having('fired')} of ${counted(expected, 'expected cell', 'expected cells')} fired`,
    `${having('missed')} missed`,
    counted(having('false'), 'false alarm', 'false alarms'),
    ...(having('unmeasured') === 0 ? [] : [`${having('unmeasured')} not measured`]),
  ];
  const done = faults.length < drill.planned ? ` ${faults.length} of ${drill.planned} faults were drilled.` : '';
  return `${counted(faults.length, 'fault', 'faults')}: ${parts.join(', ')}.${done}`;
}

/** What the reader should make of it. */
export function drillMeaning({ verdict, control }: DrillReport): string {
  switch (verdict) {
    case 'proved':
      return 'Every fault was noticed by exactly the criteria that had to notice it.';
    case 'not-proved':
      return 'A gate that cannot see these faults, or sees what is not there, is not to be relied on for them.';
    case 'unmeasured':
      return `What was measured is as it had to be; the rest is neither proved nor disproved. ${
        control?.criteria.some(({ state }) => state !== 'ready') === true
          ? 'Where the target is red or blind by itself, see to that first.'
          : 'Drill it again.'
      }`;
  }
}
