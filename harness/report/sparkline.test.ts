import { describe, expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

describe('a sparkline', () => {
  it.each([
    ['from the lowest to the highest', [1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█', '01245789'],
    ['in the middle where all are equal', [7, 7, 7], '▅▅▅', '555'],
    ['with a single value', [7], '▅', '5'],
    ['whose outlier does not flatten the rest', [10, 12, 11, 900, 13, 12, 10, -800], '▁▆▃██▆▁▁', '06399600'],
    ['of nothing', [], '', ''],
  ] as const)('runs %s', (_how, values, bars, digits) => {
    expect(sparkline(values, { ascii: true })).toHaveLength(values.length);
    expect([sparkline(values, { ascii: false }), sparkline(values, { ascii: true })]).toEqual([bars, digits]);
  });

  it('rests on 0 and ends at what it is told, so that a quiet course looks quiet', () => {
    expect(sparkline([0, 0, 0], { ascii: false, top: 500 })).toBe('▁▁▁');
    expect(sparkline([8, 40, 250, 499, 500, 9000], { ascii: false, top: 500 })).toBe('▁▁▅███');
  });
});
