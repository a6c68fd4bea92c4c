import { describe, expect, it } from 'vitest';
import { nights } from '../../../bench/random-series.ts';
import { testStep } from './step-test.ts';

describe('the test of a step', () => {
  it('is Student’s where nothing is set aside and neighbours are not alike', () => {
    // Means 3 and 5, squares 4 and 6, 8 degrees of freedom: t = 2 / sqrt(10/8 · (1/4 + 1/6)) = 2.7713.
    const { before, after, p } = testStep([2, 4, 2, 4], [6, 4, 6, 4, 6, 4]);
    expect([before, after]).toEqual([3, 5]);
    // R: 2 * pt(-2.7713, 8).
    expect(p).toBeCloseTo(0.02422, 4);
  });

  it('asks for more where neighbours are alike', () => {
    const apart = testStep([2, 4, 2, 4, 2, 4], [5, 7, 5, 7, 5, 7]);
    const alike = testStep([2, 2, 2, 4, 4, 4], [5, 5, 5, 7, 7, 7]);
    expect(alike.after - alike.before).toBe(apart.after - apart.before);
    expect(alike.p).toBeGreaterThan(10 * apart.p);
  });

  it('does not let one run carry a side', () => {
    const left = nights(30, { seed: 1 });
    const right = nights(5, { seed: 2 });
    expect(testStep(left, right.with(3, 1000)).p).toBeGreaterThan(0.05);
    expect(testStep(left.with(3, 1000), right).before).toBeCloseTo(100, -0.8);
  });

  const calm = Array.from({ length: 20 }, (_, index) => 50 + (index % 3));
  it.each([
    ['all of which is far from its median', [99, 100, 101, 199, 200, 201], 150],
    ['half of which is far from its median', [0, 0, 100, 100.5, 101, 300], 100.25],
  ])('keeps a side %s: it has two levels', (_name, side, level) => {
    expect(testStep(side, calm).before).toBe(level);
    expect(testStep(calm, side).after).toBe(level);
  });

  it('keeps a run that is just as far off as a run may be', () => {
    const most = 4 * 1.4826;
    const { before } = testStep([-1, -1, 0, 1, most], [9, 9, 10, 11, 11]);
    expect(before).toBeCloseTo((most - 1) / 5, 12);
  });

  it('is certain where nothing scatters', () => {
    expect(testStep([1, 1, 1], [1, 1, 1]).p).toBe(1);
    expect(testStep([1, 1, 1], [2, 2, 2]).p).toBe(0);
  });
});
