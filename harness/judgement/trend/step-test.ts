/** Whether two neighbouring parts of a series have the same level, as a p-value. Pure and without chance. */
import { median } from '../../lib/percentile.ts';
import { itemAt } from '../item-at.ts';
import { studentTails } from '../student-t.ts';
import { mean, outlierDeviations, scatterOf } from './outliers.ts';

export interface Step {
  /** Mean of each side, without its outliers. */
  readonly before: number;
  readonly after: number;
  /** Two-sided; 1 where the levels are equal, 0 where they differ and nothing scatters. */
  readonly p: number;
}

/** Runs that follow each other this closely say as little as two of forty; more makes nothing clearer. */
const mostCorrelation = 0.9;

/**
 * Student's t-test, as Otava has it in place of a permutation test: it needs no chance, so the same runs always give the
 * same answer. Two things are added for nights:
 * - Runs far from the rest are set aside first: in a short side even one would carry the mean.
 * - Neighbouring nights are alike, and the test takes them for independent. The variance is multiplied by
 *   (1 + r) / (1 − r), r the correlation of neighbours where it is positive (G. V. Bayley & J. M. Hammersley, J. R. Stat.
 *   Soc. Suppl. 8 (1946) 184–197).
 */
export function testStep(left: readonly number[], right: readonly number[]): Step {
  const [ofLeft, ofRight] = withoutOutliers(left, right);
  const before = mean(ofLeft);
  const after = mean(ofRight);
  if (before === after) return { before, after, p: 1 };
  const residuals = [...ofLeft.map((value) => value - before), ...ofRight.map((value) => value - after)];
  const degreesOfFreedom = residuals.length - 2;
  const squares = sum(residuals.map((residual) => residual ** 2));
  const variance = (squares / degreesOfFreedom) * inflation(residuals, squares);
  const error = Math.sqrt(variance * (1 / ofLeft.length + 1 / ofRight.length));
  // Where nothing scatters it is infinitely many errors away, and has no tail.
  return { before, after, p: studentTails((after - before) / error, degreesOfFreedom) };
}

function withoutOutliers(left: readonly number[], right: readonly number[]): [readonly number[], readonly number[]] {
  const most = outlierDeviations * scatterOf([...deviationsOf(left), ...deviationsOf(right)]);
  return [within(left, most), within(right, most)];
}

function deviationsOf(values: readonly number[]): number[] {
  const middle = median(values);
  return values.map((value) => Math.abs(value - middle));
}

/** A side half of which is far from its own median has no outliers but two levels, and stays as it is. */
function within(values: readonly number[], most: number): readonly number[] {
  const middle = median(values);
  const near = values.filter((value) => Math.abs(value - middle) <= most);
  return 2 * near.length > values.length ? near : values;
}

function inflation(residuals: readonly number[], squares: number): number {
  if (squares === 0) return 1;
  const neighbours = sum(residuals.slice(1).map((residual, index) => residual * itemAt(residuals, index)));
  const correlation = Math.min(mostCorrelation, Math.max(0, neighbours / squares));
  return (1 + correlation) / (1 - correlation);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
