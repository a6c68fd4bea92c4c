import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';
import { studentQuantile, studentTails } from './student-t.ts';

describe('quantiles of Student’s t', () => {
  // NIST/SEMATECH e-Handbook, 1.3.6.7.2.
  it.each([
    [0.975, 9, 2.262],
    [0.975, 19, 2.093],
    [0.975, 29, 2.045],
    [0.975, 100, 1.984],
    [0.95, 9, 1.833],
  ])('at %d with %i degrees of freedom', (probability, degreesOfFreedom, expected) => {
    expect(studentQuantile(probability, degreesOfFreedom)).toBeCloseTo(expected, 3);
  });

  // Computed in 40 digits with mpmath; what the expansion leaves out is smaller than what its last term brings.
  it.each([
    [0.9, 0.043789141440445886, 7],
    [0.975, 0.12599946272581054, 6],
  ])('at %d are greater by what 20 degrees of freedom do not tell', (probability, expected, digits) => {
    const excess = studentQuantile(probability, 20) - normalQuantile(probability);
    expect(excess).toBeCloseTo(expected, digits);
  });
});

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

  // The closed forms.
  it.each([
    [1, (t: number) => 1 - (2 / Math.PI) * Math.atan(t)],
    [2, (t: number) => 1 - t / Math.sqrt(2 + t ** 2)],
    [3, (t: number) => 1 - (2 / Math.PI) * (Math.atan(t / Math.sqrt(3)) + (Math.sqrt(3) * t) / (3 + t ** 2))],
    [4, (t: number) => 1 - (t * (t ** 2 + 6)) / (t ** 2 + 4) ** 1.5],
  ])('are exact with %d degrees of freedom', (degreesOfFreedom, expected) => {
    for (const t of [0.1, 0.7, 1.3, 2.9, 8]) {
      expect(studentTails(t, degreesOfFreedom)).toBeCloseTo(expected(t), 12);
    }
  });

  it('turn the quantiles round', () => {
    for (const degreesOfFreedom of [20, 21, 50, 99]) {
      expect(studentTails(studentQuantile(0.975, degreesOfFreedom), degreesOfFreedom)).toBeCloseTo(0.05, 5);
    }
  });

  it('never fall below nothing', () => {
    expect(studentTails(1e9, 98)).toBeGreaterThanOrEqual(0);
  });
});
