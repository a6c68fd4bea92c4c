/** `comparison.json`, schema version 1, as a schema: for those who build on it. */
import { z } from 'zod';
import type { ComparisonReport } from '../../../model/comparison.ts';

const instant = z.string().describe('ISO 8601 in UTC.');
const unit = z.enum(['ms', 'ratio', 'count', 'bytes']).describe('`ratio` is 0 to 1.');

const value = z.object({
  statistic: z.string().describe('`p50`, `p95`, `ratio`, `count`, `failed checks`, `gzip`.'),
  value: z.number(),
  unit,
  samples: z.number(),
});

const change = z.object({
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

const effect = z.object({
  kind: z.enum(['cliffs-delta', 'cohens-h']),
  value: z.number(),
  size: z.enum(['negligible', 'small', 'medium', 'large']),
});

const part = z.object({
  label: z.string(),
  outcome: z.enum(['same', 'different', 'undecided']),
  worse: z.enum(['yes', 'no', 'open']).describe('By more than what is negligible.'),
  reason: z.enum([
    'interval-excludes-none',
    'interval-within-negligible',
    'interval-spans-none',
    'size-open',
    'equal-as-seen',
    'unequal-as-seen',
    'too-few-samples',
    'no-evidence',
    'evidence-doubted',
    'not-comparable',
    'wrong-kind-of-evidence',
  ]),
  message: z.string().describe('For people: do not parse.'),
  needs: z.string().exactOptional().describe('What an undecided one would need; for people.'),
  before: value.nullable(),
  after: value.nullable(),
  change: change.nullable(),
  effect: effect.nullable(),
  negligible: z.number().nullable().describe('In the unit of the change; null where every change matters.'),
});

const criterion = part.extend({
  criterion: z.string(),
  title: z.string(),
  scope: z.enum(['frontend', 'backend', 'frontend+backend', 'either']),
  severity: z.enum(['blocking', 'advisory']),
  parts: z.array(part).describe('One for each group, where there are several.'),
});

const side = z.object({
  name: z.string().describe('As it was asked for.'),
  target: z.object({ name: z.string(), web: z.string(), api: z.string(), release: z.string() }),
  run: z.string().nullable().describe('The saved run; null of a live target.'),
  measuredAt: instant,
  environment: z.object({ machineClass: z.string(), os: z.string(), node: z.string(), browser: z.string() }),
});

/** @internal Exported for its tests. */
export const comparisonReportSchema = z.object({
  schemaVersion: z.literal(1),
  comparison: z.object({
    id: z.string(),
    rollout: z.string(),
    profile: z.string(),
    design: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('apart') }),
      z.object({ kind: z.literal('in-turn'), blocks: z.object({ planned: z.number(), measured: z.number() }) }),
    ]),
    startedAt: instant,
    finishedAt: instant,
    tool: z.object({ version: z.string(), commit: z.string() }),
    configHash: z.string(),
    endedEarly: z.string().nullable().describe('Why fewer blocks were measured than planned.'),
  }),
  verdict: z.enum(['nothing-worse', 'worse', 'undecided']),
  before: side,
  after: side,
  criteria: z.array(criterion),
  notCompared: z.array(z.object({ criterion: z.string(), title: z.string(), reason: z.string() })),
  negligible: z.object({ ofValue: z.number(), ofLimit: z.number() }),
  errorBudget: z.object({
    falseGo: z.number().describe('How often one criterion may be called the same that is not.'),
    falseNoGo: z.number().describe('How often anything may be called different that is not, over all criteria.'),
  }),
});

/** `comparison.json` as it was written. Throws where it is none. */
export function parseComparison(saved: unknown): ComparisonReport {
  return comparisonReportSchema.parse(saved);
}

/** The JSON Schema (draft 2020-12) of `comparison.json`. */
export function comparisonJsonSchema(): object {
  return {
    $id: 'urn:rampgate:comparison:1',
    title: 'Rampgate comparison, schema version 1',
    ...z.toJSONSchema(comparisonReportSchema satisfies z.ZodType<ComparisonReport>, { target: 'draft-2020-12' }),
  };
}
