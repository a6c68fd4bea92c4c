/** A step of the policy, filled in for a run. */

import { defined } from '../../lib/defined.ts';
import { fillCommand, fillText, type Values } from '../../lib/template.ts';
import type { Preflight, RollbackPolicy, RollbackStep, RollbackStepPolicy } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { armedStepOf } from './preflight.ts';

export interface Filling {
  readonly policy: RollbackPolicy;
  readonly target?: TargetIdentity;
}

/** What may be filled in: the configuration's values, and the target's addresses and release. */
export function valuesFor({ policy, target }: Filling): Values {
  if (target === undefined) return policy.values;
  const { web, api, release, name } = target;
  return { ...policy.values, web, api, origin: originOf(api), release, target: name };
}

export function stepFor(
  step: RollbackStepPolicy,
  {
    policy,
    values,
    failed,
    preflight = null,
  }: Filling & { readonly values: Values; readonly failed: readonly string[]; readonly preflight?: Preflight | null },
): RollbackStep {
  const { title, layer, role, command, effect, verify, proves, reversible, takesMs, when } = step;
  const because = when.length === 0 ? failed : failed.filter((id) => when.includes(id));
  const armed = command === undefined ? null : armedStepOf(step, policy.values, preflight);
  return {
    title: fillText(title, values),
    layer,
    role,
    ...(command === undefined ? {} : { command: fillCommand(command, values) }),
    ...(effect === undefined ? {} : { effect: fillText(effect, values) }),
    verify: fillText(verify, values),
    proves,
    because,
    ...(reversible === undefined ? {} : { reversible: filledReversible(reversible, values) }),
    ...defined({ takesMs }),
    ...(armed === null ? {} : { armed: armed.armed, armedBecause: armed.because }),
  };
}

function filledReversible({ note, undo }: NonNullable<RollbackStep['reversible']>, values: Values) {
  return { note: fillText(note, values), ...(undo === undefined ? {} : { undo: fillCommand(undo, values) }) };
}

/** `https://api.example.com/v1` → `https://api.example.com`. */
function originOf(api: string): string {
  return /^https?:\/\/[^/]+/.exec(api)?.[0] ?? api;
}
