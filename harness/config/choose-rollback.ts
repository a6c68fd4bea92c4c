/** A checked configuration and a target → the target's rollback. */

import { knownName } from '../lib/known-name.ts';
import { mistakes } from '../lib/mistakes.ts';
import type { RollbackPolicy } from '../model/rollback.ts';
import type { LoadedConfig } from './load-config.ts';
import { rollbackPolicy, unknownInRollback } from './rollback.ts';

export interface Rollback {
  readonly target: string;
  readonly policy: RollbackPolicy;
  /** The profile that steps are proved with; null where none needs it. */
  readonly proveWith: string | null;
  /** Where the target is; null where it is started by a command, and so is somewhere else each time. */
  readonly at: { readonly web: string; readonly api: string } | null;
  /** What the configuration calls its release. */
  readonly release: string;
}

/** Throws an OperatorMistake for a target that the configuration does not have, and for a rollback plan that names what is not there. */
export function chooseRollback({ rollout, path }: LoadedConfig, name = rollout.defaultTarget): Rollback {
  const known = knownName('target', name, Object.keys(rollout.targets));
  const target = rollout.targets[known];
  if (target === undefined) throw new Error('a checked name is missing');
  const { web, api, release = 'unknown' } = target;
  const stated = target.rollback ?? rollout.rollback;
  const problems = unknownInRollback(stated, {
    criteria: rollout.criteria.map(({ id }) => id),
    profiles: Object.keys(rollout.profiles),
  });
  if (problems.length > 0) throw mistakes.configInvalid(path, problems);
  return {
    target: known,
    policy: rollbackPolicy(stated, target),
    proveWith: stated.proveWith ?? null,
    at: web === undefined || api === undefined ? null : { web, api },
    release,
  };
}
