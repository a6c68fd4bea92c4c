/** Plan and blocks → what was compared, for a comparison that has just ended and for one that is judged again. Pure. */

import { browserOf } from '../../gate/conclude.ts';
import { compare } from '../../judgement/comparison/compare.ts';
import type { EvidencePair } from '../../judgement/comparison/paired-measurements.ts';
import type { ComparedSide } from '../../model/comparison.ts';
import type { Compared } from './assemble-comparison.ts';
import type { ComparisonPlan, PlannedSide } from './comparison-plan.ts';

export interface MeasuredInTurn {
  readonly pairs: readonly EvidencePair[];
  readonly planned: number;
  /** Why there are fewer than planned; null where none is missing. */
  readonly endedEarly: string | null;
}

/** The same plan and blocks give the same, whenever and wherever. */
export function concludeComparison(plan: ComparisonPlan, { pairs, planned, endedEarly }: MeasuredInTurn): Compared {
  const { rollout, profile, configHash, errorBudget, negligible, criteria, leftOut } = plan;
  const evidence = pairs.flatMap(({ before, after }) => [...before, ...after]);
  const environment = { ...plan.machine, browser: browserOf(evidence) };
  const sideOf = ({ name, target }: PlannedSide): ComparedSide => ({
    name,
    target,
    run: null,
    measuredAt: plan.startedAt,
    environment,
  });
  return {
    design: { kind: 'in-turn', blocks: { planned, measured: pairs.length } },
    rollout,
    profile,
    configHash,
    errorBudget,
    negligible,
    before: sideOf(plan.before),
    after: sideOf(plan.after),
    criteria: compare(criteria, { design: 'in-turn', pairs }, { budget: errorBudget, negligible, refuse: () => null }),
    notCompared: leftOut.map(({ id, title, reason }) => ({ criterion: id, title, reason })),
    endedEarly,
  };
}
