/** Checklists of before, during and after a deploy: what can be run is run, what needs a person is asked. */
import { z } from 'zod';
import { duration, name } from '../lib/fields.ts';

const item = { id: name, title: z.string().min(1) };

const checklistItem = z.union(
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
  z.strictObject({ title: z.string().min(1), items: z.array(checklistItem).min(1) }),
);

/** Ids that are there twice, lists that are not there. */
export function brokenChecklists({
  checklists,
  commands,
}: {
  readonly checklists: z.output<typeof checklistsSchema>;
  readonly commands: Readonly<Record<string, unknown>>;
}): string[] {
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
