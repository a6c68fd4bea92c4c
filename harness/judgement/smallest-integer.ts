/** The search behind "how many more": the smallest whole number for which something holds. */

export interface SearchRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The smallest whole number in the range (both ends included) for which `holds`, or `null` if there is none.
 * `holds` must stay true once it is true; the search then asks some 2 log2(answer − from) times.
 */
export function smallestInteger({ from, to }: SearchRange, holds: (candidate: number) => boolean): number | null {
  if (from > to) return null;
  let below = from - 1;
  let reach = 1;
  while (!holds(Math.min(below + reach, to))) {
    below = Math.min(below + reach, to);
    if (below === to) return null;
    reach *= 2;
  }
  let known = Math.min(below + reach, to);
  while (known - below > 1) {
    const middle = below + Math.floor((known - below) / 2);
    if (holds(middle)) known = middle;
    else below = middle;
  }
  return known;
}
