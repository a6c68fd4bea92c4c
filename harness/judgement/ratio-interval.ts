/**
 * The exact interval of a ratio of counts.
 *
 * Source: C. J. Clopper & E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
 * binomial", Biometrika 26 (1934) 404–413. The counted things are taken to be independent of each other.
 */
import { binomialLowerTail, binomialUpperTail } from './binomial.ts';
import type { Errors } from './errors.ts';

/** So many of so many; the denominator is at least 1. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** Lower and upper end, both from 0 to 1; each misses the true ratio with at most its stated probability. */
export function ratioInterval({ numerator, denominator }: Share, errors: Errors): readonly [number, number] {
  const seenAtLeast = (probability: number) => binomialUpperTail(numerator, { count: denominator, probability });
  const seenAtMost = (probability: number) => binomialLowerTail(numerator, { count: denominator, probability });
  // Stryker disable EqualityOperator: moves an end by its last digit
  const [lower] = turningPoint((probability) => seenAtLeast(probability) > errors.lower);
  const [, upper] = turningPoint((probability) => seenAtMost(probability) <= errors.upper);
  // Stryker restore EqualityOperator
  return [lower, upper];
}

/**
 * The same for counted things that depend on each other: of the effective number, `denominator / effect`, rounded outwards.
 */
export function ratioIntervalOfMany(
  { numerator, denominator }: Share,
  { errors, effect }: { readonly errors: Errors; readonly effect: number },
): readonly [number, number] {
  // Stryker disable next-line ConditionalExpression: about speed; what is divided by one comes out even
  if (effect === 1) return ratioInterval({ numerator, denominator }, errors);
  const effective = Math.max(1, Math.floor(denominator / effect));
  const share = (numerator * effective) / denominator;
  const [lower] = ratioInterval({ numerator: Math.floor(share), denominator: effective }, errors);
  const [, upper] = ratioInterval({ numerator: Math.ceil(share), denominator: effective }, errors);
  return [lower, upper];
}

/**
 * The neighbouring floating-point numbers between which a statement, false at 0 and true at 1, becomes true. That is next
 * to 0 or to 1 for a statement that is always true or never, as those about none of many and all of many are.
 */
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
