/** The incident document of a watch: what was alerted, since when, with what values, and what was done. */
import { formatDuration, formatLimit } from '../../../../lib/format.ts';
import type { Limit } from '../../../../model/criterion.ts';
import { code, escaped, linkTo } from '../../../../report/markdown-text.ts';
import { sparkline } from '../../../../report/sparkline.ts';
import { asSentence, capital, rowOutcome } from '../../../../report/wording.ts';
import type { Alert, Course, WatchReport } from '../../../watch/model.ts';
import { alertSpanText, limitsText, pointText, watchTitle } from '../../../watch/page/wording.ts';
import type { RollbackLog } from '../../log.ts';
import { chartPath, doneSection, forPeople, type IncidentDocument, logLinks, timelineSection } from './document.ts';
import { type Course as CourseInSeconds, worstIn } from './time-series.ts';
import { courseChart } from './time-series-chart.ts';
import { inOrder, rollbackEntries, type TimelineEntry } from './timeline.ts';

export interface WatchIncidentSources {
  readonly report: WatchReport;
  /** Rollback executions, oldest first. */
  readonly logs: readonly RollbackLog[];
}

/** A line of text is as wide as this many bars. */
const BARS = 60;

export function renderWatchIncident({ report, logs }: WatchIncidentSources): IncidentDocument {
  const { alerts } = report;
  const drawn = alertedCourses(report);
  const sections = [
    summary(report),
    timelineSection(timelineOf(report, logs)),
    [
      '## What failed',
      ...(alerts.length === 0 ? ['No alert was raised.'] : alerts.map((one) => alertSection(one, drawn.get(one.id)))),
      ...openRows(report),
    ],
    doneSection(logs),
    evidenceLinks(logs),
    reReview(report),
  ];
  return {
    markdown: `${sections.flat().join('\n\n')}\n`,
    charts: [...drawn].map(([id, course]) => ({ path: chartPath(id), svg: chartOf(course) })),
  };
}

interface Drawn extends Course {
  readonly drawn: { readonly limit: Limit; readonly called: 'limit' | 'alert' };
}

/** Those with values to draw, and a limit to draw beside them. */
function alertedCourses({ alerts, courses }: WatchReport): ReadonlyMap<string, Drawn> {
  const alerted = new Set(alerts.map(({ id }) => id));
  const drawn = courses.flatMap((course): Drawn[] => {
    const { id, alert, points } = course;
    const limit = alert ?? course.limit;
    if (!alerted.has(id) || points.length < 2 || limit === null) return [];
    return [{ ...course, drawn: { limit, called: alert === null ? 'limit' : 'alert' } }];
  });
  return new Map(drawn.map((one) => [one.id, one]));
}

function summary(report: WatchReport): readonly string[] {
  const { watch, alerts, rollback, because } = report;
  const { target } = watch;
  const alerted = [...new Set(alerts.map(({ id }) => id))];
  return [
    `# Incident: ${escaped(watch.rollout)} on ${escaped(target.name)}`,
    [
      `- Release **${escaped(target.release)}**, ${escaped(target.web)}, ${escaped(target.api)}`,
      `- ${watchTitle(report)} after ${formatDuration(watch.elapsedMs)} of ${formatDuration(watch.durationMs)}, watch ${code(watch.id)}: ${escaped(because)}`,
      `- Alerted: ${alerted.length === 0 ? 'nothing' : alerted.map((id) => code(id)).join(', ')}`,
      `- Layers to take back: ${rollback.scope}`,
    ].join('\n'),
    forPeople,
  ];
}

function timelineOf(report: WatchReport, logs: readonly RollbackLog[]): readonly TimelineEntry[] {
  const { watch, alerts, gaps } = report;
  const { target } = watch;
  return inOrder([
    { at: watch.startedAt, what: `Watching ${target.name} began, release ${target.release}.` },
    ...alerts.flatMap(alertEntries),
    ...gaps.map(({ from, message }) => ({ at: from, what: `Gap: ${asSentence(message)}` })),
    ...(watch.ended === null ? [] : [{ at: watch.seenAt, what: `The watch ended: ${watchTitle(report)}.` }]),
    ...logs.flatMap(rollbackEntries),
  ]);
}

function alertEntries({ title, message, since, raisedAt, recoveredAt }: Alert): readonly TimelineEntry[] {
  return [
    { at: since, what: `"${title}" most likely began.` },
    { at: raisedAt, what: `Alert "${title}": ${asSentence(message)}` },
    ...(recoveredAt === null ? [] : [{ at: recoveredAt, what: `"${title}" recovered.` }]),
  ];
}

function alertSection(alert: Alert, course: Drawn | undefined): string {
  const { id, title, message, limit, values, seen } = alert;
  return [
    `### ${code(id)} ${escaped(title)}${limit === null ? '' : ` (alert ${formatLimit(limit)})`}`,
    escaped(capital(asSentence(`${alertSpanText(alert)}: ${message}`))),
    ...(values.length === 0 ? [] : [`Values: ${escaped(values.map(pointText).join(', '))}.`]),
    ...(seen.length === 0 ? [] : [seen.map((one) => `- ${code(one)}`).join('\n')]),
    ...(course === undefined ? [] : courseSection(course)),
  ].join('\n\n');
}

function courseSection(course: Drawn): readonly string[] {
  const { id, points } = course;
  const line = sparkline(worstIn(inSeconds(course), keeping(course.drawn), BARS), { ascii: false, whole: true });
  return [
    `Over the watch, ${points.length} values (${escaped(limitsText(course))}):`,
    `\`\`\`text\n${line}\n\`\`\``,
    `![${escaped(id)} over time](${chartPath(id)})`,
  ];
}

function chartOf({ title, drawn, ...course }: Drawn): string {
  return courseChart({ title, ...drawn }, inSeconds(course));
}

/** The limit that is kept as long as the alert is not raised. */
function keeping({ limit, called }: Drawn['drawn']): Limit {
  return called === 'limit' ? limit : { ...limit, op: limit.op.startsWith('>') ? '<=' : '>=' };
}

function inSeconds({ unit, points }: Pick<Course, 'unit' | 'points'>): CourseInSeconds {
  const startMs = points[0]?.atMs ?? 0;
  return {
    unit,
    each: 'one sample',
    points: points.map(({ atMs, value }) => ({ atS: (atMs - startMs) / 1000, value })),
  };
}

function openRows({ successCriteria }: WatchReport): readonly string[] {
  const open = successCriteria.filter(({ outcome }) => outcome !== 'pass');
  if (open.length === 0) return [];
  return [
    'Success criteria that are not met:',
    open.map((row) => `- ${row.id} ${escaped(row.title)}: ${rowOutcome(row)}`).join('\n'),
  ];
}

function evidenceLinks(logs: readonly RollbackLog[]): readonly string[] {
  return [
    '## Evidence',
    [
      `- ${linkTo('The watch', 'watch.html')}, ${linkTo('for programs', 'watch.json')}`,
      `- ${linkTo('Every observation', 'journal.ndjson')}`,
      ...logLinks(logs),
    ].join('\n'),
  ];
}

function reReview({ alerts, rollback, notExercised, watch }: WatchReport): readonly string[] {
  const advice = new Map(alerts.map(({ id, advice: one }) => [id, one]));
  const todo = [
    ...[...advice].map(([id, one]) => `${code(id)} ${escaped(asSentence(one))}`),
    ...(rollback.escalation ?? []).map(({ to, how }) => `${escaped(to)}: ${escaped(asSentence(how))}`),
    ...notExercised.map(({ id, reason }) => `Not watched then: ${code(id)} (${escaped(reason)})`),
    `The gate is go again before the retry: ${code(`npm run gate -- --target ${watch.target.name}`)}`,
  ];
  return ['## To be reviewed before a retry', todo.map((one) => `- [ ] ${one}`).join('\n')];
}
