/** What a profile may take of its target and of somebody's time, and what of it cannot be kept. */

import { durationMs } from '../lib/quantities.ts';
import type { Policy } from '../model/policy.ts';
import type { Rollout } from './rollout.ts';
import { loadStages } from './stages.ts';

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
    const loads = Object.entries(rollout.load).filter(([load]) => asked.includes(`load:${load}`));
    const requests = loads.reduce((sum, [load, one]) => sum + requestsOf(one, profile.load[load]), 0);
    const uncounted = [...new Set(asked.filter((from) => from.startsWith('lighthouse:')))];
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

function requestsOf(load: Rollout['load'][string], budget: Profile['load'][string] | undefined): number {
  const seconds =
    (durationMs(budget?.warmUp ?? load.warmUp) + durationMs(budget?.for ?? load.for) * loadStages(load, budget)) / 1000;
  return Math.ceil((budget?.rate ?? load.rate) * seconds);
}
