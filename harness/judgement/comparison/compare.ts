/** Criteria and the evidence of both sides → what changed: without I/O, clock or randomness. */
import type { ComparedCriterion, ComparedPart, Negligible } from '../../model/comparison.ts';
import type { Criterion, ErrorBudget } from '../../model/criterion.ts';
import { ratesOf } from '../errors.ts';
import { compareChecks } from './compare-checks.ts';
import { compareGrowth } from './compare-growth.ts';
import { compareOccurrences } from './compare-occurrences.ts';
import { compareRatios } from './compare-ratios.ts';
import { compareTimes } from './compare-times.ts';
import { type ComparedQuestion, refused } from './compared-part.ts';
import * as messages from './messages.ts';
import {
  type PairedEvidence,
  type PairedMeasurements,
  pairedMeasurements,
  type Refusal,
} from './paired-measurements.ts';

export interface CompareOptions {
  /**
   * `falseNoGo`: the probability of a false difference, over all criteria. `falseGo`: that of calling one criterion the same
   * although it differs.
   */
  readonly budget: ErrorBudget;
  readonly negligible: Negligible;
  /** Why a criterion may not be compared, or null. */
  readonly refuse: (criterion: Criterion) => Refusal | null;
}

/**
 * One result per criterion, in their order. All questions share the budget for false differences step by step (Holm; see
 * errors.ts).
 */
export function compare(
  criteria: readonly Criterion[],
  evidence: PairedEvidence,
  options: CompareOptions,
): ComparedCriterion[] {
  const { budget } = options;
  const asked = criteria.map((criterion) => ({ criterion, questions: questionsOf(criterion, evidence, options) }));
  const left = asked.flatMap(({ questions }) => questions).filter(({ hasChance }) => hasChance);
  for (let found = 0; ; ) {
    const rates = ratesOf(budget, left.length - found);
    const now = left.filter(({ answer }) => answer(rates).outcome === 'different').length;
    if (now <= found) {
      return asked.map(({ criterion, questions }) =>
        comparedOf(
          criterion,
          questions.map(({ answer }) => answer(rates)),
        ),
      );
    }
    found = now;
  }
}

function questionsOf(
  criterion: Criterion,
  evidence: PairedEvidence,
  options: CompareOptions,
): readonly ComparedQuestion[] {
  const refusal = options.refuse(criterion);
  if (refusal !== null) return [refused('key', refusal)];
  const paired = pairedMeasurements(criterion, evidence);
  if ('reason' in paired) return [refused('evidence', paired)];
  const questions = questionsAbout(criterion, paired, { design: evidence.design, negligible: options.negligible });
  return questions ?? [refused('evidence', { reason: 'wrong-kind-of-evidence', ...messages.wrongKind(criterion) })];
}

function questionsAbout(
  criterion: Criterion,
  paired: PairedMeasurements,
  given: { readonly design: PairedEvidence['design']; readonly negligible: Negligible },
): readonly ComparedQuestion[] | null {
  const { statistic } = criterion;
  const question = { criterion, ...given };
  switch (statistic.kind) {
    case 'percentile':
      return compareTimes({ ...question, percentile: statistic.p }, paired);
    case 'ratio':
      return one(compareRatios(question, paired));
    case 'count':
      return one(compareOccurrences(question, paired));
    case 'all':
      return one(compareChecks(paired));
    case 'growth':
      return one(compareGrowth(given.negligible, paired));
    // It is a comparison with a baseline already.
    case 'change':
      return null;
  }
}

function one(question: ComparedQuestion | null): readonly ComparedQuestion[] | null {
  return question === null ? null : [question];
}

function comparedOf({ id, title, scope, severity }: Criterion, parts: readonly ComparedPart[]): ComparedCriterion {
  const decisive = parts.reduce(worsePart);
  const message = parts.length === 1 ? decisive.message : messages.ofSeveral(decisive, parts);
  return { criterion: id, title, scope, severity, ...decisive, message, parts: parts.length === 1 ? [] : parts };
}

/** The decisive part: the first of worse, open, undecided, different. */
function worsePart(one: ComparedPart, other: ComparedPart): ComparedPart {
  return rankOf(other) < rankOf(one) ? other : one;
}

function rankOf({ worse, outcome }: ComparedPart): number {
  if (worse === 'yes') return 0;
  if (worse === 'open') return 1;
  if (outcome === 'undecided') return 2;
  return outcome === 'different' ? 3 : 4;
}
