/** A watchpoint's values over the watch: the limit and the alert limit as lines, the alerts as bands. */
import * as Plot from '@observablehq/plot';
import { formatValue } from '../../../lib/format.ts';
import type { Limit } from '../../../model/criterion.ts';
import { alertRule, figure, ink, limitRules } from '../../../report/html/chart.ts';
import type { Markup } from '../../../report/html/markup.ts';
import type { Alert, Course, CoursePoint } from '../model.ts';
import { limitsText, pointText } from './wording.ts';

/** A limit this many times as far off as the values would only squeeze them; it is named instead. */
const FARTHEST = 4;

export function courseChart(course: Course, alerts: readonly Alert[]): Markup {
  const { points, unit, title } = course;
  const scale = unit === 'ratio' ? 100 : 1;
  const drawn = points.map((point) => ({ at: new Date(point.at), y: point.value * scale, title: pointText(point) }));
  const largest = Math.max(...drawn.map(({ y }) => y), 1e-9);
  const near = (value: number): boolean => value * scale <= FARTHEST * largest || largest < 1e-6;
  const [limit, alert] = drawnLimits(course, near);
  const top = Math.max(largest, (limit?.value ?? 0) * scale, (alert?.value ?? 0) * scale) * 1.12;
  const last = points.at(-1);
  return figure({
    label: `${title}: ${points.length} values`,
    caption: captionOf(course, last),
    options: {
      height: 150,
      marginTop: 24,
      marginLeft: 52,
      marginRight: 24,
      x: { type: 'utc', label: 'UTC', tickFormat: '%H:%M' },
      y: { domain: [0, top], label: unit === 'ratio' ? '%' : unit, grid: true, ticks: 4 },
      marks: [
        ...alerts.map((one) =>
          Plot.rect([one], {
            x1: () => new Date(one.since),
            x2: () => new Date(one.recoveredAt ?? last?.at ?? one.raisedAt),
            y1: 0,
            y2: top,
            fill: ink.limit,
            fillOpacity: 0.14,
          }),
        ),
        Plot.line(drawn, { x: 'at', y: 'y', stroke: ink.sample, strokeWidth: 1.3 }),
        Plot.dot(drawn, { x: 'at', y: 'y', r: 2, fill: ink.sample, title: 'title' }),
        ...(limit === null ? [] : limitRules(limit, alert ?? undefined, 'y')),
        ...(limit === null && alert !== null ? [alertRule(alert, 'y')] : []),
      ],
    },
  });
}

/** A picture without any says nothing, so where both are far off the nearer one is drawn all the same. */
function drawnLimits(
  { limit, alert }: Course,
  near: (value: number) => boolean,
): readonly [limit: Limit | null, alert: Limit | null] {
  const isNear = (one: Limit | null): boolean => one !== null && near(one.value);
  if (isNear(limit) || isNear(alert)) return [isNear(limit) ? limit : null, isNear(alert) ? alert : null];
  return limit !== null && (alert === null || limit.value <= alert.value) ? [limit, null] : [null, alert];
}

function captionOf(course: Course, last: CoursePoint | undefined): string {
  const now = last === undefined ? '' : `Last ${formatValue(last.value, last.unit)}. `;
  return `${now}${limitsText(course)}`;
}
