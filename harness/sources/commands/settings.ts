/** What the configuration says of lists of commands, and what a run asks of them. */
import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import { duration, name } from '../../lib/fields.ts';
import { knownName, unknownName } from '../../lib/known-name.ts';
import { durationMs } from '../../lib/quantities.ts';
import type { CommandListPolicy } from '../../model/checklist-policy.ts';

const count = z.number().int().positive();

const command = z.strictObject({
  title: z.string().min(1),
  /** A program with its arguments, or a line for bash. */
  run: z.union([z.tuple([z.string().min(1)], z.string()), z.string().min(1)]),
  /** Folder it runs in. */
  in: z.string().default('.'),
  /** Environment variables it gets, by name; it gets no others but PATH, HOME and the like. */
  env: z.array(z.string()).default([]),
  timeout: duration.default('10min'),
  /** How to install what it needs. */
  advice: z.string().optional(),
});

const commandList = z.strictObject({
  /** What these commands check; stands in the title of the criterion. */
  title: z.string().min(1),
  /** So many at once. */
  parallel: count.default(1),
  each: z.array(command).min(1),
});

export const commandsKeys = {
  rollout: {
    /** Lists of commands, such as the checklist's before a deploy. */
    commands: z.record(name, commandList).default({}),
  },
  target: {
    /** Its own lists of commands, by the names that criteria use: `{ 'pre-deploy': 'our-checks' }`. */
    commands: z.record(name, name).default({}),
  },
  profile: {},
};

export interface CommandsTarget {
  readonly commands: Readonly<Record<string, string>>;
}

export interface CommandsRollout {
  readonly commands: Readonly<Record<string, z.output<typeof commandList>>>;
  readonly defaultTarget: string;
  readonly targets: Readonly<Record<string, CommandsTarget>>;
}

/** A list of the rollout's configuration, as the target has it. Throws an OperatorMistake for a name it does not have. */
export function chooseCommands(
  rollout: CommandsRollout,
  choice: { readonly list: string; readonly target?: string },
): CommandListPolicy {
  const targetName = knownName('target', choice.target ?? rollout.defaultTarget, Object.keys(rollout.targets));
  const listName = knownName('list of commands', choice.list, Object.keys(rollout.commands));
  const target = rollout.targets[targetName];
  const list = target === undefined ? undefined : commandLists(rollout, target).find(({ name }) => name === listName);
  if (list === undefined) throw new Error('a checked name is missing');
  return list;
}

/** Every list, as the target has it. */
export function commandLists(
  { commands }: Pick<CommandsRollout, 'commands'>,
  target: CommandsTarget,
): CommandListPolicy[] {
  return Object.keys(commands).flatMap((name) => {
    const list = target.commands[name] ?? name;
    const chosen = commands[list];
    return chosen === undefined ? [] : [commandListPolicy(name, list, chosen)];
  });
}

function commandListPolicy(
  name: string,
  list: string,
  { title, parallel, each }: CommandsRollout['commands'][string],
): CommandListPolicy {
  return {
    name,
    list,
    title,
    parallel,
    each: each.map(({ timeout, advice, ...command }) => ({
      ...command,
      timeoutMs: durationMs(timeout),
      ...defined({ advice }),
    })),
  };
}

/** Lists that there are not. */
export function commandsContradictions({ commands, targets }: CommandsRollout): string[] {
  return Object.entries(targets).flatMap(([target, { commands: own }]) =>
    Object.entries(own).flatMap(([key, list]) =>
      [key, list].flatMap((one) => unknownName(`targets.${target}.commands.${key}`, one, Object.keys(commands))),
    ),
  );
}
