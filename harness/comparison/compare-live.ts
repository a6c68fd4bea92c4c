/** Compares two targets that are there now: opens both, measures them in turn, and judges them pair by pair. */

import type { ComparedSide, Negligible } from '../comparison-model.ts';
import { browserOf } from '../conclude.ts';
import { machineOf } from '../environment.ts';
import { compare } from '../judgement/comparison/compare.ts';
import type { Evidence } from '../model.ts';
import type { Policy } from '../policy.ts';
import { openTarget } from '../target.ts';
import type { Compared } from './assemble-comparison.ts';
import {
  type InTurnOptions,
  type MeasuredInTurn,
  measureInTurn,
  type OpenSide,
  type Sides,
} from './measure-in-turn.ts';

export interface LiveSide {
  /** As it was asked for. */
  readonly name: string;
  readonly policy: Policy;
}

export interface LiveOptions extends InTurnOptions {
  readonly negligible: Negligible;
}

/** Throws an OperatorMistake when a target does not start or answer; nothing else. */
export async function compareLive(before: LiveSide, after: LiveSide, options: LiveOptions): Promise<Compared> {
  const { shell, folder } = options;
  const measuredAt = shell.now().toISOString();
  const was = await open(before, options);
  try {
    const is = await open(after, options);
    try {
      const sides = bothAsked({ before: was, after: is });
      folder.save('plan.json', `${JSON.stringify(planOf(sides, options), null, 1)}\n`);
      const measured = await measureInTurn(sides, options);
      const sideOf = ({ name }: LiveSide, { target }: OpenSide): ComparedSide => ({
        name,
        target: target.identity,
        run: null,
        measuredAt,
        environment: { ...machineOf(), browser: browserOf(evidenceOf(measured)) },
      });
      return concluded(sides, { measured, before: sideOf(before, was), after: sideOf(after, is), options });
    } finally {
      await is.target.close();
    }
  } finally {
    await was.target.close();
  }
}

async function open({ name, policy }: LiveSide, { shell, progress }: LiveOptions): Promise<OpenSide> {
  const target = await progress(`Open ${name}`, async (say) => {
    const opened = await openTarget(policy.target, { shell, loads: policy.loads.length > 0 });
    say(`${opened.identity.web}, API ${opened.identity.api}, release ${opened.identity.release}`);
    return opened;
  });
  return { policy, target };
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

/** What is to be judged is on disk before anything is measured. */
function planOf({ before, after }: Sides, { negligible, blocks }: LiveOptions) {
  const { rollout, profile, configHash, criteria, errorBudget } = after.policy;
  return {
    schemaVersion: 1,
    rollout,
    profile,
    configHash,
    criteria,
    errorBudget,
    negligible,
    blocks,
    before: before.target.identity,
    after: after.target.identity,
  };
}

interface Measured {
  readonly measured: MeasuredInTurn;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly options: LiveOptions;
}

function concluded(
  { before: was, after: is }: Sides,
  { measured, before, after, options: { negligible } }: Measured,
): Compared {
  const { rollout, profile, configHash, errorBudget, criteria } = is.policy;
  const { pairs, planned, endedEarly } = measured;
  const material = { design: 'in-turn', pairs } as const;
  const leftOut = [...is.policy.leftOut, ...was.policy.leftOut].filter(
    ({ id }, index, all) => all.findIndex((one) => one.id === id) === index,
  );
  return {
    design: { kind: 'in-turn', blocks: { planned, measured: pairs.length } },
    rollout,
    profile,
    configHash,
    errorBudget,
    negligible,
    before,
    after,
    criteria: compare(criteria, material, { budget: errorBudget, negligible, refuse: () => null }),
    notCompared: leftOut.map(({ id, title, reason }) => ({ criterion: id, title, reason })),
    endedEarly,
  };
}

function evidenceOf({ pairs }: MeasuredInTurn): readonly Evidence[] {
  return pairs.flatMap(({ before, after }) => [...before, ...after]);
}
