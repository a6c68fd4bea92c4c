/** Which decisions count now. Pure. */
import type { BaselineDecision } from './decision.ts';

/**
 * The acceptances that nobody has rejected since, oldest first. A rejection takes a run out of every kind of baseline; it may
 * be accepted again later. The same acceptance given twice counts once, as of the later time.
 */
export function inForce(decisions: readonly BaselineDecision[]): BaselineDecision[] {
  const ordered = decisions.toSorted((one, other) => compare(one.at, other.at) || compare(one.id, other.id));
  return ordered.filter((decision, index) => {
    if (decision.what === 'reject') return false;
    return !ordered
      .slice(index + 1)
      .some(({ what, kind, run }) => run.id === decision.run.id && (what === 'reject' || kind === decision.kind));
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
