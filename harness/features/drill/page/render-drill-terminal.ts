/** The drill for a terminal: a matrix of faults and criteria that grows line by line. */
import { formatDuration } from '../../../lib/format.ts';
import { noFaultName } from '../../../model/run.ts';
import { paint, type Tone, wrapped } from '../../../report/formats/terminal.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { fit } from '../../../report/terminal-text.ts';
import type { CellState, ControlState, DrillCell, DrillControl, DrilledFault } from '../drill-report.ts';
import { controlTroubles, sizedFault, troublesOf } from './wording.ts';

export interface DrillPage {
  readonly colour: boolean;
  readonly width: number;
  /** The columns of the matrix, by id. */
  readonly criteria: readonly string[];
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

/** What the columns and signs mean, and the head of the matrix. */
export function renderDrillHead(page: DrillPage): string {
  const { criteria, width } = page;
  const columns = criteria.map((id, index) => `${letterOf(index)} ${id}`);
  const half = Math.floor((width - 2) / 2);
  const rows = Math.ceil(columns.length / 2);
  const legend = Array.from({ length: rows }, (_, row) =>
    `  ${fit(columns[row] ?? '', half)}${columns[row + rows] ?? ''}`.trimEnd(),
  );
  const signs = '  # red as it must be   o inconclusive as it must be   . not red';
  const troubles = '  M missed   X red without a reason   ? not measured';
  const head = `${fit('fault', faultColumns(page))} ${criteria.map((_, index) => letterOf(index)).join('')}`;
  return `${[...legend, '', signs, troubles, '', paint(head, 'quiet', page)].join('\n')}\n`;
}

/** One row, and what stands against it. */
export function renderDrillRow(fault: DrilledFault, page: DrillPage): string {
  const signs = page.criteria.map((id) => {
    const cell = fault.cells.find(({ criterion }) => criterion === id);
    return cell === undefined ? ' ' : paint(signOf(cell), toneOf(cell.state), page);
  });
  const row = `${fit(oneLine(sizedFault(fault)), faultColumns(page))} ${signs.join('')} ${formatDuration(fault.tookMs).padStart(11)}`;
  const troubles = troublesOf(fault).flatMap((trouble) => troubleLines(trouble, 'fail', page));
  return `${[row, ...troubles].join('\n')}\n`;
}

function troubleLines(trouble: string, tone: Tone, page: DrillPage): readonly string[] {
  return wrapped(oneLine(trouble, 400), { page, indent: 4, tone });
}

/** The row of the target as it is, through the proxy without a fault. */
export function renderControlRow(control: DrillControl, page: DrillPage): string {
  const signs = page.criteria.map((id) => {
    const state = control.criteria.find(({ criterion }) => criterion === id)?.state;
    return state === undefined ? ' ' : paint(controlSigns[state], controlTones[state], page);
  });
  const name = fit(noFaultName, faultColumns(page));
  const row = `${name} ${signs.join('')} ${formatDuration(control.tookMs).padStart(11)}`;
  const troubles = controlTroubles(control).flatMap((trouble) => troubleLines(trouble, 'inconclusive', page));
  return `${[row, ...troubles].join('\n')}\n`;
}

const controlSigns: { readonly [state in ControlState]: string } = { ready: '.', red: 'X', blind: '?' };
const controlTones: { readonly [state in ControlState]: Tone } = { ready: 'quiet', red: 'fail', blind: 'inconclusive' };

function signOf({ state, expected }: DrillCell): string {
  switch (state) {
    case 'fired':
      return expected === 'red' ? '#' : 'o';
    case 'missed':
      return 'M';
    case 'false':
      return 'X';
    case 'unmeasured':
      return '?';
    case 'quiet':
      return '.';
  }
}

function toneOf(state: CellState): Tone {
  if (state === 'fired') return 'pass';
  if (state === 'quiet') return 'quiet';
  return state === 'unmeasured' ? 'inconclusive' : 'fail';
}

/** What the signs and the duration leave. */
function faultColumns({ width, criteria }: DrillPage): number {
  return Math.max(16, Math.min(36, width - criteria.length - 13));
}

function letterOf(index: number): string {
  return letters[index] ?? '*';
}
