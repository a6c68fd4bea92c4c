import { describe, expect, it } from 'vitest';
import type { Comparison } from '../model.ts';
import { criterionOf, occurrencesOf } from './fixtures.ts';
import { judgeOccurrences } from './judge-occurrences.ts';

const detects = (op: Comparison, value: number): string | undefined =>
  judgeOccurrences(criterionOf({ limit: { op, value, unit: 'count' } }), occurrencesOf(2, 30)).detects;

describe('what a count would have caught', () => {
  it.each([
    ['<', 3, '3 occurrences in 30 visits would have failed'],
    ['<', 2.5, '3 occurrences in 30 visits would have failed'],
    ['<', 1, 'a single occurrence in 30 visits would have failed'],
    ['<=', 3, '4 occurrences in 30 visits would have failed'],
    ['<=', 2.5, '3 occurrences in 30 visits would have failed'],
    ['<=', 0, 'a single occurrence in 30 visits would have failed'],
    ['>', 3, 'only 3 in 30 visits would have failed'],
    ['>', 2.5, 'only 2 in 30 visits would have failed'],
    ['>', 0, 'only 0 in 30 visits would have failed'],
    ['>=', 3, 'only 2 in 30 visits would have failed'],
    ['>=', 2.5, 'only 2 in 30 visits would have failed'],
    ['>=', 0, undefined],
  ] as const)('is the whole number nearest a limit of %s %f', (op, value, sentence) => {
    expect(detects(op, value)).toBe(sentence);
  });
});
