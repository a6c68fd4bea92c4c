/** Words of a verdict, and which of two outcomes is worse. */
import { z } from 'zod';

/** Worst outcome last. */
export const outcomeSchema = z.enum(['pass', 'inconclusive', 'fail']);

export type Outcome = z.output<typeof outcomeSchema>;

export const verdictSchema = z.enum(['go', 'inconclusive', 'no-go']);

/** The worst blocking outcome, in the words of a rollout decision. */
export type Verdict = z.output<typeof verdictSchema>;

/** A blocking criterion decides the verdict; an advisory one informs. */
export const severitySchema = z.enum(['blocking', 'advisory']);

export const scopeSchema = z.enum(['frontend', 'backend', 'frontend+backend', 'either']);

/** The layer a criterion speaks about, and so the layer that is rolled back when it fails. */
export type Scope = z.output<typeof scopeSchema>;

/** The worse of two outcomes. */
export function worst(a: Outcome, b: Outcome): Outcome {
  const bestFirst = outcomeSchema.options;
  return bestFirst.indexOf(a) >= bestFirst.indexOf(b) ? a : b;
}
