/** Cursor pages over a list that is in memory. */
import type { Page } from '../contract.ts';
import { HttpProblem } from './problems.ts';

/** The page that follows a cursor. Throws a 400 for a cursor that no page gave out. */
export function pageOf<Item>(items: readonly Item[], limit: number, after: string | undefined): Page<Item> {
  const start = after === undefined ? 0 : positionAfter(after);
  const part = items.slice(start, start + limit);
  const isEmpty = part.length === 0;
  return {
    items: part,
    page_info: {
      has_next_page: start + limit < items.length,
      has_previous_page: start > 0,
      start_cursor: isEmpty ? null : cursorAt(start),
      end_cursor: isEmpty ? null : cursorAt(start + part.length - 1),
      total_count: items.length,
    },
  };
}

function cursorAt(position: number): string {
  return Buffer.from(`row:${position}`).toString('base64url');
}

function positionAfter(cursor: string): number {
  const found = /^row:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!found) throw new HttpProblem(400, `'${cursor}' is not a cursor`);
  return Number(found[1]) + 1;
}
