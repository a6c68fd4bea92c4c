/** When a criterion was last proved to fire, and whether that proof still holds. Pure. */
import type { DrillReport } from '../features/drill/model.ts';
import type { Criterion } from '../model/criterion.ts';
import type { DrillProof } from '../model/finding.ts';
import type { RunIdentity } from '../model/run.ts';
import type { Instant } from '../model/units.ts';

/** What the last drill of a criterion against a target came to. */
export interface KeptProof {
  readonly criterion: string;
  /** Absent in proofs from before there was more than one target to drill. */
  readonly target?: string;
  readonly definition: string;
  readonly tool: RunIdentity['tool'];
  readonly fired: boolean;
  readonly at: Instant;
  readonly drill: string;
  /** What turned it red, with its size: `slow-diff (350 ms)`. */
  readonly faults: readonly string[];
  /** The smallest size that was caught: `slow-diff (210 ms)`; absent where nobody searched. */
  readonly smallest?: string;
}

/** What makes a criterion the one that was proved: another limit or statistic on another indicator is another one. */
export function definitionOf({ sli, probe, statistic, limit, longestTask, groups }: Criterion): string {
  return JSON.stringify({ sli, probe, statistic, limit, longestTask: longestTask ?? null, groups });
}

/** The kept proofs, brought up to date with a drill: what was not drilled in it, or not measured, stays. */
export function withDrill(kept: readonly KeptProof[], { drill, criteria, faults, sizes }: DrillReport): KeptProof[] {
  const fresh = criteria
    .filter(({ state }) => state === 'proved' || state === 'not-proved')
    .map(({ id, definition, state, provedBy }): KeptProof => {
      const before = kept.find(({ criterion, target }) => criterion === id && target === drill.target);
      const isSame = before !== undefined && before.definition === definition && isSameTool(before.tool, drill.tool);
      const smallest = smallestOf(sizes, id) ?? (isSame ? before.smallest : undefined);
      return {
        criterion: id,
        target: drill.target,
        definition,
        tool: drill.tool,
        fired: state === 'proved',
        at: drill.finishedAt,
        drill: drill.id,
        faults: provedBy.map((name) => {
          const size = faults.find((fault) => fault.name === name)?.size ?? null;
          return size === null ? name : `${name} (${size.value} ${size.unit})`;
        }),
        ...(smallest === undefined ? {} : { smallest }),
      };
    });
  const ids = new Set(fresh.map(({ criterion }) => criterion));
  const isRenewed = ({ criterion, target }: KeptProof): boolean => ids.has(criterion) && target === drill.target;
  return [...kept.filter((one) => !isRenewed(one)), ...fresh];
}

function smallestOf(sizes: DrillReport['sizes'], id: string): string | undefined {
  const caught = sizes.filter(({ criterion }) => criterion === id).filter(({ caught: size }) => size !== null);
  return caught.length === 0
    ? undefined
    : caught.map(({ fault, caught: size, unit }) => `${fault} (${size} ${unit})`).join(', ');
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
  kept: readonly KeptProof[],
  asking: Asking,
): { readonly [criterion: string]: DrillProof } {
  return Object.fromEntries(criteria.map((criterion) => [criterion.id, proofOf(criterion, kept, asking)]));
}

function proofOf(criterion: Criterion, kept: readonly KeptProof[], { tool, target }: Asking): DrillProof {
  const proofs = kept
    .filter((one) => one.criterion === criterion.id)
    .toSorted((a, b) => Number(b.target === target) - Number(a.target === target) || b.at.localeCompare(a.at))
    .map((proof) => toldOf(proof, whyStale(proof, definitionOf(criterion), tool)));
  return proofs.find(({ status }) => status !== 'stale') ?? proofs[0] ?? { status: 'never' };
}

function toldOf({ at, target, drill, faults, smallest, fired }: KeptProof, because: string | null): DrillProof {
  const told = {
    at,
    ...(target === undefined ? {} : { target }),
    drill,
    faults,
    ...(smallest === undefined ? {} : { smallest }),
  };
  if (because !== null) return { status: 'stale', because, ...told };
  return { status: fired ? 'fired' : 'missed', ...told };
}

function whyStale(proof: KeptProof, definition: string, tool: RunIdentity['tool']): string | null {
  if (proof.definition !== definition) return 'the criterion had another limit, statistic or indicator then';
  if (isSameTool(proof.tool, tool)) return null;
  const [then, now] = [proof.tool, tool].map(({ version, commit }) => `${version} (${commit})`);
  return then === now
    ? `Rampgate ${then} had changes that are in no commit, so it may have been another one`
    : `that was Rampgate ${then}, and this is ${now}`;
}

/** A clone with changes that are in no commit can be told from no other. */
function isSameTool(one: RunIdentity['tool'], other: RunIdentity['tool']): boolean {
  return one.version === other.version && one.commit === other.commit && !one.commit.endsWith('-dirty');
}
