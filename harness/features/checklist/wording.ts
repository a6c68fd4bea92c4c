/** The texts of a checklist run: for the terminal, and as Markdown. Pure. */

import type { ChecklistItem, ChecklistPolicy } from '../../model/checklist-policy.ts';
import type { ChecklistRun } from '../../model/checklist-run.ts';
import { escaped } from '../../report/markdown-text.ts';
import { wrap } from '../../report/terminal-text.ts';
import { instantText } from '../../report/wording.ts';
import { type ChecklistRunResult, questionsOf } from './answers.ts';

/** The title, and when a continued run was begun. */
export function headLines(
  { title, list, target }: ChecklistPolicy,
  { begun, width }: { readonly begun: ChecklistRun | null; readonly width: number },
): string {
  const gone = begun === null ? '' : `; continued, begun ${instantText(begun.startedAt)}`;
  return `${wrap(`${title} (${list}, for ${target})${gone}`, width).join('\n')}\n\n`;
}

export function itemLines(
  { title }: ChecklistItem,
  { number, of }: { readonly number: number; readonly of: number },
): string {
  return `${number}/${of} ${title}\n`;
}

/** What is asked, and what may be answered. */
export function questionLines(question: string, { width }: { readonly width: number }): string {
  return [...wrap(question, width - 2), 'y: done, n: it failed, l: later, q: quit; a note may follow']
    .map((line) => `  ${line}\n`)
    .join('');
}

const outcomeWords = { done: 'done', failed: 'FAILED', 'not-done': 'not done' } as const;

/** The answers to an item, with their authors and times. */
export function answerLines(
  { answers }: ChecklistRun,
  item: ChecklistItem,
  { width }: { readonly width: number },
): string {
  const ids = new Set(questionsOf({ items: [item] }).map(({ id }) => id));
  const own = answers.filter((answer) => ids.has(answer.item));
  const lines = own.flatMap(({ title, outcome, by, at, note }) => {
    const which = own.length > 1 || title !== item.title ? `${title}: ` : '';
    const said = `${outcomeWords[outcome]}: ${which}${note === '' ? '' : `${note.replace(/\.$/, '')}, `}by ${by} at ${instantText(at)}`;
    return wrap(said, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
  });
  return `${lines.join('\n')}\n\n`;
}

export function resultLines(
  { verdict, done, failed, open }: ChecklistRunResult,
  { width, again }: { readonly width: number; readonly again: string },
): string {
  const all = done + failed.length + open.length;
  const sentences = [
    `${done} of ${all} done.`,
    ...(failed.length === 0 ? [] : [`Failed: ${failed.join('; ')}.`]),
    ...(open.length === 0 ? [] : [`Not done: ${open.join('; ')}.`]),
  ];
  // The command is not wrapped, so that it can be copied.
  const lines = [...sentences.flatMap((sentence) => wrap(sentence, width)), ...(verdict === 'go' ? [] : [again])];
  return lines.join('\n');
}

const markdownWords = { done: '[x]', failed: '[ ] **failed:**', 'not-done': '[ ] not done:' } as const;

/** The run for a ticket: every item with its outcome, who answered, and when. */
export function checklistMarkdown(run: ChecklistRun, policy: ChecklistPolicy): string {
  const rows = questionsOf(policy).map(({ id, title }) => {
    const answer = run.answers.find(({ item }) => item === id);
    if (answer === undefined) return `- [ ] not done: ${escaped(title)}`;
    const { outcome, note, how, by, at } = answer;
    const said = note === '' ? '' : `: ${escaped(note)}`;
    return `- ${markdownWords[outcome]} ${escaped(title)}${said} (${how}, ${escaped(by)}, ${instantText(at)})`;
  });
  const end = run.finishedAt === null ? 'not finished' : `finished ${instantText(run.finishedAt)}`;
  return [
    `# ${escaped(run.title)}: ${escaped(run.target)}`,
    `Begun ${instantText(run.startedAt)}, ${end}.`,
    rows.join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}
