/** What the configuration says of API checks, and what a run asks of them. */
import { z } from 'zod';
import { name } from '../../lib/fields.ts';
import type { CheckFunction } from '../../model/check.ts';

const checkFunction = z.custom<CheckFunction>(
  (value) => typeof value === 'function',
  'must be a function that makes checks',
);

/** Asks the target's API and writes down what is true of its answers. */
const checks = z.union(
  [
    checkFunction,
    // Runs only on targets that say with `mayChange` what may be changed.
    z.strictObject({ run: checkFunction, changesTarget: z.literal(true) }),
  ],
  'must be a function that makes checks, or { run, changesTarget: true }',
);

export const checksKeys = {
  rollout: { checks: z.record(name, checks).default({}) },
  target: {},
  profile: {},
};

export interface ChecksRollout {
  readonly checks: Readonly<Record<string, z.output<typeof checks>>>;
}

/** Requests whose answers are looked at, one by one: what is true of them, beside how fast they come. */
export interface ChecksPolicy {
  readonly name: string;
  readonly run: CheckFunction;
  /** Changes the target, and so runs only where the target allows it. */
  readonly changesTarget: boolean;
}

/** All of them. */
export function checksToMake({ checks: all }: ChecksRollout): ChecksPolicy[] {
  return Object.entries(all).map(([key, one]) => ({
    name: key,
    run: typeof one === 'function' ? one : one.run,
    changesTarget: typeof one === 'object',
  }));
}

/** Why what changes its target is not asked for; null where it is. */
export function whyNotChecked(
  { checks: all }: ChecksRollout,
  key: string,
  {
    profile,
    profileName,
    target,
    targetName,
  }: {
    readonly profile: { readonly changesNothing: boolean };
    readonly profileName: string;
    readonly target: { readonly mayChange?: object | undefined };
    readonly targetName: string;
  },
): string | null {
  if (typeof all[key] !== 'object') return null;
  if (profile.changesNothing) return `it changes its target, and profile ${profileName} changes nothing`;
  if (target.mayChange !== undefined) return null;
  return `it changes its target, and targets.${targetName}.mayChange names nothing that may be changed`;
}
