/** What all criteria together come to. */
import type { ComparedCriterion, ComparisonVerdict } from '../../model/comparison.ts';

/** The worst of those that decide. Nothing compared is undecided, and advice decides nothing. */
export function verdictOf(criteria: readonly ComparedCriterion[]): ComparisonVerdict {
  const deciding = criteria.filter(({ severity }) => severity === 'blocking');
  if (deciding.some(({ worse }) => worse === 'yes')) return 'worse';
  return deciding.length === 0 || deciding.some(({ worse }) => worse === 'open') ? 'undecided' : 'nothing-worse';
}
