/** What a histogram's buckets can tell: exact at their edges, an interval between them. Pure. */
import { BlindMetric } from './sum-up.ts';

/** So many observations up to an edge, as Prometheus counts them: cumulative. */
export interface Bucket {
  readonly edge: number;
  readonly upTo: number;
}

/** How many of all observations lie over a limit. Throws BlindMetric, with the edges, where that cannot be told. */
export function countOver(
  buckets: readonly Bucket[],
  { edge, unit }: { readonly edge: number; readonly unit: string },
): { readonly over: number; readonly all: number } {
  const ascending = sorted(buckets);
  const all = ascending.at(-1)?.upTo ?? 0;
  const exact = ascending.find((bucket) => isSame(bucket.edge, edge));
  if (exact !== undefined) return { over: all - exact.upTo, all };
  const below = ascending.findLast((bucket) => bucket.edge < edge);
  const above = ascending.find((bucket) => bucket.edge > edge);
  const most = all - (below?.upTo ?? 0);
  const least = all - (above?.upTo ?? all);
  if (most === least) return { over: most, all };
  const percent = (count: number) => Number(((100 * count) / Math.max(1, all)).toPrecision(2));
  throw new BlindMetric(
    `not decidable from the buckets ${edgeText(below?.edge ?? 0)}…${edgeText(above?.edge ?? Infinity)}${unit === '' ? '' : ` ${unit}`}, between which ${edge}${unit === '' ? '' : ` ${unit}`} lies: ${least} to ${most} of ${all} observations (${percent(least)} to ${percent(most)} %) are over it`,
  );
}

/** The two edges that a percentile lies between; null of no observations. */
export function percentileBetween(buckets: readonly Bucket[], p: number): readonly [number, number] | null {
  const ascending = sorted(buckets);
  const all = ascending.at(-1)?.upTo ?? 0;
  const at = ascending.findIndex(({ upTo }) => upTo >= (all * p) / 100);
  if (all === 0 || at === -1) return null;
  return [ascending[at - 1]?.edge ?? 0, ascending[at]?.edge ?? Infinity];
}

/** `0.01…0.025`; the end is open where it is infinite. */
export function edgeText(edge: number): string {
  return edge === Infinity ? '∞' : String(edge);
}

function sorted(buckets: readonly Bucket[]): readonly Bucket[] {
  return buckets.toSorted((a, b) => a.edge - b.edge);
}

/** Edges are written in as many ways as there are clients: `0.2`, `2e-1`, `0.200000003`. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.abs(b);
}
