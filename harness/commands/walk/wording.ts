/** What a walk says on the way and at its end. Pure. */
import type { Walk } from '../../model.ts';
import type { WalkItem, WalkPolicy } from '../../policy.ts';
import { wrap } from '../../report/terminal-text.ts';
import { questionsOf, type WalkResult } from './answers.ts';

export function itemLines(
  { title }: WalkItem,
  { number, of }: { readonly number: number; readonly of: number },
): string {
  return `${number}/${of} ${title}\n`;
}

const outcomeWords = { done: 'done', failed: 'FAILED', 'not-done': 'not done' } as const;

/** Who said what of an item, and when. */
export function answerLines({ answers }: Walk, item: WalkItem, { width }: { readonly width: number }): string {
  const ids = new Set(questionsOf({ items: [item] }).map(({ id }) => id));
  const own = answers.filter((answer) => ids.has(answer.item));
  const lines = own.flatMap(({ title, outcome, by, at, note }) => {
    const which = own.length > 1 || title !== item.title ? `${title}: ` : '';
    const said = `${outcomeWords[outcome]}  ${which}${note === '' ? '' : `${note}, `}by ${by} at ${at.slice(0, 16).replace('T', ' ')} UTC`;
    return wrap(said, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
  });
  return `${lines.join('\n')}\n\n`;
}

export function resultLines(
  { verdict, done, failed, open }: WalkResult,
  policy: WalkPolicy,
  { width }: { readonly width: number },
): string {
  const all = done + failed.length + open.length;
  const sentences = [
    `${done} of ${all} done.`,
    ...(failed.length === 0 ? [] : [`Failed: ${failed.join('; ')}.`]),
    ...(open.length === 0 ? [] : [`Not done: ${open.join('; ')}.`]),
    verdict === 'go' ? '' : `To go on: rampgate checklist ${policy.list} --target ${policy.target}`,
  ];
  return sentences
    .filter((one) => one !== '')
    .flatMap((sentence) => wrap(sentence, width))
    .join('\n');
}
