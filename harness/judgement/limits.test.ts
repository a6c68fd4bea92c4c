import { describe, expect, it } from 'vitest';
import type { Comparison } from '../model/units.ts';
import { headroom } from './judged-part.ts';
import { holds, type Interval, type Side, sideOf } from './limits.ts';

const limitOf = (op: Comparison, value = 10) => ({ op, value, unit: 'count' }) as const;

describe('limits', () => {
  it.each([
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ] as const)('%s 10 holds for 9: %s, for 10: %s, for 11: %s', (op, nine, ten, eleven) => {
    expect([9, 10, 11].map((value) => holds(value, limitOf(op)))).toEqual([nine, ten, eleven]);
  });

  const sides: readonly (readonly [Comparison, Interval, Side])[] = [
    ['<', [8, 9], 'within'],
    ['<', [null, 9], 'within'],
    ['<', [9, 10], 'across'],
    ['<=', [9, 10], 'within'],
    ['<', [9, null], 'across'],
    ['<', [10, null], 'beyond'],
    ['<=', [10, null], 'across'],
    ['<', [null, null], 'across'],
    ['>', [11, null], 'within'],
    ['>', [10, 11], 'across'],
    ['>=', [10, 11], 'within'],
    ['>', [null, 10], 'beyond'],
    ['>=', [null, 10], 'across'],
  ];

  it.each(sides)('an interval against %s 10: %j is %s', (op, interval, side) => {
    expect(sideOf(interval, limitOf(op))).toBe(side);
  });
});

describe('headroom', () => {
  it.each([
    ['<', 10, 8, 0.2],
    ['<', 10, 12, -0.2],
    ['>', 10, 12, 0.2],
    ['<=', 0, 3, -3],
  ] as const)('to %s %i from %i is %f', (op, limit, value, room) => {
    const observed = { statistic: 'count', value, unit: 'count', samples: 1 } as const;
    expect(headroom({ observed, limit: limitOf(op, limit) })).toBeCloseTo(room, 12);
  });

  it('is none where nothing was observed', () => {
    expect(headroom({ limit: limitOf('<') })).toBe(Number.NEGATIVE_INFINITY);
  });
});
