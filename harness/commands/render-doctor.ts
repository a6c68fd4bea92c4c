/** What the doctor found, for a terminal. */
import { wrap } from '../report/terminal-text.ts';
import type { Shell } from '../shell.ts';

export interface Diagnosis {
  readonly what: string;
  readonly state: 'ready' | 'not ready' | 'not needed' | 'not configured';
  readonly found: string;
  /** How to get what is missing. */
  readonly advice?: string;
}

const stateColumns = 15;

/** Lines joined by line feeds, ending in one: what is not ready last, where it is read first. */
export function renderDoctor(all: readonly Diagnosis[], { width }: Shell['terminal']): string {
  const missing = all.filter(({ state }) => state === 'not ready');
  const lines = [...all.filter(({ state }) => state !== 'not ready'), ...missing].flatMap((one) => linesOf(one, width));
  const verdict =
    missing.length === 0 ? 'Fit to measure.' : `Not fit to measure: ${missing.map(({ what }) => what).join(', ')}.`;
  return `${[...lines, '', ...wrap(verdict, width)].join('\n')}\n`;
}

function linesOf({ what, state, found, advice }: Diagnosis, width: number): readonly string[] {
  const text = [`${what}: ${found}`, ...(advice === undefined || advice === '' ? [] : [`To do: ${advice}.`])].join(' ');
  return wrap(text, width - stateColumns).map((line, index) =>
    `${(index === 0 ? state : '').padEnd(stateColumns)}${line}`.trimEnd(),
  );
}
