/** Unified diffs as rows to be shown side by side. */

/** One side of a row. */
export interface DiffCell {
  readonly lineNumber: number;
  readonly text: string;
}

/** One row: both sides for context and replaced lines, one for added and removed ones. */
export interface DiffRow {
  readonly kind: 'context' | 'changed' | 'added' | 'removed';
  readonly left: DiffCell | null;
  readonly right: DiffCell | null;
}

/** Rows that belong together, with the line that introduces them. */
export interface DiffHunk {
  readonly heading: string;
  readonly rows: readonly DiffRow[];
}

/** Parses the text of one file's unified diff. Lines before the first hunk are left out. */
export function parseUnifiedDiff(text: string): readonly DiffHunk[] {
  const hunks: { heading: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('@@')) hunks.push({ heading: line, lines: [] });
    else hunks.at(-1)?.lines.push(line);
  }
  return hunks.map(({ heading, lines }) => ({ heading, rows: alignRows(heading, lines) }));
}

/** How many lines a unified diff adds and removes. */
export function countChanges(text: string): { readonly additions: number; readonly deletions: number } {
  const rows = parseUnifiedDiff(text).flatMap((hunk) => hunk.rows);
  return {
    additions: rows.filter(({ kind }) => kind === 'added' || kind === 'changed').length,
    deletions: rows.filter(({ kind }) => kind === 'removed' || kind === 'changed').length,
  };
}

function alignRows(heading: string, lines: readonly string[]): readonly DiffRow[] {
  const [, leftStart = '1', rightStart = '1'] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(heading) ?? [];
  let leftNumber = Number(leftStart);
  let rightNumber = Number(rightStart);
  const rows: DiffRow[] = [];
  let removed: DiffCell[] = [];
  let added: DiffCell[] = [];
  const flush = () => {
    rows.push(...pairUp(removed, added));
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('-')) removed.push({ lineNumber: leftNumber++, text });
    else if (line.startsWith('+')) added.push({ lineNumber: rightNumber++, text });
    else if (line.startsWith(' ')) {
      flush();
      rows.push({
        kind: 'context',
        left: { lineNumber: leftNumber++, text },
        right: { lineNumber: rightNumber++, text },
      });
    }
  }
  flush();
  return rows;
}

function pairUp(removed: readonly DiffCell[], added: readonly DiffCell[]): readonly DiffRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const left = removed[index] ?? null;
    const right = added[index] ?? null;
    return { kind: left && right ? 'changed' : left ? 'removed' : 'added', left, right };
  });
}
