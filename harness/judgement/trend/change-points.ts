/**
 * Where a series of nightly values came to another level: E-Divisive with a deterministic test. Pure.
 *
 * D. S. Matteson & N. A. James cut a series where the energy distance between the two parts is largest, and each part again
 * (J. Am. Stat. Assoc. 109 (2014) 334–345). Apache Otava, formerly Hunter, made of it what is used here (M. Fleming et al.,
 * ICPE 2023, arXiv 2301.03034; its docs/MATH.md): Student's t-test in place of permutations, so that the same runs always
 * give the same answer; windows, so that an old change does not hide a new one; and weak change points, found with a
 * lenient threshold so that the search goes on behind them. The weakest is then removed and its neighbours tested again, until
 * all are strong.
 */
import { divergence } from './energy.ts';
import { withoutStrays } from './outliers.ts';
import { type Step, testStep } from './step-test.ts';

/**
 * Nights on each side of a change. With five, one or two bad nights are a minority and cannot be taken for a level; a
 * change is reported on its fifth night.
 */
export const fewestOnASide = 5;

/** The fewest runs in which a change can be found: two sides. */
export const fewestRuns = 2 * fewestOnASide;

/** Runs in a window, and at most on each side of a change: Otava's default, seven weeks of nights. */
export const windowRuns = 50;

/** Otava's default. It is no false-alarm rate, because the cuts tested are the best of many: docs/history.md has the rates. */
const strongP = 0.001;

/** Ten times as lenient, as in Hunter: what passes is tested again. */
const weakP = 10 * strongP;

/** As in Perfherder: a smaller shift may be real but does not matter. */
const smallestShift = 0.02;

/** A step to another level: `at` is the index of the first run at the new one. */
export interface ChangePoint extends Step {
  readonly at: number;
}

/** Of values in the order of their runs, oldest first; none of fewer than `fewestRuns`. */
export function changePoints(values: readonly number[]): ChangePoint[] {
  const first = strongOnes(values, weakCuts(values));
  // The window may have ended soon behind a cut; now that the neighbours are known, each is placed again.
  const placed = first.map(({ at }, index) => bestPlace(values, neighbourhood(values, { cuts: first, index, at })));
  return strongOnes(values, placed);
}

/** In windows that overlap by half, so that each change is well inside one of them. */
function weakCuts(values: readonly number[]): number[] {
  const half = windowRuns / 2;
  // Stryker disable next-line ArithmeticOperator: more windows at the end would only repeat the runs of the last one
  const windows = Math.max(1, Math.ceil(values.length / half) - 1);
  const starts = Array.from({ length: windows }, (_, index) => index * half);
  const cuts = starts.flatMap((from) => cutsWithin(values.slice(from, from + windowRuns)).map((at) => from + at));
  return [...new Set(cuts)].sort((one, other) => one - other);
}

function cutsWithin(values: readonly number[]): number[] {
  // A single outlier would draw every cut to itself.
  const score = divergence(withoutStrays(values, fewestOnASide));
  const cut = (from: number, to: number): number[] => {
    const best = farthestApart(score, { from, to });
    if (best === null) return [];
    const { p } = testStep(values.slice(from, best.at), values.slice(best.at, best.to));
    return p > weakP ? [] : [...cut(from, best.at), best.at, ...cut(best.at, to)];
  };
  return cut(0, values.length);
}

/** The right side may end before the series does: a second change behind the first must not blur it. */
function farthestApart(
  score: (from: number, at: number, to: number) => number,
  { from, to: end }: { readonly from: number; readonly to: number },
): { readonly at: number; readonly to: number } | null {
  let best: { readonly at: number; readonly to: number } | null = null;
  let most = 0;
  for (let to = from + fewestRuns; to <= end; to += 1) {
    for (let at = from + fewestOnASide; at <= to - fewestOnASide; at += 1) {
      const apart = score(from, at, to);
      // Stryker disable next-line EqualityOperator: of two cuts that part equally well either will do
      if (apart > most) {
        most = apart;
        best = { at, to };
      }
    }
  }
  return best;
}

/** A place to cut, with the two parts that it was tested with. */
interface Cut extends Partial<Neighbourhood> {
  readonly at: number;
  readonly point?: ChangePoint;
}

/** Removes the weakest cut, one at a time; the parts beside it become one side of its neighbours. */
function strongOnes(values: readonly number[], weak: readonly number[]): ChangePoint[] {
  let cuts: readonly Cut[] = weak.map((at) => ({ at }));
  for (;;) {
    const all = cuts;
    const judged = all.map((cut, index) => {
      const around = neighbourhood(values, { cuts: all, index, at: cut.at });
      // Only the neighbours of a removed cut have other sides than before.
      const isSame = cut.point !== undefined && cut.from === around.from && cut.to === around.to;
      return { ...around, point: isSame ? cut.point : judge(values, around) };
    });
    const weakest = judged.filter(({ point }) => isWeak(point)).sort((one, other) => other.point.p - one.point.p)[0];
    if (weakest === undefined) return judged.map(({ point }) => point);
    cuts = judged.filter(({ at }) => at !== weakest.at);
  }
}

function isWeak({ p, before, after }: ChangePoint): boolean {
  return p > strongP || Math.abs(after - before) < smallestShift * Math.abs(before);
}

interface Neighbourhood {
  readonly from: number;
  readonly at: number;
  readonly to: number;
}

function neighbourhood(
  values: readonly number[],
  {
    cuts,
    index,
    at,
  }: { readonly cuts: readonly { readonly at: number }[]; readonly index: number; readonly at: number },
): Neighbourhood {
  return {
    from: Math.max(cuts[index - 1]?.at ?? 0, at - windowRuns),
    at,
    to: Math.min(cuts[index + 1]?.at ?? values.length, at + windowRuns),
  };
}

/** Not significant where a side is too short to be a level. */
function judge(values: readonly number[], { from, at, to }: Neighbourhood): ChangePoint {
  const step = testStep(values.slice(from, at), values.slice(at, to));
  return Math.min(at - from, to - at) < fewestOnASide ? { at, ...step, p: 1 } : { at, ...step };
}

function bestPlace(values: readonly number[], { from, at: found, to }: Neighbourhood): number {
  const score = divergence(withoutStrays(values.slice(from, to), fewestOnASide));
  let best = found;
  for (let at = from + fewestOnASide; at <= to - fewestOnASide; at += 1) {
    if (score(0, at - from, to - from) > score(0, best - from, to - from)) best = at;
  }
  return best;
}
