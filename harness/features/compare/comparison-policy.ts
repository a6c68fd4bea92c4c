/** The policy of one side of a comparison that measures in turn: the profile's criteria, on the budget of a block. */

import { choosePolicy } from '../../config/choose-policy.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { Rollout } from '../../config/rollout.ts';
import { defined } from '../../lib/defined.ts';
import { knownName } from '../../lib/known-name.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { type Criterion, isCompared } from '../../model/criterion.ts';
import type { NotExercised } from '../../model/gate-report.ts';
import { type Policy, type SourcePolicies, sources } from '../../sources/registry.ts';
import { drillOf, planted, plantingOf } from '../drill/drill-policy.ts';

export interface SideChoice {
  /** A target, and behind a colon the fault to plant in it, as NAME or NAME=SIZE. */
  readonly word: string;
  readonly profile: string;
  readonly only?: readonly string[];
}

/** The target that a word names, or null where it names none. */
export function targetNamed(word: string, { targets }: Rollout): string | null {
  const [name = ''] = word.split(':', 1);
  return Object.hasOwn(targets, name) ? name : null;
}

/** Throws an OperatorMistake for a fault that cannot be planted in that target. */
export function comparisonPolicy(config: LoadedConfig, choice: SideChoice): Policy {
  const { rollout, hash } = config;
  const { word, profile, only } = choice;
  const [target = '', ...faults] = word.split(':');
  const policy = choosePolicy(rollout, hash, { profile, target, ...defined({ only }) });
  const small = withBlockBudget(policy, rollout.compare);
  return faults.reduce((so, fault) => planted(so, argumentsFor(fault, { config, target })), small);
}

function argumentsFor(
  fault: string,
  { config, target }: { readonly config: LoadedConfig; readonly target: string },
): readonly string[] {
  const { rollout, path } = config;
  const drill = drillOf(rollout, path);
  if (drill.target !== target)
    throw mistakes.notPlantable(fault, `the drill's target is ${drill.target}, not ${target}`);
  const [name = ''] = fault.split('=', 1);
  knownName('fault', name, Object.keys(drill.faults));
  const args = plantingOf(drill, name, fault);
  if (args === null) throw mistakes.notPlantable(fault, 'it is nothing that is added to the target');
  return args;
}

/** Why a criterion is not measured in turn, or null. */
function whyNotInTurn({ statistic, probe }: Criterion, policy: Policy): string | null {
  if (isCompared(statistic)) return 'It compares with a baseline, and here the two are compared with each other';
  const source = sources.find(({ kind }) => probe.startsWith(`${kind}-`));
  if (source?.inTurn === undefined) {
    return 'It is not measured in turn: it tells of a whole run, and both targets would be in it. Compare two saved runs';
  }
  return source.whyNotInTurn?.(policy, probe) ?? null;
}

/** Only what is measured in turn, each with a block's part of the sampling, once. */
function withBlockBudget(policy: Policy, compare: Rollout['compare']): Policy {
  const judged = policy.criteria.map((criterion) => ({ criterion, why: whyNotInTurn(criterion, policy) }));
  const criteria = judged.flatMap(({ criterion, why }) => (why === null ? [lookedAtOnce(criterion)] : []));
  const leftOut = judged.flatMap(({ criterion: { id, title, checklist }, why }): NotExercised[] =>
    why === null ? [] : [{ id, title, checklist, reason: why }],
  );
  const needed = new Set(criteria.map(({ probe }) => probe));
  const block = { ...compare, isNeeded: (evidence: string): boolean => needed.has(evidence) };
  const inTurn: SourcePolicies = Object.assign(
    {},
    ...sources.map((source) => source.inTurn?.(policy, block) ?? source.nothing),
  );
  const { bounds: _, ...unbounded } = policy;
  return {
    ...unbounded,
    criteria,
    leftOut: [...policy.leftOut, ...leftOut],
    ...inTurn,
    reporting: null,
    browser: { ...policy.browser, trace: false, passes: 1 },
  };
}

function lookedAtOnce(criterion: Criterion): Criterion {
  const { looks: _, ...once } = criterion;
  return once;
}
