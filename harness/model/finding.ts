/** A criterion, judged. */
import { z } from 'zod';
import { limitSchema, waiverSchema } from './criterion.ts';
import { drillProofSchema } from './drill-proof.ts';
import type { Immutable } from './immutable.ts';
import { outcomeSchema, scopeSchema, severitySchema } from './outcome.ts';
import { unitSchema } from './units.ts';

const comparedPercentilesSchema = z
  .object({
    beforeMs: z.number(),
    nowMs: z.number(),
    runs: z.array(z.string()).describe('Ids of the accepted runs, newest first.'),
  })
  .describe('Of a change: the same percentile of the accepted runs and of this one.');

export const observedSchema = z
  .object({
    statistic: z.string().describe('p75, p95, ratio, count, failed checks, longest task, growth.'),
    value: z.number(),
    unit: unitSchema,
    interval: z
      .tuple([z.number().nullable(), z.number().nullable()])
      .describe('Lower and upper end; null where the samples do not bound that side. Absent for exact statistics.')
      .exactOptional(),
    confidence: z.number().exactOptional(),
    samples: z.number(),
    /** Absent in reports that did not keep it yet. */
    compared: comparedPercentilesSchema.exactOptional(),
  })
  .describe("What was seen; the worst part's where there are several.");

export type Observed = Immutable<z.output<typeof observedSchema>>;

export const reasonCodeSchema = z
  .enum([
    'interval-within-limit',
    'interval-beyond-limit',
    'interval-spans-limit',
    'too-close-to-limit', // the samples agree, the instrument is not that exact
    'within-noise-floor', // the samples agree, two runs of the same thing on this machine would not
    'machine-disturbed', // beyond the limit only with the time that the machine was kept from running
    'count-within-limit',
    'count-beyond-limit',
    'all-checks-hold',
    'check-failed',
    'growth-within-limit',
    'growth-beyond-limit',
    'too-few-samples',
    'no-evidence',
    'group-missing',
    'baseline-unavailable', // the store did not answer
    'evidence-doubted', // see the message: a quality issue of the evidence
    'wrong-kind-of-evidence',
  ])
  .describe('Why the finding has its outcome; stable, documented in docs/reasons.md.');

export type ReasonCode = z.output<typeof reasonCodeSchema>;

const findingPartSchema = z.object({
  label: z.string(),
  outcome: outcomeSchema,
  reason: reasonCodeSchema,
  message: z.string(),
  observed: observedSchema.exactOptional(),
  limit: limitSchema,
});

export type FindingPart = Immutable<z.output<typeof findingPartSchema>>;

export const findingSchema = z
  .object({
    criterion: z.string().describe('Stable id, such as diff.latency-p95.'),
    title: z.string(),
    sli: z.string().describe('Names the measurement in the evidence.'),
    scope: scopeSchema,
    severity: severitySchema.describe('Blocking findings decide the verdict, advisory ones inform.'),
    waived: waiverSchema.describe('Set aside: judged and shown, but deciding nothing.').exactOptional(),
    outcome: outcomeSchema,
    reason: reasonCodeSchema,
    message: z.string().describe('A sentence with the values that decided it. For people: do not parse.'),
    observed: observedSchema.exactOptional(),
    limit: limitSchema,
    alert: limitSchema.exactOptional(),
    alerting: z.boolean().describe('True when the observed value lies beyond the alert threshold.'),
    warn: limitSchema.exactOptional(),
    warning: z.boolean().describe('True when the observed value lies beyond the warning threshold.').default(false),
    detects: z.string().describe('The smallest violation this run would have caught.').exactOptional(),
    needs: z.string().describe('What an inconclusive finding would need to be decided.').exactOptional(),
    rationale: z.string(),
    advice: z.string(),
    checklist: z.array(z.string()).describe('Rows of the success criteria this answers.'),
    evidence: z.array(z.string()).describe('Evidence files, relative to the run folder.'),
    parts: z.array(findingPartSchema).describe('One per group or condition; empty where there is only one.'),
    /** Absent when no proof counts. */
    lastProvedToFire: z.string().describe('The day of the drill that last proved it, 2026-11-22.').exactOptional(),
    /** Absent in runs that did not ask. */
    proof: drillProofSchema.exactOptional(),
  })
  .describe('One criterion, judged.');

export type Finding = Immutable<z.output<typeof findingSchema>>;

/** Whether a finding takes part in the verdict: advisory ones inform, waived ones are set aside. */
export function decides({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): boolean {
  return severity === 'blocking' && waived === undefined;
}
