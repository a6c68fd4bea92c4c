/** `comparison.json`, schema version 1: what was before, what is after, and what can be said of the difference. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { scopeSchema, severitySchema } from './outcome.ts';
import { environmentSchema, targetIdentitySchema, toolSchema } from './run.ts';
import { instantSchema, unitSchema } from './units.ts';

const instant = instantSchema.describe('ISO 8601 in UTC.');
const unit = unitSchema.describe('`ratio` is 0 to 1.');

const comparedValueSchema = z.object({
  statistic: z.string().describe('`p50`, `p95`, `ratio`, `count`, `failed checks`, `gzip`.'),
  value: z.number(),
  unit,
  samples: z.number(),
});

/** A statistic of one side. */
export type ComparedValue = Immutable<z.output<typeof comparedValueSchema>>;

const comparedChangeSchema = z.object({
  value: z.number().describe('After less before, in `unit`.'),
  unit,
  ofBefore: z.number().nullable().describe('As a share of what was before; null where that was nothing.'),
  interval: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .exactOptional()
    .readonly()
    .describe('Null: not bounded on that side. Absent: counted whole.'),
  confidence: z.number().exactOptional().describe('Of the interval.'),
});

export type ComparedChange = Immutable<z.output<typeof comparedChangeSchema>>;

const effectSizeSchema = z.object({
  /** `cliffs-delta`: how much more often "after" is the greater one, -1 to 1. `cohens-h`: of two shares. */
  kind: z.enum(['cliffs-delta', 'cohens-h']),
  value: z.number(),
  size: z.enum(['negligible', 'small', 'medium', 'large']),
});

/** How large a difference is beside the spread of what was measured, in a number without unit. */
export type EffectSize = Immutable<z.output<typeof effectSizeSchema>>;

export const comparedReasonSchema = z.enum([
  'interval-excludes-none', // all of the interval lies on one side of no change
  'interval-within-negligible',
  'interval-spans-none', // it may have become better or worse
  'size-open', // it changed, and whether by more than what is negligible is open
  'equal-as-seen',
  'unequal-as-seen',
  'too-few-samples',
  'no-evidence',
  'evidence-doubted',
  'not-comparable', // measured under another key
  'wrong-kind-of-evidence',
]);

/** Why a criterion has its outcome; documented in docs/comparing.md. */
export type ComparedReason = z.output<typeof comparedReasonSchema>;

const comparedPartSchema = z.object({
  label: z.string(),
  /**
   * - `same`: the two differ by no more than what is negligible, with the stated confidence
   * - `different`: they differ, with the stated confidence, and by more than what is negligible
   * - `undecided`: neither can be said
   */
  outcome: z.enum(['same', 'different', 'undecided']),
  worse: z.enum(['yes', 'no', 'open']).describe('By more than what is negligible.'),
  reason: comparedReasonSchema,
  message: z.string().describe('For people: do not parse.'),
  needs: z.string().exactOptional().describe('What an undecided one would need; for people.'),
  before: comparedValueSchema.nullable(),
  after: comparedValueSchema.nullable(),
  change: comparedChangeSchema.nullable(),
  effect: effectSizeSchema.nullable(),
  negligible: z.number().nullable().describe('In the unit of the change; null where every change matters.'),
});

/** One question about a criterion: all of it, or one of its groups. */
export type ComparedPart = Immutable<z.output<typeof comparedPartSchema>>;

export type ComparedOutcome = ComparedPart['outcome'];

export type Worse = ComparedPart['worse'];

const comparedCriterionSchema = comparedPartSchema.extend({
  criterion: z.string(),
  title: z.string(),
  scope: scopeSchema,
  severity: severitySchema,
  parts: z.array(comparedPartSchema).describe('One for each group, where there are several.'),
});

/** One criterion, compared: its worst part's values, and all parts where it has several. */
export type ComparedCriterion = Immutable<z.output<typeof comparedCriterionSchema>>;

const notComparedSchema = z.object({ criterion: z.string(), title: z.string(), reason: z.string() });

/** A criterion that was not to be compared, and why. */
export type NotCompared = Immutable<z.output<typeof notComparedSchema>>;

export const negligibleSchema = z.object({
  /** Of a value, 0 to 1. */
  ofValue: z.number(),
  /** But never less than this share of the criterion's limit: of what takes hardly any time every share is noise. */
  ofLimit: z.number(),
});

/** What does not matter. */
export type Negligible = Immutable<z.output<typeof negligibleSchema>>;

const comparedSideSchema = z.object({
  name: z.string().describe('As it was asked for.'),
  target: targetIdentitySchema,
  run: z.string().nullable().describe('The saved run; null of a live target.'),
  measuredAt: instant,
  environment: environmentSchema,
});

export type ComparedSide = Immutable<z.output<typeof comparedSideSchema>>;

/** How it was measured. `apart`: two saved runs. `in-turn`: both live, block by block, A B, B A, A B … */
const designSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('apart') }),
  z.object({ kind: z.literal('in-turn'), blocks: z.object({ planned: z.number(), measured: z.number() }) }),
]);

export const comparisonReportSchema = z.object({
  schemaVersion: z.literal(1),
  comparison: z.object({
    id: z.string(),
    rollout: z.string(),
    profile: z.string(),
    design: designSchema,
    startedAt: instant,
    finishedAt: instant,
    tool: toolSchema,
    configHash: z.string(),
    endedEarly: z.string().nullable().describe('Why fewer blocks were measured than planned.'),
  }),
  /** The worst that was found: `worse` before `undecided` before `nothing-worse`. */
  verdict: z.enum(['nothing-worse', 'worse', 'undecided']),
  before: comparedSideSchema,
  after: comparedSideSchema,
  criteria: z.array(comparedCriterionSchema),
  notCompared: z.array(notComparedSchema),
  negligible: negligibleSchema,
  errorBudget: z.object({
    falseGo: z.number().describe('How often one criterion may be called the same that is not.'),
    falseNoGo: z.number().describe('How often anything may be called different that is not, over all criteria.'),
  }),
});

export type ComparisonReport = Immutable<z.output<typeof comparisonReportSchema>>;

export type ComparisonVerdict = ComparisonReport['verdict'];

/** `comparison.json` as it was written. Throws where it is none. */
export function parseComparison(saved: unknown): ComparisonReport {
  return comparisonReportSchema.parse(saved);
}

/** The JSON Schema (draft 2020-12) of `comparison.json`. */
export function comparisonJsonSchema(): object {
  return {
    $id: 'urn:rampgate:comparison:1',
    title: 'Rampgate comparison, schema version 1',
    ...z.toJSONSchema(comparisonReportSchema, { target: 'draft-2020-12' }),
  };
}

/** Whether it became better or worse; null where it did not change for sure. */
export function directionOf({ outcome, worse }: Pick<ComparedPart, 'outcome' | 'worse'>): 'better' | 'worse' | null {
  if (outcome !== 'different') return null;
  return worse === 'yes' ? 'worse' : 'better';
}
