import { describe, expect, it } from 'vitest';
import type { ChecklistItem } from '../../model/checklist-policy.ts';
import type { ChecklistAnswer, ChecklistRun } from '../../model/checklist-run.ts';
import { isDone, readTyped, resultOf, withAnswer } from './answers.ts';

const walk: ChecklistRun = {
  schemaVersion: 1,
  id: 'w',
  list: 'deploy',
  title: 'Deploy',
  target: 'demo',
  startedAt: '2026-11-28T04:00:00.000Z',
  finishedAt: null,
  answers: [],
};
const answer = (item: string, outcome: ChecklistAnswer['outcome']): ChecklistAnswer => ({
  item,
  title: item,
  outcome,
  by: 'ada',
  at: '2026-11-28T04:01:00.000Z',
  how: 'asked',
  note: '',
});
const asked = (id: string): ChecklistItem => ({ kind: 'ask', id, title: id, question: 'Is it?' });
const policy = { items: [asked('one'), asked('two')] };

describe('readTyped', () => {
  it.each([
    ['y', { kind: 'answer', outcome: 'done', note: '' }],
    ['  yes looked at both ', { kind: 'answer', outcome: 'done', note: 'looked at both' }],
    ['n an error in the console', { kind: 'answer', outcome: 'failed', note: 'an error in the console' }],
    ['l', { kind: 'answer', outcome: 'not-done', note: '' }],
    ['q', { kind: 'quit' }],
    ['', { kind: 'unclear' }],
    ['yup', { kind: 'unclear' }],
    ['nothing wrong', { kind: 'unclear' }],
    [null, { kind: 'quit' }],
  ] as const)('takes %j for %j', (line, typed) => {
    expect(readTyped(line)).toEqual(typed);
  });
});

describe('resultOf', () => {
  it.each([
    [[], 'inconclusive'],
    [[answer('one', 'done')], 'inconclusive'],
    [[answer('one', 'done'), answer('two', 'not-done')], 'inconclusive'],
    [[answer('one', 'failed')], 'no-go'],
    [[answer('one', 'done'), answer('two', 'done')], 'go'],
    [[answer('one', 'done'), answer('gone', 'failed'), answer('two', 'done')], 'go'],
  ] as const)('of %j is %s', (answers, verdict) => {
    expect(resultOf({ ...walk, answers }, policy).verdict).toBe(verdict);
  });

  it('counts a later answer instead of an earlier one', () => {
    const twice = withAnswer(withAnswer(walk, answer('one', 'failed')), answer('one', 'done'));
    expect(resultOf(twice, policy)).toEqual({ verdict: 'inconclusive', done: 1, failed: [], open: ['two'] });
    expect([isDone(twice, { items: [asked('one')] }), isDone(twice, policy)]).toEqual([true, false]);
  });
});
