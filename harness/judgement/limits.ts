/** Holds values and intervals against limits. */
import type { Limit } from '../model/criterion.ts';

/** Where an interval lies: wholly on the side the limit allows, wholly on the other, or on both. */
export type Side = 'within' | 'beyond' | 'across';

/** Lower and upper end; `null` where that side is not bounded. */
export type Interval = readonly [number | null, number | null];

export function holds(value: number, { op, value: bound }: Limit): boolean {
  switch (op) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}

/** True when small values are the good ones: the limit is written `<` or `<=`. */
export function limitsFromAbove({ op }: Limit): boolean {
  return op === '<' || op === '<=';
}

export function sideOf([lower, upper]: Interval, limit: Limit): Side {
  const [best, worst] = limitsFromAbove(limit) ? [lower, upper] : [upper, lower];
  if (worst !== null && holds(worst, limit)) return 'within';
  if (best !== null && !holds(best, limit)) return 'beyond';
  return 'across';
}
