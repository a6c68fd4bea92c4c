import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

describe('quantiles of the normal distribution', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1, and SciPy's norm.ppf.
  it.each([
    [0.5, 0],
    [0.6, 0.2533471],
    [0.9, 1.2815516],
    [0.975, 1.959964],
    [0.995, 2.5758293],
    [0.9999, 3.7190165],
    [1 - 1e-12, 7.0344838],
  ])('at %d', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 5);
  });

  // Computed in 40 digits with mpmath, on both sides of where one approximation gives way to the next.
  it.each([
    [0.501, 0.002506630899571766],
    [0.6, 0.25334710313579974],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446006],
    [0.925, 1.439531470938456],
    [0.926, 1.446632067158979],
    [0.95, 1.6448536269514724],
    [0.99, 2.3263478740408408],
    [0.999999, 4.753424308817088],
    [1 - 2 ** -30, 6.009353565530744],
    [1 - 2 ** -36, 6.65103537989301],
    [1 - 2 ** -37, 6.752300431407015],
    [1 - 2 ** -40, 7.0477002566644085],
    [1 - 2 ** -45, 7.515155294158281],
    [1 - 2 ** -53, 8.209536151601386],
  ])('at %d, to seven digits', (probability, expected) => {
    expect(normalQuantile(probability) / expected).toBeCloseTo(1, 6);
  });
});
