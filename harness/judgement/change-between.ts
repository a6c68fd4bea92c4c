/**
 * By how much a percentile differs between two sets of observations that were taken apart from each other.
 *
 * The interval of the difference is made of those of the two percentiles, which assume no shape (MOVER: G. Y. Zou & A.
 * Donner, "Construction of confidence limits about effect measures: a general approach", Statist. Med. 27 (2008)
 * 1693–1702). The errors of two independent instruments add up by squares (JCGM 100:2008, GUM, 5.1.2). The noise floor is
 * itself a difference between two runs, so it counts once, as on the noisier of the two machines.
 */
import { bothSides, type Errors } from './errors.ts';
import type { Interval } from './limits.ts';
import { noiseOfLoads, noiseOfTimings } from './machine-noise.ts';
import type { Pooled } from './pooled.ts';
import { quantileInterval } from './quantile-interval.ts';

/** Both with at least one observation. */
export interface BeforeAndNow {
  readonly before: Pooled;
  readonly now: Pooled;
}

export interface PercentileChange {
  readonly now: BoundedPercentile;
  readonly before: BoundedPercentile;
  readonly differenceMs: number;
  readonly instrumentMs: number;
  /** By how much the machine may have made the difference too small, and too large. */
  readonly noiseMs: { readonly up: number; readonly down: number };
  /** From sampling alone, without the errors of instrument and machine. */
  readonly chance: Interval;
  /** Widened by the instrument's uncertainty and this much machine noise. */
  readonly widened: (byMs: { readonly up: number; readonly down: number }) => Interval;
}

export interface BoundedPercentile {
  readonly valueMs: number;
  /** Distance to the interval's ends, from sampling alone; null where the samples do not bound that side. */
  readonly downMs: number | null;
  readonly upMs: number | null;
  /** By how much disturbances of the machine may have raised the lower end. */
  readonly disturbedMs: number;
  readonly samples: number;
  /** What they are, in words. */
  readonly things: string;
  readonly all: Pooled;
}

export interface ChangeRequest {
  readonly percentile: number;
  readonly errors: Errors;
  /** The change that is still allowed, for a baseline percentile of this length. */
  readonly toleranceMs: (beforeMs: number) => number;
}

export function changeBetween({ before: earlier, now: later }: BeforeAndNow, asked: ChangeRequest): PercentileChange {
  const { percentile, errors } = asked;
  // The decision counts the values beyond baseline plus tolerance, and on the other side the baseline's values that far below
  // this run: the dependence between neighbours is measured at these two values.
  const [nowMs, beforeMs] = [percentileOf(later, percentile), percentileOf(earlier, percentile)];
  const toleranceMs = asked.toleranceMs(beforeMs);
  const now = boundedPercentile(later, { percentile, errors, decidedAtMs: beforeMs + toleranceMs });
  // The change is smallest where the baseline is greatest, so its error rates swap sides.
  const swapped = { lower: errors.upper, upper: errors.lower };
  const before = boundedPercentile(earlier, { percentile, errors: swapped, decidedAtMs: nowMs - toleranceMs });
  const differenceMs = now.valueMs - before.valueMs;
  const instrumentMs = Math.hypot(now.all.uncertaintyMs, before.all.uncertaintyMs);
  const noise = { now: noiseOf(now, before.valueMs), before: noiseOf(before, before.valueMs) };
  const chance: Interval = [
    less(differenceMs, bySquares(now.downMs, before.upMs), now.disturbedMs),
    more(differenceMs, bySquares(now.upMs, before.downMs), before.disturbedMs),
  ];
  return {
    now,
    before,
    differenceMs,
    instrumentMs,
    noiseMs: {
      up: Math.max(noise.now.tooShortMs, noise.before.tooLongMs),
      down: Math.max(noise.now.tooLongMs, noise.before.tooShortMs),
    },
    chance,
    widened: (byMs) => [
      less(chance[0], Math.max(byMs.down, instrumentMs), 0),
      more(chance[1], Math.max(byMs.up, instrumentMs), 0),
    ],
  };
}

function percentileOf({ observations }: Pooled, percentile: number): number {
  return quantileInterval(observations, { percentile, errors: bothSides(0.5) }).valueMs;
}

function boundedPercentile(
  all: Pooled,
  { decidedAtMs, ...question }: { readonly percentile: number; readonly errors: Errors; readonly decidedAtMs: number },
): BoundedPercentile {
  const { observations } = all;
  const { ranks, valueMs, openEnded } = quantileInterval(observations, {
    ...question,
    designEffect: all.dependenceAt(decidedAtMs),
  });
  const lower = ranks.lower === null ? null : (observations.valueAt(ranks.lower) ?? observations.lowAt(ranks.lower));
  const upper = ranks.upper === null || openEnded ? null : observations.valueAt(ranks.upper);
  return {
    valueMs,
    downMs: lower === null ? null : valueMs - lower,
    upMs: upper === null ? null : upper - valueMs,
    disturbedMs: ranks.lower === null || lower === null ? 0 : lower - observations.lowAt(ranks.lower),
    samples: observations.count,
    things: all.kind === 'timings' ? 'samples' : 'requests',
    all,
  };
}

function noiseOf({ all }: BoundedPercentile, usualMs: number) {
  return all.kind === 'timings' ? noiseOfTimings(all.noise, usualMs) : noiseOfLoads(all.noise);
}

function bySquares(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.hypot(one, other);
}

function less(value: number | null, by: number | null, further: number): number | null {
  return value === null || by === null ? null : value - by - further;
}

function more(value: number | null, by: number | null, further: number): number | null {
  return value === null || by === null ? null : value + by + further;
}
