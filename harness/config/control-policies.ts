/** What may be planted on a target, and how, to prove that the probes see. */
import { defined } from '../lib/defined.ts';
import { durationMs } from '../lib/quantities.ts';
import type { LogControl } from '../model/source-policies.ts';
import type { TargetPolicy } from '../model/target-policy.ts';
import type { Rollout } from './rollout.ts';

type Target = Rollout['targets'][string];

export function controlsOf({
  withoutControls,
  slowRoute,
  uncached,
}: Target): Pick<TargetPolicy, 'withoutControls' | 'slowRoute' | 'uncached'> {
  return {
    withoutControls: withoutUndefined(withoutControls),
    slowRoute: slowRoute === undefined ? null : { path: slowRoute.path, takesMs: durationMs(slowRoute.takes) },
    uncached: uncached === undefined ? null : withoutUndefined(uncached),
  };
}

/** The target's way to write into a log, else the rollout's; null where neither has one. */
export function logControlOf(name: string, { logs }: Rollout, { logControls }: Target): LogControl | null {
  const control = logControls[name] ?? logs[name]?.control;
  if (control === undefined) return null;
  const { url, method, json, within } = control;
  return { url, method, withinMs: durationMs(within), ...defined({ json }) };
}

type Without<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** What a schema leaves out it may give as undefined, which a policy does not have. */
function withoutUndefined<T extends object>(given: T): Without<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Without<T>;
}
