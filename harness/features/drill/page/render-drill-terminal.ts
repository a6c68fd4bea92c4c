/** The drill for a terminal: a matrix of faults and criteria that grows line by line, then what it came to. */
import { styleText } from 'node:util';
import { formatDuration } from '../../../lib/format.ts';
import { noFaultName } from '../../../model/run.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { fit, wrap } from '../../../report/terminal-text.ts';
import { asSentence, counted } from '../../../report/wording.ts';
import type {
  CellState,
  ControlState,
  DrillCell,
  DrillControl,
  DrilledFault,
  DrillReport,
  SmallestSize,
} from '../drill-report.ts';
import {
  controlTroubles,
  drillHeadline,
  drillMeaning,
  drillVerdictWords,
  notDrilledByReason,
  proxyText,
  sizedFault,
  sizeText,
  troublesOf,
  unjudgedText,
} from './wording.ts';

export interface DrillPage {
  readonly colour: boolean;
  readonly width: number;
  /** The columns of the matrix, by id. */
  readonly criteria: readonly string[];
}

type Tone = 'good' | 'bad' | 'open' | 'quiet' | 'strong';

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
  const troubles = troublesOf(fault).flatMap((trouble) => indented(trouble, page));
  return `${[row, ...troubles.map((line) => paint(line, 'bad', page))].join('\n')}\n`;
}

/** The row of the target as it is, through the proxy without a fault. */
export function renderControlRow(control: DrillControl, page: DrillPage): string {
  const signs = page.criteria.map((id) => {
    const state = control.criteria.find(({ criterion }) => criterion === id)?.state;
    return state === undefined ? ' ' : paint(controlSigns[state], controlTones[state], page);
  });
  const name = fit(noFaultName, faultColumns(page));
  const row = `${name} ${signs.join('')} ${formatDuration(control.tookMs).padStart(11)}`;
  const troubles = controlTroubles(control).flatMap((trouble) => indented(trouble, page));
  return `${[row, ...troubles.map((line) => paint(line, 'open', page))].join('\n')}\n`;
}

const controlSigns: { readonly [state in ControlState]: string } = { ready: '.', red: 'X', blind: '?' };
const controlTones: { readonly [state in ControlState]: Tone } = { ready: 'quiet', red: 'bad', blind: 'open' };

/** What it came to. */
export function renderDrillEnd(report: DrillReport, page: DrillPage): string {
  const { drill, verdict, criteria } = report;
  const took = formatDuration(Date.parse(drill.finishedAt) - Date.parse(drill.startedAt));
  const tone = verdict === 'proved' ? 'good' : verdict === 'unmeasured' ? 'open' : 'bad';
  const undrilled = criteria.filter(({ state }) => state === 'not-drilled').length;
  const notExercised = [...new Set(report.faults.flatMap((fault) => fault.notExercised))];
  return `${[
    paint(drillVerdictWords[verdict].toUpperCase(), tone, page),
    ...(drill.interrupted ? ['Interrupted: what was done is kept.'] : []),
    ...wrap(`${drillHeadline(report)} ${drillMeaning(report)} It took ${took}.`, page.width),
    ...proxyLines(report, page),
    ...(undrilled === 0 || report.notDrilled !== undefined
      ? []
      : [`Nothing was to turn red: ${undrilled} of ${criteria.length} criteria.`]),
    ...wrap(unjudgedText(report) ?? '', page.width),
    ...(notExercised.length === 0 ? [] : wrap(`Not exercised yet: ${notExercised.join(', ')}.`, page.width)),
    ...sizeLines(report.sizes, page),
  ].join('\n')}\n`;
}

function proxyLines(report: DrillReport, page: DrillPage): string[] {
  const { notDrilled = [] } = report;
  return [
    ...wrap(proxyText(report) ?? '', page.width),
    ...(notDrilled.length === 0 ? [] : [`Not drilled: ${counted(notDrilled.length, 'criterion', 'criteria')}.`]),
    ...notDrilledByReason(notDrilled).flatMap(([reason, ids]) => [
      ...wrap(oneLine(asSentence(reason), 400), page.width - 2).map((line) => `  ${line}`),
      ...wrap(ids.join(', '), page.width - 4).map((line) => `    ${line}`),
    ]),
  ];
}

function sizeLines(sizes: readonly SmallestSize[], page: DrillPage): string[] {
  if (sizes.length === 0) return [];
  const columns = [Math.max(20, page.width - 52), 22, 12, 12] as const;
  const row = (cells: readonly string[]) =>
    cells.map((cell, index) => fit(cell, columns[index] ?? 10, index < 2 ? 'left' : 'right')).join(' ');
  return [
    '',
    paint(row(['criterion', 'fault', 'caught from', 'not at']), 'quiet', page),
    ...sizes.map(({ criterion, fault, unit, caught, missed }) =>
      row([
        criterion,
        fault,
        caught === null ? 'not at all' : sizeText(caught, unit),
        missed === null ? '–' : sizeText(missed, unit),
      ]),
    ),
  ];
}

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
  if (state === 'fired') return 'good';
  if (state === 'quiet') return 'quiet';
  return state === 'unmeasured' ? 'open' : 'bad';
}

/** What the signs and the duration leave. */
function faultColumns({ width, criteria }: DrillPage): number {
  return Math.max(16, Math.min(36, width - criteria.length - 13));
}

function letterOf(index: number): string {
  return letters[index] ?? '*';
}

function indented(text: string, { width }: DrillPage): string[] {
  return wrap(oneLine(text, 400), width - 4).map((line) => `    ${line}`);
}

function paint(text: string, tone: Tone, { colour }: DrillPage): string {
  return colour ? styleText(styles[tone], text, { validateStream: false }) : text;
}

const styles: { readonly [tone in Tone]: Parameters<typeof styleText>[0] } = {
  good: 'green',
  bad: ['bold', 'red'],
  open: 'yellow',
  quiet: 'dim',
  strong: 'bold',
};
