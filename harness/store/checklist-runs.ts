/** Checklist runs: a JSON file each under `reports/checklists/` and a text for people beside it, rewritten after every answer. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes } from '../lib/mistakes.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { type ChecklistRun, checklistRunSchema } from '../model/checklist-run.ts';
import { readDocument } from './saved-document.ts';

/** `text` says the same for people. */
export function saveChecklistRun(reports: string, run: ChecklistRun, text: string): void {
  const folder = join(reports, 'checklists');
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, `${run.id}.json`), `${JSON.stringify(run, null, 1)}\n`);
  writeWhole(join(folder, `${run.id}.md`), text);
}

/** The newest of each list for a target, oldest first. Throws an OperatorMistake for a file that cannot be read. */
export function newestChecklistRuns(reports: string, target: string): readonly ChecklistRun[] {
  const folder = join(reports, 'checklists');
  const checklistRuns = filesIn(folder)
    .map((file) => readDocument(join(folder, file), checklistRunSchema, mistakes.checklistRunUnreadable))
    .filter((run) => run.target === target)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  return [...new Map(checklistRuns.map((run) => [run.list, run])).values()];
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => /^[^.].*\.json$/.test(file));
  } catch {
    return []; // no checklist was ever run
  }
}
