/** The sizes of scripts as a table for people. */
import { formatValue } from '../lib/format.ts';
import type { Sizes } from '../model/evidence.ts';
import { fit } from '../report/terminal-text.ts';
import type { MeasuredBundle } from '../sources/bundle/measure-bundle.ts';

const NAME_COLUMNS = 44;
const SIZE_COLUMNS = 10;

/** Ends in a line feed; quality issues come last. */
export function renderBundle({ measured, compression, scripts, qualityIssues }: MeasuredBundle): string {
  const files = scripts.reduce((all, one) => all + one.files, 0);
  const total = (size: keyof Sizes): number => scripts.reduce((all, one) => all + one[size], 0);
  const lines = [
    measured,
    compression,
    '',
    row('', ['raw', 'gzip', 'brotli']),
    ...scripts.map((one) => row(one.files === 1 ? one.name : `${one.name} (${one.files} files)`, textsOf(one))),
    row(
      `${files} ${files === 1 ? 'script' : 'scripts'}`,
      textsOf({ raw: total('raw'), gzip: total('gzip'), brotli: total('brotli') }),
    ),
    '',
    ...qualityIssues.map(({ message }) => `open  ${message}`),
  ];
  return `\n${lines.join('\n')}\n`;
}

function textsOf({ raw, gzip, brotli }: Sizes): readonly string[] {
  return [raw, gzip, brotli].map((bytes) => formatValue(bytes, 'bytes'));
}

function row(name: string, cells: readonly string[]): string {
  return [fit(name, NAME_COLUMNS), ...cells.map((cell) => fit(cell, SIZE_COLUMNS, 'right'))].join(' ');
}
