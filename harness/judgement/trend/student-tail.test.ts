import { describe, expect, it } from 'vitest';
import { studentTails } from './student-tail.ts';

describe('the tails of Student’s t', () => {
  // The usual table of critical values.
  it.each([
    [12.706, 1, 0.05],
    [4.303, 2, 0.05],
    [3.182, 3, 0.05],
    [2.228, 10, 0.05],
    [4.587, 10, 0.001],
    [3.46, 60, 0.001],
    [2.704, 40, 0.01],
    [-2.704, 40, 0.01],
    [0, 7, 1],
  ])('beyond %d with %d degrees of freedom lie %d', (t, degreesOfFreedom, expected) => {
    expect(studentTails(t, degreesOfFreedom)).toBeCloseTo(expected, 4);
  });

  it('never falls below nothing', () => {
    expect(studentTails(1e9, 98)).toBeGreaterThanOrEqual(0);
  });
});
