/** What the doctor found, for a terminal: section by section, and the verdict last, where it is read first. */

import { type ListItem, list, paragraph, section } from '../../report/document.ts';
import { renderTerminalBlocks, type TerminalPage } from '../../report/formats/terminal.ts';
import { asSentence } from '../../report/wording.ts';
import type { Diagnosis } from '../../sources/diagnosis.ts';

export interface Section {
  readonly title: string;
  readonly diagnoses: readonly Diagnosis[];
}

const stateColumns = 16;

/** Lines joined by line feeds, ending in one. What is found of several things alike is said once. */
export function renderDoctor(sections: readonly Section[], page: TerminalPage): string {
  const all = sections.flatMap(({ diagnoses }) => diagnoses);
  return renderTerminalBlocks(
    [
      ...sections.map(({ title, diagnoses }) =>
        section(title, [list(grouped(diagnoses).map(itemOf), { leadColumns: stateColumns })]),
      ),
      paragraph(verdictOf(all)),
    ],
    page,
  );
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

function itemOf({ what, state, found, advice }: Diagnosis): ListItem {
  const text = [`${what}: ${asSentence(found)}`, ...(advice ? [`To do: ${asSentence(advice)}`] : [])].join(' ');
  return { lead: state, text };
}
