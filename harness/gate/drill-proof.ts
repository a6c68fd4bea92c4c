/** When a criterion was last proved to fire, and whether that proof still holds. Pure. */

import { defined } from '../lib/defined.ts';
import type { Criterion } from '../model/criterion.ts';
import type { DrillProof, SavedProof } from '../model/drill-proof.ts';
import type { RunIdentity } from '../model/run.ts';

/** What makes a criterion the one that was proved: another limit or statistic on another indicator is another one. */
export function definitionOf({ sli, probe, statistic, limit, longestTask, groups }: Criterion): string {
  return JSON.stringify({ sli, probe, statistic, limit, longestTask: longestTask ?? null, groups });
}

/** A gate run that asks what is proved of its criteria. */
export interface Asking {
  readonly tool: RunIdentity['tool'];
  /** The target's name. */
  readonly target: string;
}

/**
 * What a gate report says of each criterion. A proof of something else, or by another Rampgate, does not count; one
 * against the report's own target counts before those against others.
 */
export function proofsFor(
  criteria: readonly Criterion[],
  kept: readonly SavedProof[],
  asking: Asking,
): { readonly [criterion: string]: DrillProof } {
  return Object.fromEntries(criteria.map((criterion) => [criterion.id, proofOf(criterion, kept, asking)]));
}

function proofOf(criterion: Criterion, kept: readonly SavedProof[], { tool, target }: Asking): DrillProof {
  const proofs = kept
    .filter((one) => one.criterion === criterion.id)
    .toSorted((a, b) => Number(b.target === target) - Number(a.target === target) || b.at.localeCompare(a.at))
    .map((proof) => toldOf(proof, whyStale(proof, definitionOf(criterion), tool)));
  return proofs.find(({ status }) => status !== 'stale') ?? proofs[0] ?? { status: 'never' };
}

function toldOf({ at, target, drill, faults, smallest, fired }: SavedProof, because: string | null): DrillProof {
  const told = {
    at,
    ...defined({ target }),
    drill,
    faults,
    ...defined({ smallest }),
  };
  if (because !== null) return { status: 'stale', because, ...told };
  return { status: fired ? 'fired' : 'missed', ...told };
}

function whyStale(proof: SavedProof, definition: string, tool: RunIdentity['tool']): string | null {
  if (proof.definition !== definition) return 'the criterion had another limit, statistic or indicator then';
  if (isSameTool(proof.tool, tool)) return null;
  const [then, now] = [proof.tool, tool].map(({ version, commit }) => `${version} (${commit})`);
  return then === now
    ? `Rampgate ${then} had changes that are in no commit, so it may have been another one`
    : `that was Rampgate ${then}, and this is ${now}`;
}

/** A clone with changes that are in no commit can be told from no other. */
export function isSameTool(one: RunIdentity['tool'], other: RunIdentity['tool']): boolean {
  return one.version === other.version && one.commit === other.commit && !one.commit.endsWith('-dirty');
}
