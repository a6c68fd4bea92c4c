/**
 * The decision rule for every change that has an interval.
 *
 * Different: the interval excludes zero, and the change is larger than what is negligible; all questions share the error budget
 * for that. Same: the interval lies within what is negligible; each question may use the whole budget, because all must be the
 * same for nothing to be worse (two one-sided tests: D. J. Schuirmann, J. Pharmacokin. Biopharm. 15 (1987) 657–680).
 */
import type { ComparedOutcome, ComparedReason, Worse } from '../../model/comparison.ts';
import { confidenceOf, type ErrorRates, type Errors } from '../errors.ts';
import type { Interval } from '../limits.ts';

export interface ChangeQuestion {
  /** After less before. */
  readonly value: number;
  readonly intervalAt: (errors: Errors) => Interval;
  /** In the unit of the value. */
  readonly negligible: number;
  readonly greaterIsWorse: boolean;
  /** Too few samples to call it the same; a proven difference still counts. */
  readonly tooFew: boolean;
}

export interface DecidedChange {
  readonly outcome: ComparedOutcome;
  readonly worse: Worse;
  readonly reason: ComparedReason;
  /** The interval that decided, with its confidence. */
  readonly interval: Interval;
  readonly confidence: number;
}

export function decideChange(question: ChangeQuestion, { falsePass, falseFail }: ErrorRates): DecidedChange {
  const { value, intervalAt, negligible, greaterIsWorse, tooFew } = question;
  const errors = {
    apart: { lower: falseFail / 2, upper: falseFail / 2 },
    near: { lower: falsePass, upper: falsePass },
  };
  const [apart, near] = [intervalAt(errors.apart), intervalAt(errors.near)];
  const stated = { interval: apart, confidence: confidenceOf(errors.apart) };
  const isChanged = excludesNone(apart);
  if (isChanged && Math.abs(value) > negligible) {
    const worse = value > 0 === greaterIsWorse ? 'yes' : 'no';
    return { ...stated, outcome: 'different', worse, reason: 'interval-excludes-none' };
  }
  const [lower, upper] = near;
  const isKept = { down: lower !== null && lower >= -negligible, up: upper !== null && upper <= negligible };
  if (tooFew) return { ...stated, outcome: 'undecided', worse: 'open', reason: 'too-few-samples' };
  if (isKept.down && isKept.up) {
    const confidence = confidenceOf(errors.near);
    return { outcome: 'same', worse: 'no', reason: 'interval-within-negligible', interval: near, confidence };
  }
  const worse = (greaterIsWorse ? isKept.up : isKept.down) ? 'no' : 'open';
  const isBounded = apart[0] !== null && apart[1] !== null;
  const reason = !isBounded ? 'too-few-samples' : isChanged ? 'size-open' : 'interval-spans-none';
  return { ...stated, outcome: 'undecided', worse, reason };
}

function excludesNone([lower, upper]: Interval): boolean {
  return (lower !== null && lower > 0) || (upper !== null && upper < 0);
}
