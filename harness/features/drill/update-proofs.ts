/** The saved proofs, brought up to date with a drill. Pure. */

import { isSameTool } from '../../gate/drill-proof.ts';
import { defined } from '../../lib/defined.ts';
import type { SavedProof } from '../../model/drill-proof.ts';
import type { DrillReport } from './drill-report.ts';

/** The kept proofs, brought up to date with a drill: what was not drilled in it, or not measured, stays. */
export function withDrill(kept: readonly SavedProof[], { drill, criteria, faults, sizes }: DrillReport): SavedProof[] {
  const fresh = criteria
    .filter(({ state }) => state === 'proved' || state === 'not-proved')
    .map(({ id, definition, state, provedBy }): SavedProof => {
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
        ...defined({ smallest }),
      };
    });
  const ids = new Set(fresh.map(({ criterion }) => criterion));
  const isRenewed = ({ criterion, target }: SavedProof): boolean => ids.has(criterion) && target === drill.target;
  return [...kept.filter((one) => !isRenewed(one)), ...fresh];
}

function smallestOf(sizes: DrillReport['sizes'], id: string): string | undefined {
  const caught = sizes.filter(({ criterion }) => criterion === id).filter(({ caught: size }) => size !== null);
  return caught.length === 0
    ? undefined
    : caught.map(({ fault, caught: size, unit }) => `${fault} (${size} ${unit})`).join(', ');
}
