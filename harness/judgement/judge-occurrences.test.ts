import { describe, expect, it } from 'vitest';
import type { Comparison } from '../model/units.ts';
import { criterionOf, occurrencesOf } from './evidence.fixture.ts';
import { judgeOccurrences } from './judge-occurrences.ts';

const detects = (op: Comparison, value: number): string | undefined =>
  judgeOccurrences(criterionOf({ limit: { op, value, unit: 'count' } }), occurrencesOf(2, 30)).detects;

describe('a count per time, of which only a part was looked at', () => {
  const window = { coveredMs: 240_000, plannedMs: 600_000 };

  it.each([
    ['<=', 0, 0, 'pass', 'count-within-limit', 'Not seen in 30 visits (partial window: 4 min 00 s of 10 min 00 s)'],
    ['<=', 0, 1, 'fail', 'count-beyond-limit', 'Seen once in 30 visits (partial window'],
    ['<=', 3, 1, 'pass', 'count-within-limit', 'Seen once'],
    ['<=', 3, 2, 'inconclusive', 'too-few-samples', 'too short to judge <= 3 by'],
    ['<=', 3, 4, 'fail', 'count-beyond-limit', 'beyond the limit'],
    ['>', 5, 2, 'inconclusive', 'too-few-samples', 'too short to judge > 5 by'],
    ['>', 5, 6, 'pass', 'count-within-limit', 'Seen 6 times'],
  ] as const)('of a limit of %s %d with %d seen is a %s', (op, value, count, outcome, reason, sentence) => {
    const criterion = criterionOf({ limit: { op, value, unit: 'count' } });
    const part = judgeOccurrences(criterion, { ...occurrencesOf(count, 30), window });
    expect(part).toMatchObject({ outcome, reason, message: expect.stringContaining(sentence) });
  });

  it('claims to have been able to fail only where it was', () => {
    const few = { ...occurrencesOf(3, 30), window };
    const many = { ...few, count: 6 };
    expect(
      judgeOccurrences(criterionOf({ limit: { op: '>', value: 5, unit: 'count' } }), many).detects,
    ).toBeUndefined();
    expect(judgeOccurrences(criterionOf({ limit: { op: '>', value: 5, unit: 'count' } }), few).detects).toBeUndefined();
    expect(judgeOccurrences(criterionOf({ limit: { op: '<=', value: 9, unit: 'count' } }), few).detects).toBeDefined();
  });
});

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
