/**
 * What the drill's part of a configuration says that cannot be true. It is looked at by whoever drills: a configuration made
 * from another one, with fewer criteria or other targets, need not be fit to drill.
 */
import type { Rollout } from './rollout.ts';
import { suggestionFor } from './suggestion.ts';

type Drill = NonNullable<Rollout['drill']>;

/** Every contradiction as `path: what is wrong`. */
export function drillContradictions(rollout: Rollout, drill: Drill): string[] {
  return [
    ...aboutTarget(rollout, drill),
    ...aboutNames(rollout, drill),
    ...Object.entries(drill.faults).flatMap(inFault),
  ];
}

type Fault = Drill['faults'][string];

function aboutTarget({ targets }: Rollout, { target }: Drill): string[] {
  const chosen = targets[target];
  if (chosen === undefined) return [unknown('drill.target', target, Object.keys(targets))];
  return chosen.start === undefined
    ? [`drill.target: "${target}" is not started by a command, so no fault can be planted in it`]
    : [];
}

function aboutNames(rollout: Rollout, drill: Drill): string[] {
  // What nothing exercises yet can be named all the same: a fault is there before its criterion is.
  const ids = [...rollout.criteria, ...rollout.notExercised].map(({ id }) => id);
  const check = (path: string, name: string, names: readonly string[]) =>
    names.includes(name) ? [] : [unknown(path, name, names)];
  const budgets = [
    ['drill.budgets', drill.budgets] as const,
    ...Object.entries(drill.faults).map(([name, fault]) => [`drill.faults.${name}.budgets`, fault.budgets] as const),
  ];
  return [
    ...Object.keys(drill.fast).flatMap((name) => check('drill.fast', name, Object.keys(drill.faults))),
    ...Object.entries(drill.faults).flatMap(([name, { turnsRed, leavesOpen, spares }]) =>
      (drill.fast[name] ?? []).flatMap((id) =>
        check(`drill.fast.${name}`, id, [...turnsRed, ...leavesOpen, ...spares]),
      ),
    ),
    ...Object.entries(drill.faults).flatMap(([name, { turnsRed, leavesOpen, spares, commands }]) => [
      ...[...turnsRed, ...leavesOpen, ...spares].flatMap((id) => check(`drill.faults.${name}`, id, ids)),
      ...Object.entries(commands).flatMap((pair) =>
        pair.flatMap((list) => check(`drill.faults.${name}.commands`, list, Object.keys(rollout.commands))),
      ),
    ]),
    ...budgets.flatMap(([path, budget]) =>
      (['scenarios', 'load', 'lighthouse'] as const).flatMap((kind) =>
        Object.keys(budget?.[kind] ?? {}).flatMap((one) => check(`${path}.${kind}`, one, Object.keys(rollout[kind]))),
      ),
    ),
  ];
}

function inFault([name, { turnsRed, leavesOpen, spares, rollback, size }]: readonly [string, Fault]): string[] {
  const all = [...turnsRed, ...leavesOpen, ...spares];
  const twice = all.filter((id, index) => all.indexOf(id) !== index);
  const problems = twice.map((id) => `"${id}" is expected to be two things at once`);
  if (all.length === 0) problems.push('names no criterion, so there is nothing to look at');
  if (turnsRed.length === 0 && rollback !== 'none') {
    problems.push(`turns nothing red, and so leads to no rollback of "${rollback}"`);
  }
  const [from = 0, to = 1] = size?.search ?? [];
  if (from >= to) problems.push(`size.search must go from the smaller to the larger size (got ${from} to ${to})`);
  return problems.map((problem) => `drill.faults.${name}: ${problem}`);
}

function unknown(path: string, name: string, names: readonly string[]): string {
  const suggestion = suggestionFor(name, names);
  return `${path}: there is no "${name}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
}
