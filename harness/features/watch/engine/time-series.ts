/** A value's course in bounded memory: where there are too many points, neighbours become one. Pure. */
import type { CoursePoint } from '../model.ts';

/** So many points at the most; as fine as a chart can show. */
const MOST_POINTS = 240;

export function withPoint(points: readonly CoursePoint[], point: CoursePoint): readonly CoursePoint[] {
  const all = points.length < MOST_POINTS ? points : halved(points);
  return [...all, point];
}

/** Two become one: the worse of them would hide what is usual, and their mean what is not; it is the later one's moment. */
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
