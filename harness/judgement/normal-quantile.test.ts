import { describe, expect, it } from 'vitest';
import { normalQuantile, normalUpperTail, studentQuantile } from './normal-quantile.ts';

describe('quantiles', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1, and SciPy's norm.ppf.
  it.each([
    [0.5, 0],
    [0.6, 0.2533471],
    [0.9, 1.2815516],
    [0.975, 1.959964],
    [0.995, 2.5758293],
    [0.9999, 3.7190165],
    [1 - 1e-12, 7.0344838],
  ])('of the normal distribution at %d', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 5);
  });

  // NIST/SEMATECH e-Handbook, 1.3.6.7.2.
  it.each([
    [0.975, 9, 2.262],
    [0.975, 19, 2.093],
    [0.975, 29, 2.045],
    [0.975, 100, 1.984],
    [0.95, 9, 1.833],
  ])('of Student’s t at %d with %i degrees of freedom', (probability, degreesOfFreedom, expected) => {
    expect(studentQuantile(probability, degreesOfFreedom)).toBeCloseTo(expected, 3);
  });

  // SciPy's norm.sf.
  it.each([
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [3, 0.0013498980316300933],
    [6, 9.865876450376946e-10],
  ])('have the tail above %d', (z, expected) => {
    expect(normalUpperTail(z) / expected).toBeCloseTo(1, 9);
  });
});
