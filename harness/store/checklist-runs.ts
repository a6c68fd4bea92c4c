/** Walks of checklists, a file each under `reports/checklists/`, and one for people beside it, written anew after every answer. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import type { ChecklistRun } from '../model/checklist-run.ts';

const answer = z.object({
  item: z.string(),
  title: z.string(),
  outcome: z.enum(['done', 'failed', 'not-done']),
  by: z.string(),
  at: z.string(),
  how: z.enum(['asked', 'run', 'looked up']),
  note: z.string(),
});

export const walkSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  list: z.string(),
  title: z.string(),
  target: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  answers: z.array(answer),
});

/** `text` is the same for people. */
export function saveChecklistRun(reports: string, walk: ChecklistRun, text: string): void {
  const folder = join(reports, 'checklists');
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, `${walk.id}.json`), `${JSON.stringify(walk, null, 1)}\n`);
  writeWhole(join(folder, `${walk.id}.md`), text);
}

/** The newest of each list for a target, oldest first. Throws an OperatorMistake for a file that cannot be read. */
export function newestChecklistRuns(reports: string, target: string): readonly ChecklistRun[] {
  const folder = join(reports, 'checklists');
  const checklistRuns = filesIn(folder)
    .map((file) => readChecklistRun(join(folder, file)))
    .filter((walk) => walk.target === target)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  return [...new Map(checklistRuns.map((walk) => [walk.list, walk])).values()];
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => /^[^.].*\.json$/.test(file));
  } catch {
    return []; // nothing was ever walked
  }
}

function readChecklistRun(file: string): ChecklistRun {
  try {
    return walkSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.walkUnreadable(file, error instanceof z.ZodError ? z.prettifyError(error) : String(error));
  }
}
