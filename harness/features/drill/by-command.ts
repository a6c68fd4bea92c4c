/** Faults that the target's own command plants. */

import type { Rollout } from '../../config/rollout.ts';
import { noFaultName } from '../../model/run.ts';
import { besideOf, drillPolicy } from './drill-policy.ts';
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
