/** A time series in bounded memory: where there are too many points, neighbours are merged. Pure. */
import type { CoursePoint } from '../model.ts';

/** As fine as a chart can show. */
const MOST_POINTS = 240;

export function withPoint(points: readonly CoursePoint[], point: CoursePoint): readonly CoursePoint[] {
  const all = points.length < MOST_POINTS ? points : halved(points);
  return [...all, point];
}

/** Merges pairs into their mean, weighted by exposure, at the later moment: the worse of two would hide what is usual. */
function halved(points: readonly CoursePoint[]): CoursePoint[] {
  return points.flatMap((point, index) => {
    const other = points[index + 1];
    if (index % 2 === 1 || other === undefined) return [];
    const exposure = point.exposure + other.exposure;
    const value = exposure === 0 ? point.value : weighted(point, other) / exposure;
    const beyond = point.beyond === null || other.beyond === null ? null : point.beyond + other.beyond;
    return [{ ...other, value, exposure, beyond }];
  });
}

function weighted(one: CoursePoint, other: CoursePoint): number {
  return one.value * one.exposure + other.value * other.exposure;
}
