/** `gate.json`, schema version 1: the interface others build on. */
import { z } from 'zod';
import { checklistRunSchema } from './checklist-run.ts';
import { errorBudgetSchema, successCriterionSchema, waiverSchema } from './criterion.ts';
import { attachmentSchema, machineNoiseSchema } from './evidence.ts';
import { findingSchema } from './finding.ts';
import type { Immutable } from './immutable.ts';
import { outcomeSchema, verdictSchema } from './outcome.ts';
import { rollbackPlanSchema } from './rollback.ts';
import { runIdentitySchema } from './run.ts';

const successCriterionResultSchema = successCriterionSchema.extend({
  outcome: z.enum([...outcomeSchema.options, 'not-exercised']).describe('Worst of its blocking findings.'),
  findings: z.array(z.string()).describe('Ids of the criteria that answer it.'),
  notExercised: z.array(z.string()).describe('Ids of what it also asks for and nothing looked at: a pass in part.'),
});

export type SuccessCriterionResult = Immutable<z.output<typeof successCriterionResultSchema>>;

export const notExercisedSchema = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  /** Rows of the checklist's success criteria that ask for it. */
  checklist: z.array(z.string()),
});

/** Something the rollout asks for that this run did not look at. */
export type NotExercised = Immutable<z.output<typeof notExercisedSchema>>;

const notProvenSchema = z.object({ probe: z.string(), control: z.string(), reason: z.string() });

/** A probe whose positive control was not tried, or did not show. The reason is a sentence with the values. */
export type NotProven = Immutable<z.output<typeof notProvenSchema>>;

const footprintSchema = z.object({
  requests: z.number().describe('To the target, by the run itself and by the pages it visited.'),
  maxRequests: z.number(),
  withinMs: z.number().describe('Measuring ends so long after the run began.'),
  goMeans: z.string().describe('What somebody may take a go of this profile for.'),
});

/** What a run of a bounded profile took of its target and of its time. */
export type Footprint = Immutable<z.output<typeof footprintSchema>>;

/** Fields unknown to this version are dropped on reading: version 1 may grow, but never change what it has. */
export const gateSchema = z.object({
  schemaVersion: z.literal(1),
  run: runIdentitySchema,
  verdict: verdictSchema.describe(
    'The worst blocking outcome. Only `go` allows the ramp; `inconclusive` is not a pass.',
  ),
  findings: z.array(findingSchema),
  successCriteria: z.array(successCriterionResultSchema),
  notExercised: z.array(notExercisedSchema).describe('What was not checked, and why.'),
  notProven: z
    .array(notProvenSchema)
    .describe('Where a probe was not proved to see: its positive control was not tried, or did not show.')
    .default([]),
  errorBudget: errorBudgetSchema.describe('How often the gate as a whole may be wrong each way, 0 to 1.'),
  expiredWaivers: z
    .array(waiverSchema)
    .describe('Waivers that were over when the run began: they count for nothing.')
    .default([]),
  machineNoise: machineNoiseSchema
    .describe("This machine's own noise, from its calibration; null where it was not measured.")
    .default({ calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null }),
  footprint: footprintSchema.describe('What a run of a bounded profile took, beside what it might.').exactOptional(),
  checklistRuns: z
    .array(checklistRunSchema)
    .describe('Checklists of this target as they were run before this run began, the newest run of each.')
    .exactOptional(),
  rollback: rollbackPlanSchema,
  documents: z.array(attachmentSchema).describe('Where the other documents are, relative to the run folder.'),
});

export type GateReport = Immutable<z.output<typeof gateSchema>>;

/** A file that was to be a gate report and is not; the message lists every problem and where it is. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
}

/** A saved report, from parsed JSON. Throws `UnreadableReport` with all problems at once. */
export function parseGateReport(saved: unknown): GateReport {
  const parsed = gateSchema.safeParse(saved);
  if (parsed.success) return parsed.data;
  const version = z.object({ schemaVersion: z.number().gt(1) }).safeParse(saved);
  if (version.success) {
    const { schemaVersion } = version.data;
    throw new UnreadableReport(
      `This gate report has schema version ${schemaVersion}; this Rampgate reads version 1. Use a newer Rampgate.`,
    );
  }
  throw new UnreadableReport(`This is not a gate report of schema version 1:\n${z.prettifyError(parsed.error)}`);
}

/** The JSON Schema (draft 2020-12) of `gate.json`. */
export function gateJsonSchema(): object {
  return {
    $id: 'urn:rampgate:gate:1',
    title: 'Rampgate gate report, schema version 1',
    ...z.toJSONSchema(gateSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}
