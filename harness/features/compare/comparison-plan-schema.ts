/** What a comparison set out to measure and judge, schema version 1: saved before anything is measured. */
import { z } from 'zod';
import { criterionSchema, errorBudgetSchema } from '../../model/criterion.ts';
import { notExercisedSchema } from '../../model/gate-report.ts';
import { machineSchema, targetIdentitySchema, toolSchema } from '../../model/run.ts';

const side = z.object({ name: z.string(), target: targetIdentitySchema });

export const comparisonPlanSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  tool: toolSchema,
  rollout: z.string(),
  profile: z.string(),
  configHash: z.string(),
  criteria: z.array(criterionSchema),
  leftOut: z.array(notExercisedSchema),
  errorBudget: errorBudgetSchema,
  negligible: z.object({ ofValue: z.number(), ofLimit: z.number() }),
  blocks: z.number().nullable(),
  machine: machineSchema,
  before: side,
  after: side,
});
