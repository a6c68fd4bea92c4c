/** What the checklist's commands and the way back are carried out with: found, or how to get it. */

import { resolve } from 'node:path';
import { defined } from '../../lib/defined.ts';
import type { Shell } from '../../lib/shell.ts';
import type { CommandListPolicy, CommandPolicy } from '../../model/checklist-policy.ts';
import { isFolder } from '../../sources/commands/find-program.ts';
import { findTools, type Tool } from '../../sources/commands/find-tools.ts';
import type { Diagnosis, Examine } from './diagnosis.ts';

export const examineCommands: Examine = ({ policy, shell }) =>
  Promise.resolve(policy.commands.flatMap((list) => diagnosesOf(list, shell)));

function diagnosesOf(list: CommandListPolicy, shell: Shell): Diagnosis[] {
  const what = `commands ${list.name}`;
  const tools = list.each.flatMap(({ run, in: folder }) =>
    findTools({ run, folder: resolve(shell.cwd, folder) }, shell.env),
  );
  const there = unique(tools.filter(({ path }) => path !== null).map(inWords)).join(', ');
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

/** Judging never rolls back: that these are missing keeps nobody from measuring. */
export const examineRollback: Examine = ({ policy, shell }) => {
  const commands = policy.rollback.steps.flatMap(({ command }) => command ?? []);
  const tools = commands.flatMap((run) => findTools({ run, folder: shell.cwd }, shell.env));
  const missing = unique(tools.filter(({ path }) => path === null).map(({ name }) => name));
  const what = 'rollback';
  if (missing.length === 0) {
    return Promise.resolve([
      { what, state: 'ready', found: `its ${commands.length} commands have ${unique(tools.map(inWords)).join(', ')}` },
    ]);
  }
  const found = `its commands need ${missing.join(', ')}, not on this machine; roll back from one that has ${missing.length === 1 ? 'it' : 'them'}`;
  return Promise.resolve([{ what, state: 'missing', found }]);
};

function inWords({ name, path }: Tool): string {
  return path === null || path.endsWith(`node_modules/.bin/${name}`) ? name : path;
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
