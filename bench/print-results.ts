/** Prints the results of a bench as tables, with the machine they were measured on. */
import { cpus, totalmem } from 'node:os';

/** A table in fixed columns; the first is flush left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}

/** `+3.2`, `-0.4`. */
export function signed(value: number): string {
  return Number.isNaN(value) ? '–' : `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}

function machine(): string {
  const [first] = cpus();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${memoryGiB} GiB, Node ${process.version}`;
}

/** Prints the table, or with `--json` everything as JSON. */
export function print(title: string, text: string, results: unknown): void {
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ bench: title, machine: machine(), results }, null, 1));
  else console.log(`${title}\n${machine()}\n\n${text}\n`);
}
