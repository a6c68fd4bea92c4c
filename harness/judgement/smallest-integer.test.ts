import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestInteger } from './smallest-integer.ts';

describe('smallest integer', () => {
  it('finds the first number for which the statement holds, or says that there is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.nat(100),
        fc.integer({ min: -60, max: 170 }),
        (from, span, first) => {
          const to = from + span;
          const expected = first > to ? null : Math.max(first, from);
          expect(smallestInteger({ from, to }, (candidate) => candidate >= first)).toBe(expected);
        },
      ),
    );
  });

  it('finds nothing in an empty range', () => {
    expect(smallestInteger({ from: 3, to: 2 }, () => true)).toBeNull();
  });
});
