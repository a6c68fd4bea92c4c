/** A checklist, as people went through it. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { instantSchema } from './units.ts';

const checklistAnswerSchema = z.object({
  /** The item's id; of a list of commands, with the command's number. */
  item: z.string(),
  title: z.string(),
  outcome: z.enum(['done', 'failed', 'not-done']),
  /** Who answered, or started the commands. */
  by: z.string(),
  at: instantSchema,
  how: z.enum(['asked', 'run', 'looked up']),
  /** What they said, or what the commands came to. */
  note: z.string(),
});

export type ChecklistAnswer = Immutable<z.output<typeof checklistAnswerSchema>>;

export const checklistRunSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  list: z.string(),
  title: z.string(),
  target: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable().describe('Null as long as something is open.'),
  answers: z.array(checklistAnswerSchema),
});

/** One pass through a checklist; `reports/checklists/<id>.json`. */
export type ChecklistRun = Immutable<z.output<typeof checklistRunSchema>>;
