/** Whether the tools of the rollback are there. */

import { findTools, toolInWords } from '../../sources/commands/find-tools.ts';
import type { Examine } from './examine.ts';

/** Judging never rolls back: that these are missing keeps nobody from measuring. */
export const examineRollback: Examine = ({ policy, shell }) => {
  const commands = policy.rollback.steps.flatMap(({ command }) => command ?? []);
  const tools = commands.flatMap((run) => findTools({ run, folder: shell.cwd }, shell.env));
  const missing = unique(tools.filter(({ path }) => path === null).map(({ name }) => name));
  const what = 'rollback';
  if (missing.length === 0) {
    return Promise.resolve([
      {
        what,
        state: 'ready',
        found: `its ${commands.length} commands have ${unique(tools.map(toolInWords)).join(', ')}`,
      },
    ]);
  }
  const found = `its commands need ${missing.join(', ')}, not on this machine; roll back from one that has ${missing.length === 1 ? 'it' : 'them'}`;
  return Promise.resolve([{ what, state: 'missing', found }]);
};

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
