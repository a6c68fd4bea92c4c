/** Lists that are walked before, during and after a deploy: what can be run is run, what needs a person is asked. */
import { z } from 'zod';
import { duration, name } from '../lib/fields.ts';
import { knownName } from '../lib/known-name.ts';
import { durationMs } from '../lib/quantities.ts';
import type { ChecklistItem, ChecklistPolicy } from '../model/checklist-policy.ts';
import type { Rollout } from './rollout.ts';
import { commandLists } from './source-policies.ts';

const item = { id: name, title: z.string().min(1) };

const walkItem = z.union(
  [
    /** Somebody is asked whether it is so. */
    z.strictObject({ ...item, ask: z.string().min(1) }),
    /** A list of `commands`, as the target has it; with `confirm`, after somebody has said yes: what deploys, for one. */
    z.strictObject({ ...item, commands: name, confirm: z.boolean().default(false) }),
    /** Rampgate itself: `['gate', '--profile', 'smoke', '--only', 'health.diff-answers']`; target and folders are added. */
    z.strictObject({ ...item, rampgate: z.tuple([z.string()], z.string()), timeout: duration.default('15min') }),
    /** Another list must have been walked to its end, all done, for the same target. */
    z.strictObject({ ...item, walked: name }),
  ],
  'must be { id, title } with one of ask, commands, rampgate or walked',
);

export const checklistsSchema = z.record(
  name,
  z.strictObject({ title: z.string().min(1), items: z.array(walkItem).min(1) }),
);

/** The list as it is walked for a target; null where the configuration has none of that name. */
export function walkPolicy(
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

/** Ids that are there twice, lists that are not there. */
export function brokenChecklists({ checklists, commands }: Rollout): string[] {
  return Object.entries(checklists).flatMap(([list, { items }]) =>
    items.flatMap((one, index) => {
      const where = `checklists.${list}.${one.id}`;
      return [
        ...(items.findIndex(({ id }) => id === one.id) < index ? [`${where}: the id is used more than once`] : []),
        ...('commands' in one && commands[one.commands] === undefined
          ? [`${where}.commands: there is no "${one.commands}"`]
          : []),
        ...('walked' in one && checklists[one.walked] === undefined
          ? [`${where}.walked: there is no "${one.walked}"`]
          : []),
      ];
    }),
  );
}
