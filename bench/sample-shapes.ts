/** Shapes that samples of page timings have, scaled so that the true p75 is known. */
import { percentile } from '../harness/lib/percentile.ts';
import { gaussian, type Random, randomFrom } from './random.ts';

/** Of one stage, as in the shipped configuration. */
export const SAMPLES = 30;
export const SEED = 20_261_124;

/** Draws one run of samples; `scaled` sets their scale. */
type Shape = (random: Random, count: number) => number[];

export const shapes: { readonly [name: string]: Shape } = {
  normal: (random, count) => draws(count, () => 1 + 0.1 * gaussian(random)),
  bimodal: (random, count) =>
    draws(count, () => (random() < 0.7 ? 1 + 0.05 * gaussian(random) : 1.6 + 0.05 * gaussian(random))),
  'heavy tail': (random, count) => draws(count, () => Math.exp(0.35 * gaussian(random))),
  drifting: (random, count) => draws(count, (index) => 0.9 + (0.2 * index) / (count - 1) + 0.08 * gaussian(random)),
  autocorrelated: (random, count) => {
    let state = gaussian(random);
    return draws(count, () => {
      state = 0.6 * state + 0.8 * gaussian(random);
      return 1 + 0.1 * state;
    });
  },
  outliers: (random, count) => draws(count, () => (random() < 0.05 ? 5 : 1) * (1 + 0.1 * gaussian(random))),
};

/** So many values, each drawn by its index. */
export function draws<T>(count: number, draw: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => draw(index));
}

/** The p75 of each shape as defined above, from many runs of it. */
const trueP75 = new Map(
  Object.entries(shapes).map(([name, shape]) => {
    const random = randomFrom(SEED);
    return [
      name,
      percentile(
        draws(4000, (run) => run).flatMap(() => shape(random, SAMPLES)),
        75,
      ),
    ] as const;
  }),
);

interface Scaling {
  readonly random: Random;
  readonly count: number;
  readonly p75: number;
}

/** One run of a shape, scaled so that its true p75 is this. */
export function scaled(name: string, { random, count, p75 }: Scaling): number[] {
  const scale = p75 / (trueP75.get(name) ?? Number.NaN);
  return (shapes[name]?.(random, count) ?? []).map((value) => Math.max(0.1, value * scale));
}
