/** Distinguishes drifts from steps: a level that moves over many nights was not caused by a single release. Pure. */
import { itemAt } from '../item-at.ts';
import { type ChangePoint, fewestOnASide, windowRuns } from './change-points.ts';
import { withoutStrays } from './outliers.ts';

/** A level that moved night by night, from the first run that left the old one to the first at the new one. */
export interface Drift {
  readonly from: number;
  /** The last run of the series, where the drift goes on. */
  readonly to: number;
  readonly before: number;
  readonly after: number;
  /** That of the strongest step in it. */
  readonly p: number;
}

interface Slope {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  /** The residual sum of squares. */
  readonly squares: number;
}

/**
 * Steps in one direction, each within `windowRuns` of the one before it, may be one drift: E-Divisive knows only levels and
 * cuts a slope into several. Such a group (of one step or more) becomes a drift where two levels with a slope between them
 * fit its runs better than its own levels do, by the Bayesian information criterion (G. Schwarz, Ann. Stat. 6 (1978)
 * 461–464). A slope is at least as long as a side of a change, five nights: less is a step.
 */
export function groupDrifts(values: readonly number[], steps: readonly ChangePoint[]): (ChangePoint | Drift)[] {
  const groups = groupsOf(steps);
  return groups.flatMap((group, index): readonly (ChangePoint | Drift)[] => {
    const from = Math.max(0, ...cutsOf(groups[index - 1]));
    const to = Math.min(values.length, ...cutsOf(groups[index + 1]));
    const drift = driftOf(values, group, { from, to });
    return drift === null ? group : [drift];
  });
}

function cutsOf(group: readonly ChangePoint[] = []): number[] {
  return group.map(({ at }) => at);
}

function groupsOf(steps: readonly ChangePoint[]): ChangePoint[][] {
  const starts = steps.flatMap((step, index) => (goesOn(steps[index - 1], step) ? [] : [index]));
  return starts.map((start, index) => steps.slice(start, starts[index + 1]));
}

function goesOn(last: ChangePoint | undefined, step: ChangePoint): boolean {
  if (last === undefined || step.at - last.at > windowRuns) return false;
  return Math.sign(last.after - last.before) === Math.sign(step.after - step.before);
}

function driftOf(
  values: readonly number[],
  group: readonly ChangePoint[],
  ends: { readonly from: number; readonly to: number },
): Drift | null {
  const cuts = cutsOf(group);
  const start = Math.max(ends.from, itemAt(cuts, 0) - windowRuns);
  const end = Math.min(ends.to, itemAt(cuts, cuts.length - 1) + windowRuns);
  // A single outlier would dominate the squares.
  const part = withoutStrays(values.slice(start, end), fewestOnASide);
  const bounds = [0, ...cuts.map((at) => at - start), part.length];
  const levels = bounds.slice(1).map((to, index) => part.slice(bounds[index], to));
  const ofSteps = score(sumOf(levels.map(squaresAroundMean)), part.length, 2 * group.length + 1);
  const slope = bestSlope(part);
  // Stryker disable next-line EqualityOperator: no two scores are equal, one has an even number of parameters
  if (score(slope.squares, part.length, 4) >= ofSteps) return null;
  const { from, to, before, after } = slope;
  return { from: start + from, to: start + to, before, after, p: Math.min(...group.map(({ p }) => p)) };
}

/**
 * The old level before the run `from`, the new one from the run `to` on, a straight line between: of all places the best by
 * least squares. Cumulated sums make each fit take constant time.
 */
function bestSlope(values: readonly number[]): Slope {
  const runs = values.length;
  const middle = sumOf(values) / runs;
  const total = sumOf(values.map((value) => (value - middle) ** 2));
  const sums = cumulated(values.map((value) => value - middle));
  const moments = cumulated(values.map((value, index) => (value - middle) * index));
  let best: Slope = { from: 0, to: 0, before: middle, after: middle, squares: Number.POSITIVE_INFINITY };
  // Stryker disable next-line EqualityOperator: a slope that ends behind the series is the same line as one to its last run
  for (let to = 1; to < runs; to += 1) {
    for (let from = 1; from <= to - fewestOnASide; from += 1) {
      // The share of the way that run i has come is 0, then (i − from + 1) / (length + 1), then 1.
      const length = to - from;
      const shares = length / 2 + runs - to;
      const squaredShares = (length * (2 * length + 1)) / (6 * (length + 1)) + runs - to;
      const climbing = between(moments, from, to) - (from - 1) * between(sums, from, to);
      const both = climbing / (length + 1) + between(sums, to, runs);
      const rise = both / (squaredShares - shares ** 2 / runs);
      const squares = total - rise * both;
      // Stryker disable next-line EqualityOperator: of two lines that fit equally well either will do
      if (squares < best.squares) {
        const before = middle - (rise * shares) / runs;
        best = { from, to, before, after: before + rise, squares };
      }
    }
  }
  return best;
}

function cumulated(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, index) => {
    sums[index + 1] = itemAt(sums, index) + value;
  });
  return sums;
}

function between(sums: Float64Array, from: number, to: number): number {
  return itemAt(sums, to) - itemAt(sums, from);
}

/** The information criterion; smaller is better. A perfect fit counts as the smallest positive residual. */
function score(squares: number, runs: number, parameters: number): number {
  return runs * Math.log(Math.max(squares, Number.MIN_VALUE)) + parameters * Math.log(runs);
}

function squaresAroundMean(values: readonly number[]): number {
  const mean = sumOf(values) / values.length;
  return sumOf(values.map((value) => (value - mean) ** 2));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
