/** What a profile may take of its target and of somebody's time, and what of it cannot be kept. */

import { durationMs } from '../lib/quantities.ts';
import { type Policy, sources } from '../sources/registry.ts';
import type { Rollout } from './rollout.ts';

type Profile = Rollout['profiles'][string];

export function boundsOf({ bounds }: Profile): Pick<Policy, 'bounds'> {
  if (bounds === undefined) return {};
  const { maxRequests, within, goMeans } = bounds;
  return { bounds: { maxRequests, withinMs: durationMs(within), goMeans } };
}

/** Of profiles that set bounds: loads that exceed them by themselves, and pages whose requests nobody counts. */
export function brokenBounds(rollout: Rollout): string[] {
  return Object.entries(rollout.profiles).flatMap(([name, profile]) => {
    if (profile.bounds === undefined) return [];
    const { maxRequests } = profile.bounds;
    const asked = rollout.criteria.filter(({ id }) => profile.without[id] === undefined).map(({ from }) => from);
    const each = [...new Set(asked)].map((from) => ({ from, requests: mostRequestsOf(rollout, profile, from) }));
    const requests = each.reduce((sum, one) => sum + (one.requests ?? 0), 0);
    const uncounted = each.filter((one) => one.requests === null).map(({ from }) => from);
    return [
      ...(requests > maxRequests
        ? [
            `profiles.${name}.bounds.maxRequests: its loads alone are ${requests} requests, with their warm-up, and ${maxRequests} may be made`,
          ]
        : []),
      ...uncounted.map(
        (from) =>
          `profiles.${name}.bounds.maxRequests: nobody counts the requests of ${from}; leave its criteria out with profiles.${name}.without`,
      ),
    ];
  });
}

/** Null where nobody counts them. */
function mostRequestsOf(rollout: Rollout, profile: Profile, from: string): number | null {
  const [kind, name = ''] = from.split(':');
  const source = sources.find((one) => one.kind === kind);
  return source?.mostRequests === undefined ? 0 : source.mostRequests(rollout, profile, name);
}
