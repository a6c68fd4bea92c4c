/** Which run, of which target, on which machine. */
import type { Instant } from './units.ts';

/** What is examined, as the run found it. */
export interface TargetIdentity {
  readonly name: string;
  readonly web: string;
  readonly api: string;
  readonly release: string;
}

export interface RunIdentity {
  readonly id: string;
  readonly rollout: string;
  readonly profile: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly tool: { readonly version: string; readonly commit: string };
  readonly target: TargetIdentity;
  readonly environment: Environment;
  readonly configHash: string;
  /** Absent in reports of before there was one. */
  readonly clock?: RunClock;
  /** Set when the run did not come to its natural end. */
  readonly interrupted?: string;
  /** Set when a drill had its hand in it: such a run says what the gate can see, and nothing of its target. */
  readonly drill?: DrillMark;
}

/** By which clock the times of a run are, and how far its target's was from that when it began. */
export interface RunClock {
  /** This machine's, as IANA names it: `Europe/Berlin`. Times are kept in UTC all the same. */
  readonly timeZone: string;
  /** Of those addresses whose answers were dated. */
  readonly target: readonly SeenClock[];
}

export interface SeenClock {
  readonly of: 'web' | 'api';
  /** By how much it is ahead of this machine's clock, at least and at most; less than 0: behind. */
  readonly aheadMs: readonly [number, number];
}

/** What a drill calls the run without a fault, which the others are seen beside. */
export const noFaultName = 'no-fault';

/** What a drill planted in a run. */
export interface DrillMark {
  /** With its size: `slow-diff (350 ms)`; `no-fault` for the one without. */
  readonly fault: string;
  /** The target's own addresses, where a fault proxy stood before it; absent where its command planted the fault. */
  readonly proxyOf?: ProxiedAddresses;
}

/** Where a target really is that was seen through a proxy. */
export interface ProxiedAddresses {
  readonly web: string;
  readonly api: string;
}

export interface Environment {
  /** Cores, memory, architecture and CPU model in one comparable string. */
  readonly machineClass: string;
  readonly os: string;
  readonly node: string;
  readonly browser: string;
}
