/** The domain types of the drill: what is planted, what it must lead to, and what came of it. Plain, JSON-safe data. */

import type { ReasonCode } from '../../model/finding.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { RollbackPlan } from '../../model/rollback.ts';
import type { Environment, ProxiedAddresses, RunIdentity } from '../../model/run.ts';
import type { Instant } from '../../model/units.ts';

/** What a fault must make of a criterion: a fail, an inconclusive, or anything but a fail. */
export type Expectation = 'red' | 'open' | 'spared';

/** A fault of the catalogue, as the configuration has it. */
export interface Fault {
  readonly name: string;
  readonly imitates: string;
  readonly size: {
    readonly default: number;
    readonly unit: string;
    readonly search?: readonly [number, number];
  } | null;
  readonly turnsRed: readonly string[];
  readonly leavesOpen: readonly string[];
  readonly spares: readonly string[];
  readonly rollback: RollbackPlan['scope'];
}

/** What a drill does: one gate run. */
export interface PlannedRun {
  readonly fault: Fault;
  /** In the fault's unit; null for one without a size, or with its usual one. */
  readonly size: number | null;
  /** Every criterion that is judged in it, with what must become of it. */
  readonly cells: readonly { readonly criterion: string; readonly expected: Expectation }[];
  /** Whether everything is looked at that the fault must turn red, so that the rollback must be the stated one. */
  readonly whole: boolean;
  /** Criteria that it is about and no configuration exercises yet. */
  readonly notExercised: readonly string[];
}

/**
 * - `fired`: as it had to be, red or open
 * - `missed`: it had to be, and was not, though everything was measured
 * - `false`: red without a reason
 * - `unmeasured`: what was to be seen could not be measured
 * - `quiet`: not red, and did not have to be
 */
export type CellState = 'fired' | 'missed' | 'false' | 'unmeasured' | 'quiet';

export interface DrillCell {
  readonly criterion: string;
  readonly expected: Expectation;
  /** Null where no run came to its end. */
  readonly outcome: Outcome | null;
  readonly state: CellState;
  /** The finding's own. */
  readonly message: string;
}

/** One fault, drilled. */
export interface DrilledFault {
  readonly name: string;
  readonly imitates: string;
  readonly size: { readonly value: number; readonly unit: string } | null;
  /** It must not turn anything red. */
  readonly harmless: boolean;
  readonly startedAt: Instant;
  readonly tookMs: number;
  /** Its gate run, relative to the drill's folder; null when there was none. */
  readonly run: string | null;
  readonly cells: readonly DrillCell[];
  /** Where the run led, and where it had to lead; null where that was not asked. */
  readonly rollback: { readonly expected: RollbackPlan['scope']; readonly actual: RollbackPlan['scope'] } | null;
  readonly notExercised: readonly string[];
}

/**
 * What a criterion says through the proxy without a fault in it, and so what a fault can prove there:
 * - `ready`: it does not fail, and it sees
 * - `red`: it fails already
 * - `blind`: it sees nothing
 */
export type ControlState = 'ready' | 'red' | 'blind';

/** The target as it is, through the proxy: what the runs with a fault are seen beside. */
export interface DrillControl {
  readonly startedAt: Instant;
  readonly tookMs: number;
  /** Its gate run, relative to the drill's folder; null when there was none. */
  readonly run: string | null;
  /** Why there was none; null where there was. */
  readonly trouble: string | null;
  readonly criteria: readonly ControlCriterion[];
}

export interface ControlCriterion {
  readonly criterion: string;
  readonly outcome: Outcome;
  readonly state: ControlState;
  readonly reason: ReasonCode;
  /** Whether a probe doubted what it rests on. */
  readonly unreliable: boolean;
  /** The finding's own. */
  readonly message: string;
}

/** A criterion that a drill turned nothing red for, and why. */
export interface NotDrilled {
  readonly criterion: string;
  readonly reason: string;
}

/** One criterion over all faults. */
export interface DrilledCriterion {
  readonly id: string;
  readonly title: string;
  /** What a proof is for: its indicator, statistic and limit. Another definition is another criterion. */
  readonly definition: string;
  /**
   * `proved`: it fired wherever it had to, and nowhere else; `unmeasured`: as far as it could be seen it did, and there is
   * no proof; `not-drilled`: nothing was to turn it red.
   */
  readonly state: 'proved' | 'not-proved' | 'unmeasured' | 'not-drilled';
  /** Faults that turned it red. */
  readonly provedBy: readonly string[];
}

/** The smallest size at which a fault turned a criterion red. */
export interface SmallestSize {
  readonly criterion: string;
  readonly fault: string;
  readonly unit: string;
  /** Null: not even the largest was caught. */
  readonly caught: number | null;
  /** The largest that was not; null: even the smallest that was tried was caught. */
  readonly missed: number | null;
  /** Gate runs that it took. */
  readonly runs: number;
}

/** `proved`: every cell as it had to be; `unmeasured`: what was measured was. */
export type DrillVerdict = 'proved' | 'not-proved' | 'unmeasured';

/** `drill.json`, schema version 1. */
export interface DrillReport {
  readonly schemaVersion: 1;
  readonly drill: {
    readonly id: string;
    readonly rollout: string;
    readonly target: string;
    /** The target's own addresses, where a proxy before it planted the faults; absent where its command did. */
    readonly proxyOf?: ProxiedAddresses;
    readonly startedAt: Instant;
    readonly finishedAt: Instant;
    readonly tool: RunIdentity['tool'];
    readonly machine: Omit<Environment, 'browser'>;
    readonly configHash: string;
    /** How many faults were to be drilled. */
    readonly planned: number;
    readonly interrupted: boolean;
    /** The run without a fault that criteria were compared with, relative to the drill's folder; absent where none were. */
    readonly comparedWith?: string;
  };
  readonly verdict: DrillVerdict;
  /** Absent where each fault had a target of its own, which is sound without it. */
  readonly control?: DrillControl;
  readonly faults: readonly DrilledFault[];
  readonly criteria: readonly DrilledCriterion[];
  readonly sizes: readonly SmallestSize[];
  /** What was asked for and nothing can turn red here; absent where it was not asked for. */
  readonly notDrilled?: readonly NotDrilled[];
  /** Faults that were asked for, and of which the configuration judges nothing that they are about; absent where there are none. */
  readonly unjudgedFaults?: readonly string[];
}

/** Whether a run led to another rollback than it had to. */
export function isOnWrongRollback({ rollback, cells }: DrilledFault): boolean {
  // Without what was missed or not measured, the way back is another one as well.
  const isSeen = cells.every(({ state }) => state === 'fired' || state === 'quiet');
  return isSeen && rollback !== null && rollback.expected !== rollback.actual;
}

/** `slow-diff (350 ms)`, of a planned run. */
export function sizedName({ fault: { name, size: usual }, size }: Pick<PlannedRun, 'fault' | 'size'>): string {
  return usual === null ? name : `${name} (${size ?? usual.default} ${usual.unit})`;
}
