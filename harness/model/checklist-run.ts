/** A checklist, as people went through it. */
import type { Instant } from './units.ts';

/** A checklist as somebody walked it; `reports/checklists/<id>.json`. */
export interface ChecklistRun {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly list: string;
  readonly title: string;
  readonly target: string;
  readonly startedAt: Instant;
  /** Null as long as something is open. */
  readonly finishedAt: Instant | null;
  readonly answers: readonly ChecklistAnswer[];
}

export interface ChecklistAnswer {
  /** The item's id; of a list of commands, with the command's number. */
  readonly item: string;
  readonly title: string;
  readonly outcome: 'done' | 'failed' | 'not-done';
  /** Who answered, or started what was run. */
  readonly by: string;
  readonly at: Instant;
  readonly how: 'asked' | 'run' | 'looked up';
  /** What he said, or what came of it. */
  readonly note: string;
}
