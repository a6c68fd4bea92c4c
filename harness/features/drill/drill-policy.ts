/** The drill of a configuration: its faults, and the policy of a gate run with one of them planted. */

import { choosePolicy } from '../../config/choose-policy.ts';
import { emptyProfile, type Rollout } from '../../config/rollout.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { noFaultName } from '../../model/run.ts';
import type { Policy } from '../../sources/registry.ts';
import { drillContradictions, type Expectations } from './drill-contradictions.ts';
import type { Fault } from './fault.ts';

type Drill = NonNullable<Rollout['drill']>;
type Budgets = Drill['budgets'];
/** A drill that plants by a command. */
type CommandDrill = Drill & { readonly target: string };

export interface Planting {
  readonly fault: Fault;
  readonly size: number | null;
  /** The criteria to judge. */
  readonly criteria: readonly string[];
}

/** Throws an OperatorMistake for a configuration without one, and for one that contradicts itself. */
export function drillOf(rollout: Rollout, path: string): CommandDrill {
  const { drill } = rollout;
  if (drill === undefined) throw mistakes.noDrill(path);
  const problems = drillContradictions(rollout, drill);
  if (problems.length > 0) throw mistakes.configInvalid(path, problems);
  return checkedDrill(rollout);
}

/** The catalogue, in its order. */
export function faultsOf({ faults }: { readonly faults: { readonly [name: string]: Expectations } }): Fault[] {
  return Object.entries(faults).map(([name, { imitates, size, turnsRed, leavesOpen, spares, rollback }]) => ({
    name,
    imitates,
    size: size === null ? null : withoutUndefined(size),
    turnsRed,
    leavesOpen,
    spares,
    rollback,
  }));
}

/** The policy of one run: the gate's own criteria, on budgets that only have to show a fault. */
export function drillPolicy(rollout: Rollout, configHash: string, { fault, size, criteria }: Planting): Policy {
  const drill = checkedDrill(rollout);
  // Nothing planted, and sampled as much as the comparison with it needs.
  const isHealthy = fault.name === noFaultName;
  const { commands, budgets } = isHealthy ? { commands: {}, budgets: drill.baseline } : faultOf(drill, fault.name);
  const asked = withBudgets(rollout, merged(drill.budgets, budgets));
  const target = asked.targets[drill.target];
  if (target === undefined) throw new Error('a checked name is missing');
  const targets = { ...asked.targets, [drill.target]: { ...target, commands: { ...target.commands, ...commands } } };
  const policy = choosePolicy({ ...asked, targets }, configHash, {
    profile: drillProfile,
    target: drill.target,
    only: criteria,
  });
  if (isHealthy) return policy;
  const word = size === null ? fault.name : `${fault.name}=${size}`;
  return planted(policy, plantingOf(drill, fault.name, word) ?? []);
}

/** The command that runs beside the gate, or null. */
export function besideOf(rollout: Rollout, { name }: Fault): readonly string[] | null {
  return faultOf(checkedDrill(rollout), name).beside ?? null;
}

export const drillProfile = 'drill';

function checkedDrill({ drill }: Rollout): CommandDrill {
  if (drill?.target === undefined) throw new Error('a checked configuration has no drill by command');
  return { ...drill, target: drill.target };
}

function faultOf({ faults }: Drill, name: string): Drill['faults'][string] {
  const fault = faults[name];
  if (fault === undefined) throw new Error('a checked name is missing');
  return fault;
}

/** What is added to the drill's target to plant a fault in it, by its name: null for one that is nothing to be added. */
export function plantingOf(drill: Drill, name: string, word: string): readonly string[] | null {
  const { plant = drill.plant } = faultOf(drill, name);
  return plant.length === 0 ? null : plant.map((part) => part.replaceAll('{fault}', word));
}

/** The same policy, with a target whose command gets more arguments. */
export function planted(policy: Policy, args: readonly string[]): Policy {
  const { at } = policy.target;
  if (at.kind !== 'started') throw new Error('a checked target is not started by a command');
  return { ...policy, target: { ...policy.target, at: { ...at, command: [...at.command, ...args] } } };
}

/** Budgets, with others over them. */
export function merged(budgets: Budgets, over: Budgets | undefined): Budgets {
  if (over === undefined) return budgets;
  const parts = Object.entries({ ...budgets, ...over }).map(([key, value]) => {
    const before: unknown = Reflect.get(budgets, key);
    return [key, isRecord(before) && isRecord(value) ? { ...before, ...value } : value];
  });
  return Object.fromEntries(parts) as Budgets;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A rollout that samples so much. The limits of its criteria stay as they are. */
export function withBudgets(rollout: Rollout, budgets: Budgets): Rollout {
  const { stepTimeout = rollout.browser.stepTimeout, logWindow, minSamples = Infinity } = budgets;
  const { sentry } = rollout;
  const load = mapped(rollout.load, (one, name) => ({ ...one, ...loadBudget(budgets.load[name]) }));
  const logs = mapped(rollout.logs, (log) => ({ ...log, window: logWindow ?? log.window }));
  return {
    ...rollout,
    profiles: {
      ...rollout.profiles,
      [drillProfile]: {
        ...emptyProfile,
        ...ofProfile(budgets),
        // How long a load takes is the rollout's own, below.
        load: {},
      },
    },
    criteria: rollout.criteria.map((one) => ({ ...one, minSamples: Math.min(one.minSamples, minSamples) })),
    browser: { ...rollout.browser, stepTimeout, trace: false },
    load,
    logs,
    ...(sentry === undefined ? {} : { sentry: sentryWith(sentry, budgets) }),
  };
}

/** What of the budgets a profile states as well. */
function ofProfile(budgets: Budgets): Partial<Rollout['profiles'][string]> {
  return Object.fromEntries(Object.entries(budgets).filter(([key]) => Object.hasOwn(emptyProfile, key)));
}

function sentryWith(sentry: NonNullable<Rollout['sentry']>, { listenTo, readBackWithin }: Budgets) {
  return {
    scenarios: listenTo ?? sentry.scenarios,
    readBackWithin: readBackWithin ?? sentry.readBackWithin,
  };
}

function loadBudget(budget: Budgets['load'][string] | undefined) {
  if (budget === undefined) return {};
  return { ...withoutUndefined(budget), atMost: budget.for };
}

function mapped<Value>(
  record: { readonly [name: string]: Value },
  change: (value: Value, name: string) => Value,
): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}

type Defined<Given> = { [Key in keyof Given]: Exclude<Given[Key], undefined> };

function withoutUndefined<Given extends object>(given: Given): Defined<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<Given>;
}
