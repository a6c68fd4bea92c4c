/** The rollback plan as the configuration states it. */

import { z } from 'zod';
import { defined } from '../lib/defined.ts';
import { duration, name } from '../lib/fields.ts';
import { durationMs } from '../lib/quantities.ts';
import { suggestionFor } from '../lib/suggestion.ts';
import { namesIn } from '../lib/template.ts';
import type { RollbackPolicy, RollbackStepPolicy, SettlePolicy } from '../model/rollback.ts';

const line = z.string().min(1);

/** What an address must answer, twice in a row, before a step counts as done. */
const settles = z.strictObject({
  /** `{web}`, `{api}`, `{origin}` (the API's) and artifacts' parts stand for the target's. */
  at: line.optional(),
  within: duration.default('30s'),
  /** Text of the answer. */
  shows: line.optional(),
  header: z.strictObject({ name: line, is: line }).optional(),
});

const step = z.strictObject({
  title: line,
  layer: z.enum(['frontend', 'backend']),
  /** `look` finds out, `remedy` takes a part back, `undo` the whole layer. */
  role: z.enum(['look', 'remedy', 'undo']).default('undo'),
  /** A line for bash; without it, a person does it. */
  command: line.optional(),
  timeout: duration.default('5min'),
  /** Environment variables that it and its checks get, by name; no others but PATH, HOME and the like. */
  env: z.array(line).default([]),
  effect: line.optional(),
  /** How a person sees that it worked. */
  verify: line,
  /** Criteria that a look or a remedy is for. */
  when: z.array(name).default([]),
  /** Before anything is measured after it; the target's health, or its page, when left out. */
  settles: settles.optional(),
  /** A page: what a new visitor's Cache Storage keeps of it must be what is served now. */
  cacheStorage: line.optional(),
  /** Criteria that are measured anew after it, with the profile of `proveWith`. */
  proves: z.array(name).default([]),
  reversible: z.strictObject({ note: line, undo: line.optional() }).optional(),
  takes: duration.optional(),
  /** Commands that change nothing and end well only where the step can be carried out: `kubectl … --dry-run=server`. */
  checks: z.array(z.strictObject({ title: line, command: line })).default([]),
});

const escalation = z.strictObject({
  /** For these criteria; for all when left out. */
  when: z.array(name).default([]),
  to: line,
  how: line,
});

export const rollback = z.strictObject({
  steps: z.array(step),
  /** What `{name}` in the steps stands for; null: it is needed, and nobody has said it yet. */
  values: z.record(z.string().regex(/^[A-Za-z]\w*$/, 'must be a word'), line.nullable()).default({}),
  /** The profile that `proves` is measured with. */
  proveWith: name.optional(),
  escalate: z.array(escalation).default([]),
});

type Rollback = z.output<typeof rollback>;

interface TargetFacts {
  readonly health: string;
  readonly artifacts: { readonly [part: string]: { readonly id: string } };
}

/** The rollback of one target, with its artifacts among the values. */
export function rollbackPolicy(
  { steps, values, escalate }: Rollback,
  { health, artifacts }: TargetFacts,
): RollbackPolicy {
  const parts = Object.fromEntries(Object.entries(artifacts).map(([part, { id }]) => [part, id]));
  return {
    steps: steps.map((one) => stepPolicy(one, health)),
    values: { ...parts, ...values },
    escalation: escalate,
  };
}

function stepPolicy(given: Rollback['steps'][number], health: string): RollbackStepPolicy {
  const { command, effect, reversible, takes, timeout, cacheStorage, settles: settling, ...same } = given;
  return {
    ...same,
    settles: settlePolicy(settling, given.layer === 'backend' ? `{origin}${health}` : '{web}'),
    timeoutMs: durationMs(timeout),
    ...defined({ command, effect, cacheStorage }),
    ...(takes === undefined ? {} : { takesMs: durationMs(takes) }),
    ...(reversible === undefined
      ? {}
      : { reversible: { note: reversible.note, ...defined({ undo: reversible.undo }) } }),
  };
}

function settlePolicy(given: Rollback['steps'][number]['settles'], elsewhere: string): SettlePolicy {
  const { at, within, shows, header } = given ?? { within: '30s' };
  return {
    at: at ?? elsewhere,
    withinMs: durationMs(within),
    ...defined({ shows, header }),
  };
}

/** What a rollback plan says that cannot be true, each with its path; `filledIn` may stand in braces, beside its own values. */
export function rollbackContradictions(
  path: string,
  { steps, values }: Rollback,
  filledIn: readonly string[],
): string[] {
  const names = [...filledIn, ...Object.keys(values)];
  return steps.flatMap((one, index) => [
    ...(steps.findIndex(({ title }) => title === one.title) < index
      ? [`${path}.steps.${index}.title: another step has it; a step is known by its title`]
      : []),
    ...textsOf(one).flatMap((text) => namesIn(text).flatMap((each) => unknown(`${path}.steps.${index}`, each, names))),
    ...inStep(one).map((what) => `${path}.steps.${index}: ${what}`),
  ]);
}

/**
 * Criteria and profiles that it names and nobody knows. Looked for when somebody asks for the rollback plan: a configuration
 * made from another one may have fewer criteria, and measures without it.
 */
export function unknownInRollback(
  { steps, escalate, proveWith }: Rollback,
  { criteria, profiles }: { readonly criteria: readonly string[]; readonly profiles: readonly string[] },
): string[] {
  const ids = (path: string, given: readonly string[]) => given.flatMap((id) => unknown(path, id, criteria));
  return [
    ...(proveWith === undefined ? [] : unknown('rollback.proveWith', proveWith, profiles)),
    ...escalate.flatMap(({ when }, index) => ids(`rollback.escalate.${index}.when`, when)),
    ...steps.flatMap(({ when, proves }, index) => [
      ...ids(`rollback.steps.${index}.when`, when),
      ...ids(`rollback.steps.${index}.proves`, proves),
      ...(proves.length > 0 && proveWith === undefined
        ? [`rollback.steps.${index}.proves: needs "proveWith", the profile that it is measured with`]
        : []),
    ]),
  ];
}

function unknown(path: string, given: string, among: readonly string[]): string[] {
  if (among.includes(given)) return [];
  const suggestion = suggestionFor(given, among);
  return [`${path}: there is no "${given}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`];
}

function inStep({ role, when, command, checks, proves }: Rollback['steps'][number]): string[] {
  return [
    ...(role === 'remedy' && when.length === 0 ? ['is a remedy, and "when" does not say for which criteria'] : []),
    ...(role === 'undo' && when.length > 0
      ? ['takes the whole layer back, whatever failed, so "when" says nothing']
      : []),
    ...(role === 'look' && proves.length > 0 ? ['only looks, so that nothing is proved after it'] : []),
    ...(command === undefined && checks.length > 0 ? ['has no command, so that "checks" prove nothing'] : []),
  ];
}

function textsOf({
  title,
  command,
  effect,
  verify,
  cacheStorage,
  settles: settling,
  reversible,
  checks,
}: Rollback['steps'][number]) {
  const texts = [
    title,
    command,
    effect,
    verify,
    cacheStorage,
    settling?.at,
    settling?.shows,
    reversible?.note,
    reversible?.undo,
  ];
  return [...texts, ...checks.flatMap((one) => [one.title, one.command])].flatMap((text) => text ?? []);
}
