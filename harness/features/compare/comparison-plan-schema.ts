/** What a comparison set out to measure and judge, schema version 1: saved before anything is measured. */
import { z } from 'zod';
import type { ComparisonPlan } from '../../model/comparison.ts';
import { criterion, errorBudget, machine, notExercised, targetIdentity, tool } from '../../store/run-plan-schema.ts';

const side = z.object({ name: z.string(), target: targetIdentity });

const comparisonPlan = z.object({
  schemaVersion: z.literal(1),
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

/** The saved form of a plan. */
export function savedComparisonPlan(plan: ComparisonPlan): object {
  return { schemaVersion: 1, ...plan };
}

/** A plan from parsed JSON; a string says everything that is wrong with it. */
export function parseComparisonPlan(saved: unknown): ComparisonPlan | string {
  const parsed = comparisonPlan.safeParse(saved);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { schemaVersion: _, ...plan } = parsed.data;
  return plan;
}
