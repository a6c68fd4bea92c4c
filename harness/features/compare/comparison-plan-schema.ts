/** What a comparison set out to measure and judge, schema version 1: saved before anything is measured. */
import { z } from 'zod';
import { criterion, errorBudget, machine, notExercised, targetIdentity, tool } from '../../store/run-plan-schema.ts';

const side = z.object({ name: z.string(), target: targetIdentity });

export const comparisonPlanSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  tool,
  rollout: z.string(),
  profile: z.string(),
  configHash: z.string(),
  criteria: z.array(criterion),
  leftOut: z.array(notExercised),
  errorBudget,
  negligible: z.object({ ofValue: z.number(), ofLimit: z.number() }),
  blocks: z.number().nullable(),
  machine,
  before: side,
  after: side,
});
