/** Comma-separated values (RFC 4180) that a spreadsheet can be trusted with. */

/** A line for each row, the columns' names first; a value that is not there is an empty cell. */
export function renderCsv<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<{ readonly [column in Column]?: string | number | null }>,
): string {
  const lines = [columns.join(',')];
  for (const row of rows) lines.push(columns.map((column) => cell(row[column] ?? '')).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe, as it would if it were typed. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
