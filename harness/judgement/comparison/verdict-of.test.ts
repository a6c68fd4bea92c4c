import { describe, expect, it } from 'vitest';
import type { ComparedCriterion } from '../../model/comparison.ts';
import { verdictOf } from './verdict-of.ts';

function one(
  worse: ComparedCriterion['worse'],
  severity: ComparedCriterion['severity'] = 'blocking',
): ComparedCriterion {
  return {
    criterion: 'the.criterion',
    title: 'The criterion',
    scope: 'backend',
    severity,
    label: 'p75',
    outcome: 'undecided',
    worse,
    reason: 'interval-spans-none',
    message: '',
    before: null,
    after: null,
    change: null,
    effect: null,
    negligible: null,
    parts: [],
  };
}

describe('the verdict of a comparison', () => {
  it.each([
    ['nothing compared', [], 'undecided'],
    ['advice alone', [one('no', 'advisory')], 'undecided'],
    ['all no worse', [one('no'), one('no')], 'nothing-worse'],
    ['one open', [one('no'), one('open')], 'undecided'],
    ['one worse and one open', [one('open'), one('yes')], 'worse'],
    ['advice that is worse', [one('no'), one('yes', 'advisory'), one('open', 'advisory')], 'nothing-worse'],
  ] as const)('of %s', (_, criteria, verdict) => {
    expect(verdictOf(criteria)).toBe(verdict);
  });
});
