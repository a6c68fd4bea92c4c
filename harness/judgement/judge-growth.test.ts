import { describe, expect, it } from 'vitest';
import type { Criterion } from '../model/criterion.ts';
import type { Comparison } from '../model/units.ts';
import { criterionOf, evidenceOf, growthOf, judge } from './evidence.fixture.ts';

const within = (op: Comparison, value: number): Partial<Criterion> => ({
  statistic: { kind: 'growth' },
  limit: { op, value, unit: 'ratio' },
  minSamples: 1,
});

function judgeOne(criterion: Partial<Criterion>, ...parts: Parameters<typeof growthOf>) {
  return judge([criterionOf(criterion)], [evidenceOf([growthOf(...parts)])])[0];
}

describe('growth', () => {
  it.each([
    ['<', 3000, 3149, 'pass'],
    ['<', 3000, 3150, 'fail'],
    ['<=', 3000, 3150, 'pass'],
    ['<=', 3000, 3153, 'fail'],
    ['<', 3000, 0, 'pass'],
    ['<', 420, 441, 'fail'],
    ['<=', 420, 441, 'pass'],
  ] as const)('with the limit %s 5 percent, from %i to %i is a %s', (op, before, after, outcome) => {
    expect(judgeOne(within(op, 0.05), { index: [before, after] })?.outcome).toBe(outcome);
  });

  it('is of all parts together, whatever their names became', () => {
    const parts = { index: [3000, 1000], react: [300, 300], vendor: [null, 2030] } as const;
    expect(judgeOne(within('<', 0.05), parts)).toMatchObject({
      outcome: 'pass',
      observed: { statistic: 'growth', value: 0.01 / 1.1, unit: 'ratio', samples: 3 },
    });
  });

  it('fails on few parts, but does not pass on too few', () => {
    const atLeastTwo = { ...within('<', 0.05), minSamples: 2 };
    expect(judgeOne(atLeastTwo, { index: [3000, 6000] })).toMatchObject({ outcome: 'fail' });
    expect(judgeOne(atLeastTwo, { index: [3000, 3000] })).toMatchObject({
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      needs: 'at least 1 more script',
    });
  });

  it('cannot be told from a baseline of nothing, and nothing left of it is no pass', () => {
    expect(judgeOne(within('<', 0.05), { index: [null, 3000] })).toMatchObject({ outcome: 'inconclusive' });
    expect(judgeOne(within('<', 0.05), { index: [3000, null] })).toMatchObject({ outcome: 'inconclusive' });
  });

  it.each([
    ['<', 300, '5 B more (5.0 %, gzip) would have failed'],
    ['<', 420, '7 B more (5.0 %, gzip) would have failed'],
    ['<=', 300, '6 B more (6.0 %, gzip) would have failed'],
    ['<=', 420, '8 B more (5.7 %, gzip) would have failed'],
  ] as const)('with the limit %s 5 percent names what would have been seen beside %i', (op, before, detects) => {
    expect(judgeOne(within(op, 0.05), { index: [before, before] })?.detects).toBe(detects);
  });

  it('says nothing of the kind where the limit asks for growth', () => {
    const finding = judgeOne(within('>', 0.05), { index: [300, 600] });
    expect(finding?.outcome).toBe('pass');
    expect(finding).not.toHaveProperty('detects');
  });
});
