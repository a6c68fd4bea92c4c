/** `last-go.json`: the last run of the same rollout, profile and target that was a go before this one. It decides nothing. */
import { z } from 'zod';
import { limitSchema } from './criterion.ts';
import { observedSchema } from './finding.ts';
import type { Immutable } from './immutable.ts';
import { outcomeSchema } from './outcome.ts';
import { environmentSchema, toolSchema } from './run.ts';
import { instantSchema } from './units.ts';

const criterionThenSchema = z.object({
  criterion: z.string(),
  outcome: outcomeSchema,
  limit: limitSchema,
  /** Absent where nothing was observed. */
  observed: observedSchema.exactOptional(),
});

/** What a criterion was then. */
export type CriterionThen = Immutable<z.output<typeof criterionThenSchema>>;

const knownGoSchema = z.object({
  schemaVersion: z.literal(1),
  status: z.literal('known'),
  run: z.object({
    id: z.string(),
    startedAt: instantSchema,
    release: z.string(),
    tool: toolSchema,
    environment: environmentSchema,
    configHash: z.string(),
  }),
  /** Of each criterion that it judged. */
  criteria: z.array(criterionThenSchema),
});

export type KnownGo = Immutable<z.output<typeof knownGoSchema>>;

export const lastGoSchema = z.discriminatedUnion('status', [
  knownGoSchema,
  z.object({ schemaVersion: z.literal(1), status: z.literal('none'), why: z.string() }),
]);

export type LastGo = Immutable<z.output<typeof lastGoSchema>>;
