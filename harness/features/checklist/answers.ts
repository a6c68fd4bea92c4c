/** Parses typed answers, and evaluates a checklist run. Pure. */

import type { ChecklistPolicy } from '../../model/checklist-policy.ts';
import type { ChecklistAnswer, ChecklistRun } from '../../model/checklist-run.ts';
import type { Verdict } from '../../model/outcome.ts';

export type Typed =
  | { readonly kind: 'answer'; readonly outcome: ChecklistAnswer['outcome']; readonly note: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'unclear' };

const words: readonly (readonly [RegExp, ChecklistAnswer['outcome'] | 'quit'])[] = [
  [/^(?:y|yes|done)$/i, 'done'],
  [/^(?:n|no|failed)$/i, 'failed'],
  [/^(?:l|later)$/i, 'not-done'],
  [/^(?:q|quit)$/i, 'quit'],
];

/** `y`, `n`, `l` or `q`, and after it a note. Null: he went away. An empty line is no answer. */
export function readTyped(line: string | null): Typed {
  if (line === null) return { kind: 'quit' };
  const [word = '', ...rest] = line.trim().split(/\s+/);
  const meant = words.find(([pattern]) => pattern.test(word))?.[1];
  if (meant === undefined) return { kind: 'unclear' };
  return meant === 'quit' ? { kind: 'quit' } : { kind: 'answer', outcome: meant, note: rest.join(' ') };
}

/** With this answer in the place of an earlier one to the same. */
export function withAnswer(run: ChecklistRun, answer: ChecklistAnswer): ChecklistRun {
  return { ...run, answers: [...run.answers.filter(({ item }) => item !== answer.item), answer] };
}

/** What there is to answer: an item, or each command of one. */
export function questionsOf({
  items,
}: Pick<ChecklistPolicy, 'items'>): readonly { readonly id: string; readonly title: string }[] {
  return items.flatMap((item) =>
    item.kind === 'commands'
      ? item.list.each.map(({ title }, index) => ({ id: `${item.id}.${index + 1}`, title }))
      : [{ id: item.id, title: item.title }],
  );
}

/** Whether nothing of these is to be asked or run any more. */
export function isDone(run: ChecklistRun, policy: Pick<ChecklistPolicy, 'items'>): boolean {
  return questionsOf(policy).every(({ id }) =>
    run.answers.some(({ item, outcome }) => item === id && outcome === 'done'),
  );
}

export interface ChecklistRunResult {
  readonly verdict: Verdict;
  readonly done: number;
  readonly failed: readonly string[];
  /** Without an answer, or with one that it was not done. */
  readonly open: readonly string[];
}

/** Unanswered is not done, and not done is no pass. */
export function resultOf(run: ChecklistRun, policy: Pick<ChecklistPolicy, 'items'>): ChecklistRunResult {
  const outcomes = questionsOf(policy).map(({ id, title }) => ({
    title,
    outcome: run.answers.find(({ item }) => item === id)?.outcome ?? 'not-done',
  }));
  const having = (wanted: ChecklistAnswer['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).map(({ title }) => title);
  const [failed, open] = [having('failed'), having('not-done')];
  const verdict = failed.length > 0 ? 'no-go' : open.length > 0 ? 'inconclusive' : 'go';
  return { verdict, done: having('done').length, failed, open };
}
