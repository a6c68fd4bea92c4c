/**
 * How large a difference is beside the spread of what was measured.
 *
 * Sources: N. Cliff, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114 (1993)
 * 494–509, with the words of J. Romano et al., "Appropriate statistics for ordinal level data" (2006); J. Cohen,
 * "Statistical Power Analysis for the Behavioral Sciences" (2nd ed. 1988), section 6.2.
 */
import type { EffectSize } from '../../model/comparison.ts';
import { dominance, type TwoSamples } from '../differences.ts';
import type { Share } from '../ratio-interval.ts';

/** Pairs of samples, block by block, so that what changed between blocks does not count; null where there is no pair. */
export function cliffsDelta(blocks: readonly TwoSamples[]): EffectSize | null {
  const paired = blocks.filter((block) => pairsOf(block) > 0);
  const pairs = sumOf(paired, pairsOf);
  if (pairs === 0) return null;
  const won = sumOf(paired, (block) => dominance(block) * pairsOf(block));
  return { kind: 'cliffs-delta', value: won / pairs, size: named(won / pairs, [0.147, 0.33, 0.474]) };
}

function pairsOf({ before, after }: TwoSamples): number {
  return before.length * after.length;
}

function sumOf(blocks: readonly TwoSamples[], of: (block: TwoSamples) => number): number {
  return blocks.reduce((sum, block) => sum + of(block), 0);
}

/** Of two shares, each of at least one. */
export function cohensH(before: Share, after: Share): EffectSize {
  const angle = ({ numerator, denominator }: Share) => 2 * Math.asin(Math.sqrt(numerator / denominator));
  const value = angle(after) - angle(before);
  return { kind: 'cohens-h', value, size: named(value, [0.2, 0.5, 0.8]) };
}

type Steps = readonly [small: number, medium: number, large: number];

function named(value: number, [small, medium, large]: Steps): EffectSize['size'] {
  const size = Math.abs(value);
  if (size < small) return 'negligible';
  if (size < medium) return 'small';
  return size < large ? 'medium' : 'large';
}
