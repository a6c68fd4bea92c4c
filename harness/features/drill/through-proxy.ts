/** Faults that a proxy before the target imitates, so that the target itself is left as it is. */

import type { Rollout } from '../../config/rollout.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import type { ProxyFault } from '../../model/proxy-fault.ts';
import type { DrillWay } from './drill-way.ts';
import { openFaultProxy } from './proxy/open-fault-proxy.ts';
import { type ProxiedChoice, plantedThroughProxy, proxyDrillPolicy } from './proxy-drill-policy.ts';

export interface ProxiedDrill {
  readonly rollout: Rollout;
  readonly configHash: string;
  readonly choice: ProxiedChoice;
  /** The target itself, which whoever opened it closes. */
  readonly target: LiveTarget;
}

/** The policy of each run; of a checked configuration. */
export function policiesThroughProxy({
  rollout,
  configHash,
  choice,
}: Omit<ProxiedDrill, 'target'>): DrillWay['policyOf'] {
  return ({ fault, cells }) =>
    proxyDrillPolicy(rollout, configHash, {
      fault: fault.name,
      criteria: cells.map(({ criterion }) => criterion),
      at: choice,
    });
}

/** Of a checked configuration. */
export function throughProxy(drill: ProxiedDrill): DrillWay {
  const { rollout, choice, target } = drill;
  const { web, api } = target.identity;
  return {
    target: choice.target,
    policyOf: policiesThroughProxy(drill),
    besideOf: () => null,
    proxy: {
      of: { web, api },
      open: ({ fault, size }) => behindProxy(target, plantedThroughProxy(rollout, fault.name, size)),
    },
  };
}

/** Whether it still answers is asked of the target itself, since a planted silence is not its own. */
async function behindProxy(target: LiveTarget, faults: readonly ProxyFault[]): Promise<LiveTarget> {
  const proxy = await openFaultProxy(target.identity, faults);
  const { web, api } = proxy;
  return { ...target, identity: { ...target.identity, web, api }, close: () => proxy.close() };
}
