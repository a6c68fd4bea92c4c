/** Seeded series of nightly values, for tests and benches of trends over many runs. */
import { gaussian, randomFrom } from './random.ts';

/** Draws the noise of one night: a factor around 1. */
type Noise = () => number;

export const noises = {
  /** Normal, 5 % from night to night. */
  normal: (random) => () => 1 + 0.05 * gaussian(random),
  /** One night in thirty is 60 % slower. */
  outliers: (random) => () => (1 + 0.05 * gaussian(random)) * (random() < 1 / 30 ? 1.6 : 1),
  /** One night in ten scatters four times as much. */
  'heavy tails': (random) => () => Math.exp(0.05 * gaussian(random) * (random() < 0.1 ? 4 : 1)),
  /** Each night is like the one before it, with a correlation of 0.3. */
  'alike neighbours': (random) => {
    let state = gaussian(random);
    return () => {
      state = 0.3 * state + Math.sqrt(1 - 0.3 ** 2) * gaussian(random);
      return 1 + 0.05 * state;
    };
  },
} satisfies { readonly [name: string]: (random: () => number) => Noise };

interface Shape {
  readonly seed: number;
  readonly noise?: keyof typeof noises;
  /** The value of a night without noise, by its index; 100 unless given. */
  readonly level?: (night: number) => number;
}

/** The values of `count` nights. */
export function nights(count: number, { seed, noise = 'normal', level = () => 100 }: Shape): number[] {
  const draw = noises[noise](randomFrom(seed));
  return Array.from({ length: count }, (_, night) => level(night) * draw());
}
