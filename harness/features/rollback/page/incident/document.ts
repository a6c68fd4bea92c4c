/** What the incident of a run and that of a watch have in common: boxes for people, the timeline, and what was done. */
import type { Instant } from '../../../../model/units.ts';
import { code, escaped, fenced, linkTo, tableRow } from '../../../../report/markdown-text.ts';
import { asSentence, instantText } from '../../../../report/wording.ts';
import type { RollbackLog } from '../../log.ts';
import type { TimelineEntry } from './timeline.ts';

export interface IncidentDocument {
  readonly markdown: string;
  /** Files that it shows, by their path beside it. */
  readonly charts: readonly { readonly path: string; readonly svg: string }[];
}

export const forPeople = [
  'For people to complete:',
  '',
  '- [ ] Who noticed, when, and what did users see?',
  '- [ ] What changed: commits, flags, configuration?',
  '- [ ] Who decided what, and when?',
].join('\n');

export function timelineSection(entries: readonly TimelineEntry[]): readonly string[] {
  const rows = entries.map(({ at, what }) => tableRow([clock(at), escaped(what)]));
  return ['## Timeline', ['| UTC | |', '|:--|:--|', ...rows].join('\n')];
}

/** Rollback executions, oldest first. */
export function doneSection(logs: readonly RollbackLog[]): readonly string[] {
  if (logs.length === 0) {
    return [
      '## What was done',
      'Nothing was rolled back with `rampgate rollback --execute`; `rampgate rollback` prints the plan. What was done by hand:',
      '- [ ] …',
    ];
  }
  return [
    '## What was done',
    ...logs.map(({ id, outcome, because, by, startedAt, steps }) =>
      [
        `Rollback ${code(id)}, ${instantText(startedAt)}, by ${escaped(by)}: **${outcome}**. ${escaped(because)}`,
        ...steps.map(({ title, layer, state, because: why, command, output, proof }, index) =>
          [
            `${index + 1}. **${state.replace('-', ' ')}** ${escaped(title)} (${layer}): ${escaped(asSentence(why))}`,
            ...(command === undefined ? [] : [fenced(command).replace(/^/gm, '   ')]),
            ...linksOf(`rollback/${id}`, output, proof?.run),
          ].join('\n\n'),
        ),
      ].join('\n\n'),
    ),
  ];
}

function linksOf(folder: string, output: string | undefined, run: string | null | undefined): readonly string[] {
  const links = [
    ...(output === undefined ? [] : [linkTo('output', `${folder}/${output}`)]),
    ...(run === undefined || run === null ? [] : [linkTo('what was measured after it', `${folder}/${run}/gate.html`)]),
  ];
  return links.length === 0 ? [] : [`   ${links.join(' · ')}`];
}

export function logLinks(logs: readonly RollbackLog[]): readonly string[] {
  return logs.map(({ id }) => `- ${linkTo(`log of ${id}`, `rollback/${id}/log.json`)}`);
}

export function chartPath(id: string): string {
  return `incident/${id.replaceAll(/[^\w.-]/g, '-')}.svg`;
}

/** `2026-11-23 14:15:07`. */
function clock(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}
