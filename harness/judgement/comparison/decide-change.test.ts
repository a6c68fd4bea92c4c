import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeQuestion, decideChange } from './decide-change.ts';

const rates = { falsePass: 0.01, falseFail: 0.002 };

/** An interval of so much on either side, and four fifths of it where less confidence is asked for. */
function question(value: number, half: number | null, given: Partial<ChangeQuestion> = {}): ChangeQuestion {
  return {
    value,
    intervalAt: ({ lower }) => {
      if (half === null) return [null, null];
      const width = lower < 0.005 ? half : 0.8 * half;
      return [value - width, value + width];
    },
    negligible: 10,
    greaterIsWorse: true,
    tooFew: false,
    ...given,
  };
}

describe('a change', () => {
  it.each([
    ['worse', question(25, 20), ['different', 'yes', 'interval-excludes-none']],
    ['better', question(-25, 20), ['different', 'no', 'interval-excludes-none']],
    [
      'worse where less is worse',
      question(-25, 20, { greaterIsWorse: false }),
      ['different', 'yes', 'interval-excludes-none'],
    ],
    [
      'better where less is worse',
      question(25, 20, { greaterIsWorse: false }),
      ['different', 'no', 'interval-excludes-none'],
    ],
    ['the same', question(1, 10), ['same', 'no', 'interval-within-negligible']],
    ['the same though it changed for sure', question(5, 4), ['same', 'no', 'interval-within-negligible']],
    ['of open size', question(9, 8), ['undecided', 'open', 'size-open']],
    ['of open size for the better', question(-9, 8), ['undecided', 'no', 'size-open']],
    ['either way', question(3, 20), ['undecided', 'open', 'interval-spans-none']],
    ['at worst negligible', question(-8, 20), ['undecided', 'no', 'interval-spans-none']],
    [
      'at worst negligible where less is worse',
      question(8, 20, { greaterIsWorse: false }),
      ['undecided', 'no', 'interval-spans-none'],
    ],
    ['not bounded', question(50, null), ['undecided', 'open', 'too-few-samples']],
    ['from too few to be the same', question(1, 10, { tooFew: true }), ['undecided', 'open', 'too-few-samples']],
    [
      'different all the same from as few',
      question(25, 20, { tooFew: true }),
      ['different', 'yes', 'interval-excludes-none'],
    ],
    ['exactly as large as what is negligible', question(10, 2), ['undecided', 'open', 'size-open']],
  ] as const)('is %s', (_, asked, [outcome, worse, reason]) => {
    expect(decideChange(asked, rates)).toMatchObject({ outcome, worse, reason });
  });

  it('is not bounded where one side is not', () => {
    const intervalAt = () => [null, 30] as const;
    expect(decideChange(question(5, 1, { intervalAt }), rates).reason).toBe('too-few-samples');
    expect(decideChange(question(5, 1, { intervalAt: () => [-30, null] }), rates).reason).toBe('too-few-samples');
  });

  it('touching none is not one for sure', () => {
    expect(decideChange(question(20, 20), rates).outcome).toBe('undecided');
    expect(decideChange(question(-20, 20), rates).outcome).toBe('undecided');
  });

  it('keeps within what is negligible also where it touches its edge', () => {
    expect(decideChange(question(2, 10), rates).outcome).toBe('same');
    expect(decideChange(question(-2, 10), rates).outcome).toBe('same');
  });

  it('comes with the interval that decided', () => {
    expect(decideChange(question(25, 20), rates)).toMatchObject({ interval: [5, 45], confidence: 0.998 });
    expect(decideChange(question(1, 10), rates)).toMatchObject({ interval: [-7, 9], confidence: 0.98 });
  });

  it('that is larger is never less bad', () => {
    const order = ['no', 'open', 'yes'];
    const value = fc.integer({ min: -60, max: 60 });
    fc.assert(
      fc.property(value, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (one, more, half) => {
        const [small, large] = [one, one + more].map((each) => decideChange(question(each, half), rates).worse);
        expect(order.indexOf(large ?? '')).toBeGreaterThanOrEqual(order.indexOf(small ?? ''));
      }),
    );
  });
});
