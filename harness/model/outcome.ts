/** Words of a verdict, and which of two outcomes is worse. */

/** Worst outcome last: `pass` < `inconclusive` < `fail`. */
export type Outcome = 'pass' | 'inconclusive' | 'fail';

/** The worst blocking outcome, in the words of a rollout decision. */
export type Verdict = 'go' | 'inconclusive' | 'no-go';

/** A blocking criterion decides the verdict; an advisory one informs. */
export type Severity = 'blocking' | 'advisory';

/** The layer a criterion speaks about, and so the layer that is rolled back when it fails. */
export type Scope = 'frontend' | 'backend' | 'frontend+backend' | 'either';

const outcomesBestFirst: readonly Outcome[] = ['pass', 'inconclusive', 'fail'];

/** The worse of two outcomes. */
export function worst(a: Outcome, b: Outcome): Outcome {
  return outcomesBestFirst.indexOf(a) >= outcomesBestFirst.indexOf(b) ? a : b;
}
