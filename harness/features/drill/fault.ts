/** What a drill plants: the faults of the catalogue, and the gate run that each of them leads to. */

import type { RollbackPlan } from '../../model/rollback.ts';
import type { Expectation } from './drill-report.ts';

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

/** `slow-diff (350 ms)`, of a planned run. */
export function sizedName({ fault: { name, size: usual }, size }: Pick<PlannedRun, 'fault' | 'size'>): string {
  return usual === null ? name : `${name} (${size ?? usual.default} ${usual.unit})`;
}
