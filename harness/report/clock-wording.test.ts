import { describe, expect, it } from 'vitest';
import { clockFacts } from './clock-wording.ts';

const beside = (...aheadMs: readonly (readonly [number, number])[]) =>
  clockFacts({
    clock: {
      timeZone: 'Europe/Berlin',
      target: aheadMs.map((one, index) => ({ of: index === 0 ? 'web' : 'api', aheadMs: one })),
    },
  }).map(([, text]) => text);

describe('the clocks of a run', () => {
  it('agree as far as can be told, or one is ahead or behind', () => {
    expect(beside([-200, 1000], [2000, 3100])).toEqual([
      'Europe/Berlin; times here are UTC',
      "as this machine's, within 1.0 s",
      '2.0 s to 3.1 s ahead of this machine',
    ]);
    expect(beside([-7_300_000, -7_239_000]).slice(1)).toEqual([
      '2 h 00 min to 2 h 01 min behind this machine',
      'not compared: its answers are not dated',
    ]);
  });

  it('were not compared where nobody did', () => {
    expect(clockFacts({})).toEqual([['Clocks', 'not compared']]);
  });
});
