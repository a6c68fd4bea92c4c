import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divergence } from './energy.ts';

/** The definition, word for word. */
function byDefinition(x: readonly number[], y: readonly number[]): number {
  const mean = (pairs: readonly (readonly [number, number])[]): number =>
    pairs.reduce((sum, [one, other]) => sum + Math.abs(one - other), 0) / pairs.length;
  const within = (values: readonly number[]): number =>
    mean(values.flatMap((one, index) => values.slice(index + 1).map((other) => [one, other] as const)));
  const between = mean(x.flatMap((one) => y.map((other) => [one, other] as const)));
  return ((x.length * y.length) / (x.length + y.length)) * (2 * between - within(x) - within(y));
}

describe('the divergence of two parts', () => {
  it('is as Matteson and James define it', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(), fc.nat(), (series, first, second, third) => {
        const from = first % (series.length - 4);
        const at = from + 2 + (second % (series.length - from - 4));
        const to = at + 2 + (third % (series.length - at - 1));
        const expected = byDefinition(series.slice(from, at), series.slice(at, to));
        expect(divergence(series)(from, at, to)).toBeCloseTo(expected, 6);
      }),
      { seed: 7 },
    );
  });

  it('is twice the step, times the runs, where nothing scatters', () => {
    expect(divergence([1, 1, 1, 4, 4, 4])(0, 3, 6)).toBeCloseTo((9 / 6) * 2 * 3, 10);
  });
});
