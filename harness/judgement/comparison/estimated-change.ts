/** A change estimated from samples, as a question that shares the error budget. */
import type { ComparedPart, ComparedValue, EffectSize } from '../../model/comparison.ts';
import type { Errors } from '../errors.ts';
import { type ComparedQuestion, changeOf } from './compared-part.ts';
import { type ChangeQuestion, type DecidedChange, decideChange } from './decide-change.ts';
import * as messages from './messages.ts';

export interface EstimatedChange extends ChangeQuestion {
  readonly label: string;
  readonly before: ComparedValue;
  readonly after: ComparedValue;
  readonly effect: EffectSize | null;
  /** Sentences that are added whatever the outcome. */
  readonly notes: readonly string[];
  readonly needs: {
    /** What more is needed of, in words. */
    readonly things: string;
    readonly measured: number;
    /** How many it takes to bound the change at all. */
    readonly atLeast: (errors: Errors) => number;
  };
}

export function estimated(question: EstimatedChange): ComparedQuestion {
  const { label, before, after, value, effect, negligible } = question;
  return {
    hasChance: true,
    answer: (rates) => {
      const decided = decideChange(question, rates);
      const change = changeOf(value, { unit: before.unit, before: before.value, decided });
      const { outcome, worse, reason } = decided;
      const needs = outcome === 'undecided' ? needsOf(question, decided, rates.falseFail) : null;
      const stated = { before, after, change, negligible, decided };
      const part: ComparedPart = {
        label,
        outcome,
        worse,
        reason,
        message: [messages.ofChange(stated), ...question.notes].join(' '),
        ...(needs === null ? {} : { needs }),
        before,
        after,
        change,
        effect,
        negligible,
      };
      return part;
    },
  };
}

/** A need for more than this many times as much is not worth stating. */
const mostTimes = 20;

function needsOf({ value, negligible, needs }: EstimatedChange, decided: DecidedChange, falseFail: number): string {
  const { things, measured, atLeast } = needs;
  const least = atLeast({ lower: falseFail / 2, upper: falseFail / 2 });
  const [lower, upper] = decided.interval;
  if (decided.reason === 'too-few-samples' || lower === null || upper === null)
    return messages.needsAtLeast(least, things);
  const half = (upper - lower) / 2;
  // An interval shrinks with the root of what is measured; it has to fit between the value and the nearer edge.
  const room = Math.abs(Math.abs(value) - negligible);
  const times = (half / room) ** 2;
  return times > mostTimes
    ? messages.needsTooMuch(things)
    : messages.needsAtLeast(Math.max(measured + 1, Math.ceil(measured * times)), things);
}
