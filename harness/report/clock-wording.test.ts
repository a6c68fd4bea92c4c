import { describe, expect, it } from 'vitest';
import { clockText } from './clock-wording.ts';

const beside = (...aheadMs: readonly (readonly [number, number])[]) =>
  clockText({
    clock: {
      timeZone: 'Europe/Berlin',
      target: aheadMs.map((one, index) => ({ of: index === 0 ? 'web' : 'api', aheadMs: one })),
    },
  });

describe('the clocks of a run', () => {
  it('agree as far as can be told, or one is ahead or behind', () => {
    expect(beside([-200, 1000], [2000, 3100])).toBe(
      "The machine's zone is Europe/Berlin; the times here are UTC by its clock. Beside it, the target's: web agrees within 1.0 s; API 2.0 s to 3.1 s ahead.",
    );
    expect(beside([-7_300_000, -7_299_000])).toContain('web 2 h 01 min to 2 h 01 min behind; API not compared');
  });

  it('were not compared where nobody did', () => {
    expect(clockText({})).toContain('not compared');
  });
});
