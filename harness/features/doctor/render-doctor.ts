/** What the doctor found, for a terminal: section by section, and the verdict last, where it is read first. */

import type { Shell } from '../../lib/shell.ts';
import { wrap } from '../../report/terminal-text.ts';
import type { Diagnosis } from '../../sources/diagnosis.ts';

export interface Section {
  readonly title: string;
  readonly diagnoses: readonly Diagnosis[];
}

const stateColumns = 16;

/** Lines joined by line feeds, ending in one. What is found of several things alike is said once. */
export function renderDoctor(sections: readonly Section[], { width }: Pick<Shell['terminal'], 'width'>): string {
  const all = sections.flatMap(({ diagnoses }) => diagnoses);
  const shown = sections
    .filter(({ diagnoses }) => diagnoses.length > 0)
    .map(({ title, diagnoses }) => [title, ...grouped(diagnoses).flatMap((one) => linesOf(one, width))].join('\n'));
  return `${[...shown, wrap(verdictOf(all), width).join('\n')].join('\n\n')}\n`;
}

/** Whether a gate could decide all that it is asked. */
export function isFit(all: readonly Diagnosis[]): boolean {
  return lacking(all).length === 0;
}

function lacking(all: readonly Diagnosis[]): readonly Diagnosis[] {
  return all.filter(({ state }) => state === 'not ready' || state === 'blind' || state === 'not known');
}

function verdictOf(all: readonly Diagnosis[]): string {
  const what = [...new Set(lacking(all).map((one) => one.what))];
  return what.length === 0 ? 'Fit to measure.' : `Not fit to measure: ${what.join(', ')}.`;
}

function grouped(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  const alike = Map.groupBy(diagnoses, ({ state, found, advice }) => JSON.stringify([state, found, advice]));
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, what: [first, ...others].map(({ what }) => what).join(', ') }],
  );
}

function linesOf({ what, state, found, advice }: Diagnosis, width: number): readonly string[] {
  const text = [`${what}: ${sentence(found)}`, ...(advice ? [`To do: ${sentence(advice)}`] : [])].join(' ');
  return wrap(text, width - stateColumns - 2).map((line, index) =>
    `  ${(index === 0 ? state : '').padEnd(stateColumns)}${line}`.trimEnd(),
  );
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
