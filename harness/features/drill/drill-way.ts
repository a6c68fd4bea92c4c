/** How faults come between the gate and a target: by the target's own command, or by a proxy that stands before it. */

import type { LiveTarget } from '../../model/live-target.ts';
import type { ProxiedAddresses } from '../../model/run.ts';
import type { Policy } from '../../sources/registry.ts';
import type { Fault, PlannedRun } from './fault.ts';

export interface DrillWay {
  /** The target's name. */
  readonly target: string;
  readonly policyOf: (planned: PlannedRun) => Policy;
  /** The command that runs beside the gate, or null. */
  readonly besideOf: (fault: Fault) => readonly string[] | null;
  /** Absent: each run starts a target of its own, with its fault in it. */
  readonly proxy?: ProxyWay;
}

export interface ProxyWay {
  /** The target's own addresses. */
  readonly of: ProxiedAddresses;
  /** The target as it is seen with a fault before it; closing it leaves the target itself as it is. */
  readonly open: (planned: Pick<PlannedRun, 'fault' | 'size'>) => Promise<LiveTarget>;
}
