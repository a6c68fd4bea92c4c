import { describe, expect, it } from 'vitest';
import { cliffsDelta, cohensH } from './effect-size.ts';

describe('Cliff’s delta', () => {
  it('is the published one of two small samples', () => {
    // N. Cliff's own rule by hand: of nine pairs seven are greater, one is smaller, one is equal.
    expect(cliffsDelta([{ before: [1, 2, 3], after: [2, 4, 5] }])?.value).toBeCloseTo((7 - 1) / 9, 12);
  });

  it('does not see what changed between blocks alike', () => {
    const blocks = [
      { before: [10], after: [11] },
      { before: [110], after: [111] },
      { before: [], after: [5] },
    ];
    expect(cliffsDelta(blocks)).toEqual({ kind: 'cliffs-delta', value: 1, size: 'large' });
  });

  it('says nothing where there is no pair', () => {
    expect(cliffsDelta([{ before: [], after: [5] }])).toBeNull();
  });

  it.each([
    [[50, 50], 'negligible'],
    [[40, 60], 'small'],
    [[30, 70], 'medium'],
    [[25, 75], 'large'],
  ] as const)('has a word for %j of a hundred below and above', ([below, above], size) => {
    const after = [...Array<number>(below).fill(1), ...Array<number>(above).fill(3)];
    expect(cliffsDelta([{ before: [2], after }])?.size).toBe(size);
  });
});

describe('Cohen’s h', () => {
  const of = (numerator: number) => ({ numerator, denominator: 100 });

  it('is the published one', () => {
    // Cohen (1988), table 6.2.2: the angles of .64 and .50 are 1.855 and 1.571.
    expect(cohensH(of(50), of(64))).toMatchObject({
      kind: 'cohens-h',
      value: expect.closeTo(1.855 - 1.571, 3),
      size: 'small',
    });
  });

  it('has the sign of the change, and a word for its size', () => {
    expect(cohensH(of(64), of(50))).toMatchObject({ value: expect.closeTo(1.571 - 1.855, 3), size: 'small' });
    expect(cohensH(of(50), of(80)).size).toBe('medium');
    expect(cohensH(of(10), of(80)).size).toBe('large');
    expect(cohensH(of(10), of(10)).size).toBe('negligible');
  });
});
