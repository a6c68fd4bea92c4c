/** How often an interval may miss the truth, on each side, and what that means for a verdict. */
import type { Criterion, ErrorBudget, Limit } from '../model/criterion.ts';
import { limitsFromAbove } from './limits.ts';

/** The probability that the true value lies below the lower end, and that it lies above the upper end. */
export interface Errors {
  readonly lower: number;
  readonly upper: number;
}

/** The probability that a single question passes although the limit is violated, and that it fails although it is kept. */
export interface ErrorRates {
  readonly falsePass: number;
  readonly falseFail: number;
}

/** Equal on both sides: what is usually meant by an interval of so much confidence. */
export function bothSides(confidence: number): Errors {
  const each = (1 - confidence) / 2;
  return { lower: each, upper: each };
}

/**
 * The end on the bad side of a limit decides a pass, the end on its good side a fail. Looking several
 * times and stopping once it is decided gives as many chances to be wrong, so the looks share the errors (Bonferroni: valid
 * however the looks depend on each other).
 */
export function errorsFor(
  { limit, confidence, looks = 1 }: Pick<Criterion, 'limit' | 'confidence' | 'looks'>,
  rates: ErrorRates,
): Errors {
  if (confidence !== undefined) return bothSides(1 - (1 - confidence) / looks);
  const [falsePass, falseFail] = [rates.falsePass / looks, rates.falseFail / looks];
  return limitsFromAbove(limit) ? { lower: falseFail, upper: falsePass } : { lower: falsePass, upper: falseFail };
}

/** The confidence of the whole interval. */
export function confidenceOf({ lower, upper }: Errors): number {
  return 1 - lower - upper;
}

/**
 * The rates for each of several questions so that the whole gate keeps its budget.
 *
 * A go needs every question to pass, so that a violated limit goes through only if its own question passes wrongly: no
 * correction. A no-go needs only one fail, so that the questions share the budget, step by step: with each that failed,
 * the others may err more (S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6
 * (1979) 65–70; valid however the questions depend on each other).
 */
export function ratesOf({ falseGo, falseNoGo }: ErrorBudget, open: number): ErrorRates {
  return { falsePass: falseGo, falseFail: falseNoGo / Math.max(1, open) };
}

/** How many intervals a criterion asks about; exact counts and checks need none. */
export function questionsOf({ statistic, groups, longestTask }: Criterion): number {
  if (statistic.kind === 'ratio' || statistic.kind === 'change') return 1;
  if (statistic.kind !== 'percentile') return 0;
  return Math.max(1, groups.length) * (longestTask === undefined ? 1 : 2);
}

/** Which end of an interval must keep the limit for a pass. */
export function passEnd(limit: Limit): 'lower' | 'upper' {
  return limitsFromAbove(limit) ? 'upper' : 'lower';
}
