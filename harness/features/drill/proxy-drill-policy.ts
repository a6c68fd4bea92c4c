/** The drill through a proxy, of a configuration: what is planted, and the policy of a gate run through it. */

import { choosePolicy } from '../../config/choose-policy.ts';
import { noBudgets } from '../../config/drill-schema.ts';
import type { Rollout } from '../../config/rollout.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type ProxyFault, parsePlanted } from '../../model/proxy-fault.ts';
import { noFaultName } from '../../model/run.ts';
import type { Policy } from '../../sources/registry.ts';
import { proxyDrillContradictions } from './drill-contradictions.ts';
import { drillProfile, merged, withBudgets } from './drill-policy.ts';

export type ProxyDrill = NonNullable<NonNullable<Rollout['drill']>['throughProxy']>;

/** Which target, and where, as the command line says. */
export interface ProxiedChoice {
  readonly target: string;
  readonly web?: string;
  readonly api?: string;
}

/** Throws an OperatorMistake for a configuration without one, and for one that contradicts itself. */
export function proxyDrillOf(rollout: Rollout, path: string): ProxyDrill {
  const drill = rollout.drill?.throughProxy;
  if (drill === undefined) throw mistakes.noProxyDrill(path);
  const problems = proxyDrillContradictions(rollout, drill);
  if (problems.length > 0) throw mistakes.configInvalid(path, problems);
  return drill;
}

export interface ProxiedRun {
  /** By its name; `no-fault` for the run that the others are seen beside. */
  readonly fault: string;
  readonly criteria: readonly string[];
}

/** The policy of one run: the gate's own criteria of that target, on budgets that only have to show a fault. */
export function proxyDrillPolicy(
  rollout: Rollout,
  configHash: string,
  { fault, criteria, at }: ProxiedRun & { readonly at: ProxiedChoice },
): Policy {
  const drill = checkedDrill(rollout);
  const budgets = merged(rollout.drill?.budgets ?? noBudgets, drill.budgets);
  const asked = withBudgets(rollout, merged(budgets, drill.faults[fault]?.budgets));
  return choosePolicy(asked, configHash, { profile: drillProfile, ...at, only: criteria });
}

/** What the proxy does of a fault, at a size or at the fault's own; nothing in the run without a fault. */
export function plantedThroughProxy(rollout: Rollout, name: string, size: number | null): readonly ProxyFault[] {
  if (name === noFaultName) return [];
  const fault = checkedDrill(rollout).faults[name];
  if (fault === undefined) throw new Error('a checked name is missing');
  if (typeof fault.plant !== 'function') return fault.plant;
  const planted = parsePlanted(fault.plant(size ?? fault.size?.default ?? 1));
  if (typeof planted === 'string') throw mistakes.faultCannotBePlanted(name, size, planted);
  return planted;
}

function checkedDrill({ drill }: Rollout): ProxyDrill {
  if (drill?.throughProxy === undefined) throw new Error('a checked configuration has no drill through a proxy');
  return drill.throughProxy;
}
