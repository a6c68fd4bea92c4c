/** How what a finding is about went while it was measured: values in the order of time, as far as the evidence has them. */
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { Limit } from '../../../../model/criterion.ts';
import type { Evidence, Measurement } from '../../../../model/evidence.ts';
import type { Finding } from '../../../../model/finding.ts';
import type { Unit } from '../../../../model/units.ts';

export interface Course {
  readonly unit: Unit;
  /** What a value is, in words: "one visit", "p95 of a second". */
  readonly each: string;
  readonly points: readonly CoursePoint[];
}

export interface CoursePoint {
  /** Since the first of them. */
  readonly atS: number;
  readonly value: number;
}

/** The finding's own measurement over time; null where it is not one of values in time. */
export function courseOf(finding: Finding, evidence: readonly Evidence[]): Course | null {
  const measurement = measurementOf(finding, evidence);
  switch (measurement?.kind) {
    case 'timings': {
      const failed = finding.parts.filter(({ outcome }) => outcome === 'fail').map(({ label }) => label);
      const own = measurement.samples.filter(({ group }) => group === undefined || failed.includes(group));
      const samples = (own.length > 0 ? own : measurement.samples).toSorted(
        (a, b) => Date.parse(a.at) - Date.parse(b.at),
      );
      const startMs = Date.parse(samples[0]?.at ?? '');
      const points = samples.map(({ at, valueMs: value }) => ({ atS: (Date.parse(at) - startMs) / 1000, value }));
      return atLeastTwo({ unit: 'ms', each: 'one visit', points });
    }
    case 'distribution': {
      const p = Number(/^p([\d.]+)/.exec(finding.observed?.statistic ?? '')?.[1] ?? 95);
      const points = measurement.slices.map(({ second, histogram }) => ({
        atS: second,
        value: percentileMs(histogram, p),
      }));
      return atLeastTwo({ unit: 'ms', each: `p${p} of one second`, points });
    }
    case 'ratio': {
      const slices = (measurement.slices ?? []).filter(({ denominator }) => denominator > 0);
      const points = slices.map(({ second, numerator, denominator }) => ({
        atS: second,
        value: numerator / denominator,
      }));
      return atLeastTwo({
        unit: 'ratio',
        each: `${measurement.of.numerator} of one second’s ${measurement.of.denominator}`,
        points,
      });
    }
    case 'occurrences':
    case 'checks':
    case 'growth':
    case undefined:
      return null;
  }
}

/** The measurement that a finding rests on. */
export function measurementOf(
  { sli, evidence: files }: Finding,
  evidence: readonly Evidence[],
): Measurement | undefined {
  return evidence
    .filter(({ probe }) => files.length === 0 || files.includes(`evidence/${probe}.json`))
    .flatMap((one) => (one.status === 'collected' ? one.measurements : []))
    .find((one) => one.sli === sli);
}

/** Of so many buckets of time, in each the value that is worst for the limit: what is drawn small must not hide it. */
export function worstIn({ points }: Course, { op }: Limit, buckets: number): readonly number[] {
  const worst = op.startsWith('<') ? Math.max : Math.min;
  const size = Math.ceil(points.length / buckets);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    worst(...points.slice(index * size, (index + 1) * size).map(({ value }) => value)),
  );
}

/** The first point that does not keep the limit by itself. */
export function firstBeyond({ points }: Course, { op, value: limit }: Limit): CoursePoint | null {
  const keeps = {
    '<': (v: number) => v < limit,
    '<=': (v: number) => v <= limit,
    '>': (v: number) => v > limit,
    '>=': (v: number) => v >= limit,
  }[op];
  return points.find(({ value }) => !keeps(value)) ?? null;
}

function atLeastTwo(course: Course): Course | null {
  return course.points.length < 2 ? null : course;
}

/** Recorded in microseconds. */
function percentileMs(histogram: string, p: number): number {
  return decodeFromCompressedBase64(histogram).getValueAtPercentile(p) / 1000;
}
