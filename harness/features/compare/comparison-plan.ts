/** What a comparison measures in turn and judges: saved before it begins, so that it can be judged again. */
import { z } from 'zod';
import { negligibleSchema } from '../../model/comparison.ts';
import { criterionSchema, errorBudgetSchema } from '../../model/criterion.ts';
import { notExercisedSchema } from '../../model/gate-report.ts';
import type { Immutable } from '../../model/immutable.ts';
import { machineSchema, targetIdentitySchema, toolSchema } from '../../model/run.ts';
import { instantSchema } from '../../model/units.ts';

const plannedSideSchema = z.object({ name: z.string(), target: targetIdentitySchema });

export type PlannedSide = Immutable<z.output<typeof plannedSideSchema>>;

export const comparisonPlanSchema = z.object({
  id: z.string(),
  startedAt: instantSchema,
  tool: toolSchema,
  rollout: z.string(),
  profile: z.string(),
  configHash: z.string(),
  criteria: z.array(criterionSchema),
  leftOut: z.array(notExercisedSchema),
  errorBudget: errorBudgetSchema,
  negligible: negligibleSchema,
  /** Null: as many blocks as fit into a time. */
  blocks: z.number().nullable(),
  machine: machineSchema,
  before: plannedSideSchema,
  after: plannedSideSchema,
});

export type ComparisonPlan = Immutable<z.output<typeof comparisonPlanSchema>>;
