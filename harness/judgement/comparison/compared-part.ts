/** What the comparers of the different kinds of measurement have in common. */
import type { ComparedChange, ComparedPart, ComparedValue } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Unit } from '../../model/units.ts';
import type { ErrorRates } from '../errors.ts';
import { limitsFromAbove } from '../limits.ts';
import type { DecidedChange } from './decide-change.ts';
import type { Refusal } from './paired-measurements.ts';

/** One question about a criterion; its answer depends on the share of the error budget that it gets. */
export interface ComparedQuestion {
  /** Whether chance can cause a difference; exact counts take nothing from the error budget. */
  readonly hasChance: boolean;
  readonly answer: (rates: ErrorRates) => ComparedPart;
}

export function greaterIsWorse({ limit }: Pick<Criterion, 'limit'>): boolean {
  return limitsFromAbove(limit);
}

export function changeOf(
  value: number,
  { unit, before, decided }: { readonly unit: Unit; readonly before: number; readonly decided?: DecidedChange },
): ComparedChange {
  return {
    value,
    unit,
    ofBefore: before === 0 ? null : value / before,
    ...(decided === undefined ? {} : { interval: decided.interval, confidence: decided.confidence }),
  };
}

/** A comparison that cannot be made. */
export function refused(label: string, { reason, message, needs }: Refusal): ComparedQuestion {
  const part: ComparedPart = {
    label,
    outcome: 'undecided',
    worse: 'open',
    reason,
    message,
    needs,
    before: null,
    after: null,
    change: null,
    effect: null,
    negligible: null,
  };
  return { hasChance: false, answer: () => part };
}

/** Exact values of both sides. */
export interface Seen {
  readonly label: string;
  readonly before: ComparedValue;
  readonly after: ComparedValue;
}

export function seen(
  { label, before, after }: Seen,
  answer: Pick<ComparedPart, 'outcome' | 'worse' | 'reason' | 'message' | 'needs' | 'negligible'>,
): ComparedQuestion {
  const change = changeOf(after.value - before.value, { unit: after.unit, before: before.value });
  const part: ComparedPart = { label, before, after, change, effect: null, ...answer };
  return { hasChance: false, answer: () => part };
}
