/** Faults that the target's own command plants. */
import { besideOf, drillPolicy } from '../config/drill-policy.ts';
import type { Rollout } from '../config/rollout.ts';
import { noFaultName } from '../model.ts';
import type { DrillWay } from './drill-way.ts';

/** Of a checked configuration. */
export function byCommand(rollout: Rollout, configHash: string): DrillWay {
  return {
    target: rollout.drill?.target ?? '',
    policyOf: ({ fault, size, cells }) =>
      drillPolicy(rollout, configHash, { fault, size, criteria: cells.map(({ criterion }) => criterion) }),
    besideOf: (fault) => (fault.name === noFaultName ? null : besideOf(rollout, fault)),
  };
}
