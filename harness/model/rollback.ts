/** The rollback: steps as configured, the plan as reported, and what a preflight found. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { instantSchema } from './units.ts';

const layerSchema = z.enum(['frontend', 'backend']);

/** `look` finds something out, `remedy` takes a part of a layer back, `undo` the whole layer. */
const roleSchema = z.enum(['look', 'remedy', 'undo']);

const reversibilitySchema = z.object({
  note: z.string(),
  /** What takes the step itself back. */
  undo: z.string().exactOptional(),
});

const settlePolicySchema = z.object({
  at: z.string(),
  withinMs: z.number(),
  /** Text of the answer. */
  shows: z.string().exactOptional(),
  /** Header that says so. */
  header: z.object({ name: z.string(), is: z.string() }).exactOptional(),
});

/** What an address must answer, twice in a row, before a step counts as done. */
export type SettlePolicy = Immutable<z.output<typeof settlePolicySchema>>;

/** Saved plans of older versions lack fields: the defaults are what those plans meant. */
const rollbackStepPolicySchema = z.object({
  title: z.string(),
  layer: layerSchema,
  role: roleSchema.default('undo'),
  command: z.string().exactOptional(),
  /** The command is stopped after this long. */
  timeoutMs: z.number().default(300_000),
  /** Environment variables that it and its checks get, by name, beside PATH and the like. */
  env: z.array(z.string()).default([]),
  effect: z.string().exactOptional(),
  verify: z.string(),
  /** The criteria that a look or a remedy is for; empty: a look for all. */
  when: z.array(z.string()).default([]),
  settles: settlePolicySchema.default({ at: '{web}', withinMs: 30_000 }),
  /** A page: what a visitor's Cache Storage then keeps must be what is served now. */
  cacheStorage: z.string().exactOptional(),
  proves: z.array(z.string()).default([]),
  reversible: reversibilitySchema.exactOptional(),
  takesMs: z.number().exactOptional(),
  /** Commands that change nothing, and end well only where the step can be carried out. */
  checks: z.array(z.object({ title: z.string(), command: z.string() })).default([]),
});

/** One step as the configuration states it: `{value}` in its texts stands for what the plan fills in. */
export type RollbackStepPolicy = Immutable<z.output<typeof rollbackStepPolicySchema>>;

/** Whom to ask where the rollback does not help. */
const escalationPolicySchema = z.object({
  /** For these criteria; empty: for all. */
  when: z.array(z.string()),
  to: z.string(),
  how: z.string(),
});

export const rollbackPolicySchema = z.object({
  steps: z.array(rollbackStepPolicySchema),
  /** What commands are filled in with, by name; null: it is needed and nobody said it yet. */
  values: z.record(z.string(), z.string().nullable()).default({}),
  escalation: z.array(escalationPolicySchema).default([]),
});

/** The rollback as the rollout's config states it: all steps in order, each for one layer. */
export type RollbackPolicy = Immutable<z.output<typeof rollbackPolicySchema>>;

const preflightStepSchema = z.object({
  title: z.string(),
  /** The command and its checks as they were checked: another one is another step. */
  definition: z.string(),
  armed: z.boolean(),
  because: z.string(),
});

export type PreflightStep = Immutable<z.output<typeof preflightStepSchema>>;

export const preflightSchema = z.object({ at: instantSchema, target: z.string(), steps: z.array(preflightStepSchema) });

/** What `rollback --check` found out about a target's steps. */
export type Preflight = Immutable<z.output<typeof preflightSchema>>;

export const rollbackStepSchema = z.object({
  title: z.string(),
  layer: layerSchema,
  role: roleSchema
    .describe('look: finds out; remedy: takes a part of the layer back; undo: the whole layer.')
    .exactOptional(),
  command: z.string().describe('A line for a shell, filled in; absent where a person does it.').exactOptional(),
  /** What it changes, when it works. */
  effect: z.string().exactOptional(),
  verify: z.string().describe('How a person sees that it worked.'),
  proves: z.array(z.string()).describe('Criteria that are measured anew after it.').exactOptional(),
  because: z.array(z.string()).describe('The failed criteria that led to this step.').exactOptional(),
  reversible: reversibilitySchema.exactOptional(),
  takesMs: z.number().exactOptional(),
  /** Absent where there is no command. */
  armed: z.boolean().describe('Whether it was proved that it can be carried out.').exactOptional(),
  armedBecause: z.string().exactOptional(),
});

/** One step of the rollback, filled in for a run. What is optional is absent in reports that did not know it yet. */
export type RollbackStep = Immutable<z.output<typeof rollbackStepSchema>>;

const escalationSchema = z.object({ to: z.string(), how: z.string(), because: z.array(z.string()) });

export type Escalation = Immutable<z.output<typeof escalationSchema>>;

export const rollbackScopeSchema = z.enum(['none', 'frontend', 'backend', 'both']);

export const rollbackPlanSchema = z.object({
  scope: rollbackScopeSchema,
  armed: z.boolean().describe('Whether the plan was proved to be executable.'),
  armedBecause: z.string(),
  because: z.array(z.string()).describe('The failed criteria that led to the scope.'),
  steps: z.array(rollbackStepSchema).describe('In the order in which they are carried out.'),
  notes: z.array(z.string()).describe('Why it is this way and not a shorter one.').exactOptional(),
  takesMs: z.number().describe('All steps together, as far as stated.').exactOptional(),
  escalation: z.array(escalationSchema).describe('Whom to ask where the rollback does not help.').exactOptional(),
});

export type RollbackPlan = Immutable<z.output<typeof rollbackPlanSchema>>;
