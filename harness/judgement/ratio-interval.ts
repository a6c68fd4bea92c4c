/**
 * The exact interval of a ratio of counts.
 *
 * Source: C. J. Clopper & E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
 * binomial", Biometrika 26 (1934) 404–413. The counted things are taken to be independent of each other.
 */
import { binomialLowerTail, binomialUpperTail } from './binomial.ts';

/** So many of so many; the denominator is at least 1. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** Lower and upper end, both from 0 to 1; each side errs with at most half of what the confidence leaves. */
export function ratioInterval({ numerator, denominator }: Share, confidence: number): readonly [number, number] {
  const errorPerSide = (1 - confidence) / 2;
  const seenAtLeast = (probability: number) => binomialUpperTail(numerator, { count: denominator, probability });
  const seenAtMost = (probability: number) => binomialLowerTail(numerator, { count: denominator, probability });
  const lower = numerator === 0 ? 0 : turningPoint((probability) => seenAtLeast(probability) > errorPerSide)[0];
  const upper = numerator === denominator ? 1 : turningPoint((p) => seenAtMost(p) <= errorPerSide)[1];
  return [lower, upper];
}

/** The neighbouring floating-point numbers between which a statement, false at 0 and true at 1, becomes true. */
function turningPoint(holds: (probability: number) => boolean): readonly [number, number] {
  let below = 0;
  let above = 1;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) return [below, above];
    if (holds(middle)) above = middle;
    else below = middle;
  }
}
