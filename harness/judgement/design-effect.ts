/**
 * The design effect of requests that resemble their neighbours in time.
 *
 * A stall makes a hundred neighbouring requests slow at once, which is one observation and not a hundred. So the variance
 * of a share (those above a value, those that failed) is measured between blocks of time and compared with what
 * independent requests would show: their quotient is the design effect (L. Kish, "Survey Sampling", 1965, section 8.2). As
 * a variance of few blocks is itself not well known, it is enlarged by the square of Student's over the normal quantile
 * (E. L. Korn & B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts
 * estimated from survey data", Survey Methodology 24 (1998) 193–201), and never taken for less than 1.
 */
import { normalQuantile } from './normal-quantile.ts';
import { studentQuantile } from './student-t.ts';

/** One slice of time: so many requests, so many of them of the kind that is asked about. */
export interface Slice {
  readonly count: number;
  readonly hits: number;
}

/** Fewer blocks do not give a usable variance. */
const fewestBlocks = 10;

/** The two-sided 95 % quantile, for the correction of a variance from few blocks. */
const probability = 0.975;

/**
 * The design effect over slices in the order of time: 1 where the requests are practically independent, or where
 * there are too few slices to know. Blocks of 1, 2, 4 … slices are tried, and the largest effect counts: a
 * dependence that is longer than a slice does not show between slices.
 */
export function designEffect(slices: readonly Slice[]): number {
  let largest = 1;
  for (let size = 1; Math.floor(slices.length / size) >= fewestBlocks; size *= 2) {
    const blocks = blocksOf(slices, size);
    const effect = effectOf(blocks);
    if (effect > 1) largest = Math.max(largest, effect * unknownVariance(blocks.length));
  }
  return largest;
}

function blocksOf(slices: readonly Slice[], size: number): Slice[] {
  return Array.from({ length: Math.floor(slices.length / size) }, (_, block) => {
    const within = slices.slice(block * size, (block + 1) * size);
    return { count: sumOf(within, ({ count }) => count), hits: sumOf(within, ({ hits }) => hits) };
  });
}

/** The variance of the ratio estimator between blocks over that of independent requests; NaN where all are of one kind. */
function effectOf(blocks: readonly Slice[]): number {
  const count = sumOf(blocks, (block) => block.count);
  const share = sumOf(blocks, ({ hits }) => hits) / count;
  const between = sumOf(blocks, (block) => (block.hits - share * block.count) ** 2) / count ** 2;
  const variance = (between * blocks.length) / (blocks.length - 1);
  return variance / ((share * (1 - share)) / count);
}

function unknownVariance(blocks: number): number {
  return (studentQuantile(probability, blocks - 1) / normalQuantile(probability)) ** 2;
}

function sumOf(slices: readonly Slice[], of: (slice: Slice) => number): number {
  return slices.reduce((sum, slice) => sum + of(slice), 0);
}
