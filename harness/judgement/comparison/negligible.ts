/** The size below which a change does not matter. */
import type { Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';

/** A share of what was before, but never less than a share of the limit. */
export function negligibleOf(
  {
    criterion: { limit },
    negligible,
  }: { readonly criterion: Pick<Criterion, 'limit'>; readonly negligible: Negligible },
  before: { readonly value: number },
): number {
  return Math.max(negligible.ofValue * Math.abs(before.value), negligible.ofLimit * limit.value);
}
