/** Compares two targets that are there now: opens both, measures them in turn, and judges them pair by pair. */

import { openTarget } from '../../gate/target.ts';
import { machineOf, toolVersion } from '../../lib/environment.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Negligible } from '../../model/comparison.ts';
import { type Policy, putsLoad } from '../../sources/registry.ts';
import type { Compared } from './assemble-comparison.ts';
import type { ComparisonPlan, PlannedSide } from './comparison-plan.ts';
import { concludeComparison } from './conclude-comparison.ts';
import { type InTurnOptions, measureInTurn, type OpenSide, type Sides } from './measure-in-turn.ts';

export interface LiveSide {
  /** As it was asked for. */
  readonly name: string;
  readonly policy: Policy;
}

export interface LiveOptions extends InTurnOptions {
  readonly negligible: Negligible;
  readonly startedAt: Date;
}

/** Throws an OperatorMistake when a target does not start or answer; nothing else. */
export async function compareLive(before: LiveSide, after: LiveSide, options: LiveOptions): Promise<Compared> {
  const { shell, folder } = options;
  const was = await open(before, options);
  try {
    const is = await open(after, options);
    try {
      const sides = bothAsked({ before: was, after: is });
      const planned = planOf(sides, { before: named(before, was), after: named(after, is) }, options);
      // Addresses of a configuration can carry credentials.
      const plan = redactorFor(shell.env).deep(planned);
      folder.savePlan(plan);
      return concludeComparison(plan, await measureInTurn(sides, options));
    } finally {
      await is.target.close();
    }
  } finally {
    await was.target.close();
  }
}

async function open({ name, policy }: LiveSide, { shell, progress }: LiveOptions): Promise<OpenSide> {
  const target = await progress(`Open ${name}`, async (say) => {
    const opened = await openTarget(policy.target, { shell, loads: putsLoad(policy) });
    say(`${opened.identity.web}, API ${opened.identity.api}, release ${opened.identity.release}`);
    return opened;
  });
  return { policy, target };
}

function named({ name }: LiveSide, { target }: OpenSide): PlannedSide {
  return { name, target: target.identity };
}

/** What one of the two gives no answer to is not measured on the other. */
function bothAsked({ before, after }: Sides): Sides {
  const known = (side: OpenSide) => new Set(side.policy.criteria.map(({ id }) => id));
  const [was, is] = [known(before), known(after)];
  const common = (side: OpenSide): OpenSide => {
    const criteria = side.policy.criteria.filter(({ id }) => was.has(id) && is.has(id));
    const needed = new Set(criteria.map(({ probe }) => probe));
    const { scenarios, loads, checks } = side.policy;
    return {
      ...side,
      policy: {
        ...side.policy,
        criteria,
        scenarios: scenarios.filter(({ name }) => needed.has(`browser-${name}`)),
        loads: loads.filter(({ name }) => needed.has(`load-${name}`)),
        checks: checks.filter(({ name }) => needed.has(`checks-${name}`)),
      },
    };
  };
  return { before: common(before), after: common(after) };
}

function planOf(
  { before: was, after: is }: Sides,
  names: { readonly before: PlannedSide; readonly after: PlannedSide },
  { folder, negligible, blocks, startedAt }: LiveOptions,
): ComparisonPlan {
  const { rollout, profile, configHash, criteria, errorBudget } = is.policy;
  return {
    id: folder.id,
    startedAt: startedAt.toISOString(),
    tool: toolVersion(),
    rollout,
    profile,
    configHash,
    criteria,
    leftOut: [...is.policy.leftOut, ...was.policy.leftOut].filter(
      ({ id }, index, all) => all.findIndex((one) => one.id === id) === index,
    ),
    errorBudget,
    negligible,
    blocks: 'count' in blocks ? blocks.count : null,
    machine: machineOf(),
    ...names,
  };
}
