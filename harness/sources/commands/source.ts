/** Lists of commands: the tests, types and linters that a checklist asks for. */
import { resolve } from 'node:path';
import { defined } from '../../lib/defined.ts';
import type { Shell } from '../../lib/shell.ts';
import type { CommandListPolicy, CommandPolicy } from '../../model/checklist-policy.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { noProgress, samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import { isFolder } from './find-program.ts';
import { findTools, toolInWords } from './find-tools.ts';
import {
  type CommandsRollout,
  type CommandsTarget,
  commandLists,
  commandsContradictions,
  commandsKeys,
} from './settings.ts';

interface Asked {
  readonly commands: readonly CommandListPolicy[];
}

export const commands = describeSource<typeof commandsKeys, CommandsRollout, CommandsTarget, object, Asked>({
  kind: 'commands',
  from: ['commands:<list>'],
  keys: commandsKeys,
  names: (rollout) => Object.keys(rollout.commands),
  contradictions: commandsContradictions,
  ask: ({ rollout, target, from }) => ({
    commands: commandLists(rollout, target).filter(({ name }) => from.has(`commands:${name}`)),
  }),
  /** The verdict names the commands that passed. */
  titled: ({ commands: lists }, name, title) => {
    const list = lists.find((one) => one.name === name);
    return list === undefined ? title : `${title}: ${list.title}`;
  },
  nothing: { commands: [] },
  evidence: ({ commands: lists }) => lists.map(({ name }) => `commands-${name}`),
  probes: ({ commands: lists }, { folder, redactor, shell, signal }) =>
    lists.map((list) => ({
      title: `Run the ${list.name} commands (${list.title})`,
      phase: 'prepare',
      brings: [`commands-${list.name}`],
      run: async (say) => {
        const { collectCommands } = await import('./collect-commands.ts');
        return [await collectCommands(list, { runFolder: folder.path, redactor, shell, signal, onProgress: say })];
      },
    })),
  watch: {
    turn: 7,
    isOnce: true,
    tasks: ({ commands: lists }, options) => {
      const { folder, redactor, shell, signal } = options;
      return lists.map((list) => ({
        ...samplingTask(`commands-${list.name}`, options, async () => {
          const { collectCommands } = await import('./collect-commands.ts');
          return collectCommands(list, { runFolder: folder, redactor, shell, signal, onProgress: noProgress });
        }),
        isBeside: true as const,
      }));
    },
  },
  examine: ({ commands: lists }, { shell }) => Promise.resolve(lists.flatMap((list) => diagnosesOf(list, shell))),
});

function diagnosesOf(list: CommandListPolicy, shell: Shell): Diagnosis[] {
  const what = `commands ${list.name}`;
  const tools = list.each.flatMap(({ run, in: folder }) =>
    findTools({ run, folder: resolve(shell.cwd, folder) }, shell.env),
  );
  const there = unique(tools.filter(({ path }) => path !== null).map(toolInWords)).join(', ');
  const gaps = Map.groupBy(
    list.each.flatMap((command) => gapsOf(command, shell)),
    ({ advice }) => advice,
  );
  if (gaps.size === 0) return [{ what, state: 'ready', found: `${list.each.length} commands, with ${there}` }];
  return [
    ...(there === '' ? [] : [{ what, state: 'ready' as const, found: `found ${there}` }]),
    ...[...gaps].map(([advice, of]) => ({
      what,
      state: 'not ready' as const,
      found: `not there: ${unique(of.map(({ missing }) => missing)).join(', ')}`,
      ...defined({ advice }),
    })),
  ];
}

interface Gap {
  readonly missing: string;
  readonly advice: string | undefined;
}

function gapsOf({ run, in: relative, advice }: CommandPolicy, { cwd, env }: Shell): Gap[] {
  const folder = resolve(cwd, relative);
  const missing = findTools({ run, folder }, env).filter(({ path }) => path === null);
  return [
    ...(isFolder(folder) ? [] : [{ missing: `folder ${relative}`, advice }]),
    ...missing.map(({ name }) => ({ missing: name, advice })),
  ];
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
