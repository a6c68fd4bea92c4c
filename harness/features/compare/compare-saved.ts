/** Compares two saved runs, from their evidence alone. Pure. */

import { browserOf } from '../../gate/conclude.ts';
import { compare } from '../../judgement/comparison/compare.ts';
import { mistakes } from '../../lib/mistakes.ts';
import type { ComparedSide, Negligible } from '../../model/comparison.ts';
import { type Criterion, isCompared } from '../../model/criterion.ts';
import type { SavedRun } from '../../store/read-run.ts';
import type { Compared } from './assemble-comparison.ts';
import { type ReadSide, refusalFor, whyNotAtAll } from './comparability.ts';

export interface NamedRun {
  /** As it was asked for. */
  readonly name: string;
  readonly saved: SavedRun;
}

export interface SavedOptions {
  readonly negligible: Negligible;
  /** Only these criteria; all when left out. */
  readonly only?: readonly string[];
}

/** Throws an OperatorMistake for two runs of which nothing may be compared. */
export function compareSaved(before: NamedRun, after: NamedRun, { negligible, only }: SavedOptions): Compared {
  const [was, is] = [readSide(before), readSide(after)];
  const why = whyNotAtAll(was, is);
  if (why.length > 0) throw mistakes.runsNotComparable(before.name, after.name, why);
  const { plan } = after.saved;
  const [criteria, others] = partition(
    plan.criteria,
    ({ id, statistic }) => !isCompared(statistic) && (only === undefined || only.includes(id)),
  );
  const material = {
    design: 'apart',
    pairs: [{ before: before.saved.evidence, after: after.saved.evidence }],
  } as const;
  return {
    design: { kind: 'apart' },
    rollout: plan.rollout,
    profile: plan.profile,
    configHash: plan.configHash,
    errorBudget: plan.errorBudget,
    negligible,
    before: sideOf(before, was),
    after: sideOf(after, is),
    criteria: compare(criteria, material, { budget: plan.errorBudget, negligible, refuse: refusalFor(was, is) }),
    notCompared: [
      ...others.map(({ id, title, statistic }) => ({
        criterion: id,
        title,
        reason: isCompared(statistic)
          ? 'It compares with a baseline, and here the two are compared with each other'
          : 'Left out by --only',
      })),
      ...plan.leftOut.map(({ id, title, reason }) => ({ criterion: id, title, reason })),
    ],
    endedEarly: null,
  };
}

function readSide({ saved }: NamedRun): ReadSide {
  return { saved, environment: { ...saved.plan.run.machine, browser: browserOf(saved.evidence) } };
}

function sideOf({ name, saved }: NamedRun, { environment }: ReadSide): ComparedSide {
  const { id, target, startedAt } = saved.plan.run;
  return { name, target, run: id, measuredAt: startedAt, environment };
}

function partition(
  criteria: readonly Criterion[],
  isIn: (criterion: Criterion) => boolean,
): readonly [Criterion[], Criterion[]] {
  return [criteria.filter(isIn), criteria.filter((one) => !isIn(one))];
}
