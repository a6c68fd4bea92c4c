/** A checklist of the configuration, for one target. */
import type { Rollout } from '../../config/rollout.ts';
import { knownName } from '../../lib/known-name.ts';
import { durationMs } from '../../lib/quantities.ts';
import type { ChecklistItem, ChecklistPolicy } from '../../model/checklist-policy.ts';
import { commandLists } from '../../sources/commands/settings.ts';

/** Null where the configuration has none of that name. */
export function checklistPolicy(
  rollout: Rollout,
  choice: { readonly list: string; readonly target?: string },
): ChecklistPolicy | null {
  const chosen = rollout.checklists[choice.list];
  if (chosen === undefined) return null;
  const target = knownName('target', choice.target ?? rollout.defaultTarget, Object.keys(rollout.targets));
  const ofTarget = rollout.targets[target];
  if (ofTarget === undefined) throw new Error('a checked name is missing');
  const lists = commandLists(rollout, ofTarget);
  const { title, items } = chosen;
  return {
    list: choice.list,
    title,
    target,
    items: items.map((one): ChecklistItem => {
      const { id } = one;
      if ('ask' in one) return { kind: 'ask', id, title: one.title, question: one.ask };
      if ('walked' in one) return { kind: 'walked', id, title: one.title, list: one.walked };
      if ('rampgate' in one)
        return { kind: 'rampgate', id, title: one.title, args: one.rampgate, timeoutMs: durationMs(one.timeout) };
      const list = lists.find((each) => each.name === one.commands);
      if (list === undefined) throw new Error('a checked name is missing');
      return { kind: 'commands', id, title: one.title, list, confirm: one.confirm };
    }),
  };
}
