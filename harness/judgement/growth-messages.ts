/** The sentences about growth against a baseline. */
import { formatLimit, formatValue, formatValueBeside } from '../lib/format.ts';
import type { Limit } from '../model/criterion.ts';
import type { Growth, GrowthPart, Sizes } from '../model/evidence.ts';
import { countOf, type Explanation, fewOf, moreOf } from './wording.ts';

/** All parts together. */
export interface Total {
  readonly before: Sizes;
  readonly after: Sizes;
}

export function grownWithin(growth: Growth, total: Total, limit: Limit): string {
  return `${leadOf(growth, total, limit)}, within the limit of ${formatLimit(limit)}.${partsOf(growth)}`;
}

export function grownBeyond(growth: Growth, total: Total, limit: Limit): string {
  return `${leadOf(growth, total, limit)}, beyond the limit of ${formatLimit(limit)}.${partsOf(growth)}`;
}

export function tooFewParts(growth: Growth, total: Total, needed: number): Explanation {
  return {
    message: `${leadOf(growth, total)}: too few to judge by, at least ${needed} ${growth.of} are needed.${partsOf(growth)}`,
    needs: `at least ${moreOf(needed - growth.count, growth.of)}`,
  };
}

export function nothingBefore({ baseline, of }: Growth): Explanation {
  return {
    message: `The baseline, ${baseline}, has no ${of} at all: nothing can be said to have grown.`,
    needs: `a baseline with ${of}`,
  };
}

/** The smallest growth that would have failed. */
export function detectsGrowth(
  { judged }: Growth,
  { bytes, before }: { readonly bytes: number; readonly before: number },
): string {
  return `${formatValue(bytes, 'bytes')} more (${formatValue(bytes / before, 'ratio')}, ${judged}) would have failed`;
}

function leadOf({ judged, count, of, baseline }: Growth, { before, after }: Total, limit?: Limit): string {
  const ratio = (after[judged] - before[judged]) / before[judged];
  const share = limit === undefined ? formatValue(Math.abs(ratio), 'ratio') : formatValueBeside(Math.abs(ratio), limit);
  const direction = ratio < 0 ? `Shrank by ${share}` : ratio > 0 ? `Grew by ${share}` : 'Did not grow';
  const others = (['raw', 'gzip', 'brotli'] as const).filter((size) => size !== judged);
  const sizes = [judged, ...others].map((size) => `${size} ${change(before[size], after[size])}`);
  return `${direction} (${sizes.join(', ')}) in ${countOf(count, of)}, against ${baseline}`;
}

/** What grew, the largest growth first, and what is gone. */
function partsOf({ parts, judged }: Growth): string {
  const by = ({ before, after }: GrowthPart): number => (after?.[judged] ?? 0) - (before?.[judged] ?? 0);
  const grown = parts
    .filter((part) => by(part) > 0)
    .toSorted((a, b) => by(b) - by(a))
    .map((part) => `${part.name} ${more(by(part), part.before?.[judged])}`);
  const gone = parts.filter(({ after }) => after === null).map(({ name }) => name);
  return [
    ...(grown.length > 0 ? [` Grew most: ${fewOf(grown)}.`] : []),
    ...(gone.length > 0 ? [` Gone: ${fewOf(gone)}.`] : []),
  ].join('');
}

function more(bytes: number, before: number | undefined): string {
  const share = before === undefined ? 'new' : `+${formatValue(bytes / before, 'ratio')}`;
  return `+${formatValue(bytes, 'bytes')} (${share})`;
}

function change(before: number, after: number): string {
  return `${formatValue(before, 'bytes')} → ${formatValue(after, 'bytes')}`;
}
