/** What a run judges by: saved before anything is measured. */
import { z } from 'zod';
import { baselinesSchema } from './baseline.ts';
import { checklistRunSchema } from './checklist-run.ts';
import { criterionSchema, errorBudgetSchema, successCriterionSchema, waiverSchema } from './criterion.ts';
import { drillProofSchema } from './drill-proof.ts';
import { notExercisedSchema } from './gate-report.ts';
import type { Immutable } from './immutable.ts';
import { preflightSchema, rollbackPolicySchema } from './rollback.ts';
import { drillMarkSchema, machineSchema, runClockSchema, targetIdentitySchema, toolSchema } from './run.ts';
import { instantSchema } from './units.ts';

const runBoundsSchema = z.object({
  /** Requests to the target at the most; what would exceed them is not begun. */
  maxRequests: z.number(),
  /** Measuring ends so long after the run began. */
  withinMs: z.number(),
  /** What somebody may take a go for, in a sentence. */
  goMeans: z.string(),
});

/** What a run may take, and so what its verdict can mean. */
export type RunBounds = Immutable<z.output<typeof runBoundsSchema>>;

export const runPlanSchema = z.object({
  run: z.object({
    id: z.string(),
    startedAt: instantSchema,
    tool: toolSchema,
    target: targetIdentitySchema,
    machine: machineSchema,
    clock: runClockSchema.exactOptional(),
    drill: drillMarkSchema.exactOptional(),
  }),
  rollout: z.string(),
  configHash: z.string(),
  profile: z.string(),
  successCriteria: z.array(successCriterionSchema),
  /** Those this run decides; what the profile or `--only` leaves out is in `leftOut`. */
  criteria: z.array(criterionSchema),
  leftOut: z.array(notExercisedSchema),
  waivers: z.array(waiverSchema),
  errorBudget: errorBudgetSchema,
  /** What was accepted before it began; absent where no criterion compares. */
  baselines: baselinesSchema.exactOptional(),
  /** The newest run of each checklist for this target; absent where there is none. */
  checklistRuns: z.array(checklistRunSchema).exactOptional(),
  /** Where the profile sets bounds to what a run may take. */
  bounds: runBoundsSchema.exactOptional(),
  rollback: rollbackPolicySchema,
  /** What `rollback --check` last found out about the target; absent where nobody has checked. */
  preflight: preflightSchema.exactOptional(),
  /** What drills say of each criterion; absent in a run that is itself part of a drill. */
  proofs: z.record(z.string(), drillProofSchema).exactOptional(),
});

/** A judging policy together with the run it is for: saved before anything is measured. */
export type RunPlan = Immutable<z.output<typeof runPlanSchema>>;

/** What findings are concluded from, beside the evidence. */
export type JudgingPolicy = Omit<RunPlan, 'run' | 'baselines' | 'checklistRuns' | 'preflight' | 'proofs'>;
