/**
 * What the drill's part of a configuration says that cannot be true. It is looked at by whoever drills: a configuration made
 * from another one, with fewer criteria or other targets, need not be fit to drill.
 */

import type { Rollout } from '../../config/rollout.ts';
import { suggestionFor } from '../../lib/suggestion.ts';
import { parsePlanted } from '../../model/proxy-fault.ts';
import { noFaultName } from '../../model/run.ts';

type Drill = NonNullable<Rollout['drill']>;
type ProxyDrill = NonNullable<Drill['throughProxy']>;

/** What a fault must lead to, as the configuration has it. */
export type Expectations = Pick<
  Drill['faults'][string],
  'imitates' | 'size' | 'turnsRed' | 'leavesOpen' | 'spares' | 'rollback'
>;

/** Every contradiction as `path: what is wrong`. */
export function drillContradictions(rollout: Rollout, drill: Drill): string[] {
  const lists = Object.keys(rollout.commands);
  return [
    ...aboutTarget(rollout, drill),
    ...aboutNames(rollout, drill, 'drill'),
    ...Object.entries(drill.faults).flatMap(([name, { commands }]) =>
      Object.entries(commands).flatMap((pair) =>
        pair.flatMap((list) => check(`drill.faults.${name}.commands`, list, lists)),
      ),
    ),
    ...Object.entries(drill.faults).flatMap(([name, fault]) => inFault(`drill.faults.${name}`, fault)),
  ];
}

/** The same of what is planted through a proxy, which needs no target of its own. */
export function proxyDrillContradictions(rollout: Rollout, drill: ProxyDrill): string[] {
  const path = 'drill.throughProxy';
  const ids = rollout.criteria.map(({ id }) => id);
  return [
    ...aboutNames(rollout, drill, path),
    ...Object.keys(drill.without).flatMap((id) => check(`${path}.without`, id, ids)),
    ...(Object.hasOwn(drill.faults, noFaultName)
      ? [`${path}.faults.${noFaultName}: is the name of the run without a fault`]
      : []),
    ...Object.entries(drill.faults).flatMap(([name, fault]) => [
      ...inFault(`${path}.faults.${name}`, fault),
      ...inPlant(`${path}.faults.${name}.plant`, fault),
    ]),
  ];
}

function aboutTarget({ targets }: Rollout, { target, plant }: Drill): string[] {
  if (target === undefined) return ['drill.target: is missing, so there is nothing to plant a fault in'];
  const chosen = targets[target];
  if (chosen === undefined) return [unknown('drill.target', target, Object.keys(targets))];
  return [
    ...(chosen.start === undefined
      ? [`drill.target: "${target}" is not started by a command, so no fault can be planted in it`]
      : []),
    ...(plant.length === 0 ? ['drill.plant: is missing, so the command is not told what to plant'] : []),
  ];
}

function aboutNames(rollout: Rollout, drill: Pick<ProxyDrill, 'faults' | 'budgets' | 'fast'> | Drill, path: string) {
  // What nothing exercises yet can be named all the same: a fault is there before its criterion is.
  const ids = [...rollout.criteria, ...rollout.notExercised].map(({ id }) => id);
  const faults: readonly [string, Pick<Fault, 'turnsRed' | 'leavesOpen' | 'spares' | 'budgets'>][] = Object.entries(
    drill.faults,
  );
  const budgets = [
    [`${path}.budgets`, drill.budgets] as const,
    ...faults.map(([name, fault]) => [`${path}.faults.${name}.budgets`, fault.budgets] as const),
  ];
  return [
    ...Object.keys(drill.fast).flatMap((name) => check(`${path}.fast`, name, Object.keys(drill.faults))),
    ...faults.flatMap(([name, { turnsRed, leavesOpen, spares }]) => {
      const named = [...turnsRed, ...leavesOpen, ...spares];
      return [
        ...(drill.fast[name] ?? []).flatMap((id) => check(`${path}.fast.${name}`, id, named)),
        ...named.flatMap((id) => check(`${path}.faults.${name}`, id, ids)),
      ];
    }),
    ...budgets.flatMap(([where, budget]) =>
      Object.entries(budget ?? {}).flatMap(([key, named]) =>
        typeof named === 'object' && !Array.isArray(named)
          ? Object.keys(named).flatMap((one) => check(`${where}.${key}`, one, namesIn(rollout, key)))
          : [],
      ),
    ),
  ];
}

/** What the configuration has under a key: the scenarios, say. */
function namesIn(rollout: Rollout, key: string): readonly string[] {
  return Object.entries(rollout).flatMap(([one, named]) =>
    one === key && typeof named === 'object' ? Object.keys(named) : [],
  );
}

type Fault = Drill['faults'][string];

function inFault(path: string, { turnsRed, leavesOpen, spares, rollback, size }: Expectations): string[] {
  const all = [...turnsRed, ...leavesOpen, ...spares];
  const twice = all.filter((id, index) => all.indexOf(id) !== index);
  const problems = twice.map((id) => `"${id}" is expected to be two things at once`);
  if (all.length === 0) problems.push('names no criterion, so there is nothing to look at');
  if (turnsRed.length === 0 && rollback !== 'none') {
    problems.push(`turns nothing red, and so leads to no rollback of "${rollback}"`);
  }
  const [from = 0, to = 1] = size?.search ?? [];
  if (from >= to) problems.push(`size.search must go from the smaller to the larger size (got ${from} to ${to})`);
  return problems.map((problem) => `${path}: ${problem}`);
}

/** A size that changes nothing would be a size that says nothing. */
function inPlant(path: string, { plant, size }: ProxyDrill['faults'][string]): string[] {
  if (typeof plant !== 'function') return size === null ? [] : [`${path}: has a size, and so must be a function of it`];
  if (size === null) return [`${path}: is a function of a size, and there is none`];
  const planted = parsePlanted(plant(size.default));
  return typeof planted === 'string' ? [`${path}: at ${size.default} ${size.unit}, ${planted}`] : [];
}

function check(path: string, name: string, names: readonly string[]): string[] {
  return names.includes(name) ? [] : [unknown(path, name, names)];
}

function unknown(path: string, name: string, names: readonly string[]): string {
  const suggestion = suggestionFor(name, names);
  return `${path}: there is no "${name}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
}
