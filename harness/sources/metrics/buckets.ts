/** What a histogram's buckets can tell: exact at their edges, an interval between them. Pure. */
/** So many observations up to an edge, as Prometheus counts them: cumulative. */
export interface Bucket {
  readonly edge: number;
  readonly upTo: number;
}

export interface CountOver {
  /** The same where a bucket ends at the limit, or where none lie between the edges around it. */
  readonly least: number;
  readonly most: number;
  readonly all: number;
  /** The edges around the limit; both are the limit where a bucket ends there. */
  readonly between: readonly [number, number];
}

/** How many of all observations lie over a limit. */
export function countOver(buckets: readonly Bucket[], limit: number): CountOver {
  const ascending = sorted(buckets);
  const all = ascending.at(-1)?.upTo ?? 0;
  const below = ascending.findLast(({ edge }) => edge < limit || isSame(edge, limit));
  const above = ascending.find(({ edge }) => edge > limit || isSame(edge, limit));
  return {
    least: all - (above?.upTo ?? all),
    most: all - (below?.upTo ?? 0),
    all,
    between: [below?.edge ?? 0, above?.edge ?? Infinity],
  };
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
