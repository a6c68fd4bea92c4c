/** A parsed diff, the two sides beside each other. */
import type { ScopeLabels } from '../scopes.ts';
import type { DiffCell, DiffHunk, DiffRow } from './unified-diff.ts';

interface SideBySideProps {
  readonly hunks: readonly DiffHunk[];
  readonly labels: ScopeLabels;
}

/** The browser lays out a block of rows when it comes into view, so a diff of any length appears at once. */
const rowsPerBlock = 50;

/** Removed text is `del` on the left, added text `ins` on the right. */
export function SideBySide({ hunks, labels }: SideBySideProps) {
  return (
    <div className="diff" role="table">
      <div className="diff-row diff-sides" role="row">
        <span role="columnheader">{labels.left}</span>
        <span role="columnheader">{labels.right}</span>
      </div>
      {hunks.map((hunk) => (
        <Hunk key={hunk.heading} hunk={hunk} />
      ))}
    </div>
  );
}

function Hunk({ hunk: { heading, rows } }: { readonly hunk: DiffHunk }) {
  const blockCount = Math.ceil(rows.length / rowsPerBlock);
  return (
    <>
      <div className="diff-heading">{heading}</div>
      {Array.from({ length: blockCount }, (_, block) => (
        <div key={block} className="diff-block" role="rowgroup">
          {rows.slice(block * rowsPerBlock, (block + 1) * rowsPerBlock).map((row) => (
            <Row key={`${row.left?.lineNumber} ${row.right?.lineNumber}`} row={row} />
          ))}
        </div>
      ))}
    </>
  );
}

function Row({ row: { kind, left, right } }: { readonly row: DiffRow }) {
  const isContext = kind === 'context';
  return (
    <div className={`diff-row diff-${kind}`} role="row">
      <Side cell={left} side="left" mark={isContext ? null : 'del'} />
      <Side cell={right} side="right" mark={isContext ? null : 'ins'} />
    </div>
  );
}

interface SideProps {
  readonly cell: DiffCell | null;
  readonly side: 'left' | 'right';
  readonly mark: 'del' | 'ins' | null;
}

function Side({ cell, side, mark: Mark }: SideProps) {
  if (!cell) return <span className={`diff-side diff-${side} diff-none`} role="cell" />;
  return (
    <span className={`diff-side diff-${side}`} role="cell">
      <span className="diff-number" aria-hidden="true">
        {cell.lineNumber}
      </span>
      {Mark ? <Mark>{cell.text}</Mark> : <span>{cell.text}</span>}
    </span>
  );
}
