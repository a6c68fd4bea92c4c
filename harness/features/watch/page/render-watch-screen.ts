/** Where a watch stands, on one screen: whether all is well, what is watched, how long it goes on, and what to do. */
import { formatDuration, formatLimit, formatValue } from '../../../lib/format.ts';
import { paint, type TerminalPage, type Tone } from '../../../report/formats/terminal.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { sparkline } from '../../../report/sparkline.ts';
import { displayWidth, fit, wrap } from '../../../report/terminal-text.ts';
import type { Alert, Course, PointStanding, Watchpoint, WatchReport } from '../model.ts';
import { alertsText, isStanding, standingTones, timeText, watchTitle } from './wording.ts';

/** What is known besides the report, which is as old as the last sample. */
export interface Meanwhile {
  /** Since the report was made. */
  readonly sinceMs: number;
  /** What the watch does right now; null where nobody says. */
  readonly doing: string | null;
  /** The folder of the watch, as a person would type it. */
  readonly folder: string;
  /** Rows that there are; null: it is no screen, and nobody sits there. */
  readonly height: number | null;
}

/** Lines of at most the page's width, and no more of them than there are rows, the row of the cursor left out. */
export function renderWatchScreen(report: WatchReport, page: TerminalPage, meanwhile: Meanwhile): readonly string[] {
  const above = [...headLines(report, page, meanwhile), ...troubleLines(report, page, meanwhile)];
  const qualityIssues = qualityIssueLines(report, page);
  const below = [legend(report, page), ...footLines(report, page, meanwhile)];
  const room = meanwhile.height === null ? Number.POSITIVE_INFINITY : meanwhile.height - 1;
  const left = room - above.length - below.length;
  const points = pointLines(report, page, Math.max(2, left - Math.min(qualityIssues.length, 2)));
  return [...above, ...points, ...qualityIssues.slice(0, Math.max(0, left - points.length)), ...below].slice(0, room);
}

function headLines(report: WatchReport, page: TerminalPage, { sinceMs, doing }: Meanwhile): readonly string[] {
  const { watch, standing, alerts } = report;
  const { target, stage } = watch;
  const now = new Date(Date.parse(watch.seenAt) + sinceMs).toISOString();
  const time = `${timeText(now)} UTC, ${formatDuration(wholeSeconds(watch.elapsedMs + sinceMs))} of ${formatDuration(watch.durationMs)}`;
  const what = `${target.name}, release ${target.release}${stage === null ? '' : `, stage ${stage.name}`}`;
  return [
    paint(
      cut(`${watchTitle(report).toUpperCase()}  ${time}; ${alertsText(alerts)}`, page),
      standingTones[standing],
      page,
    ),
    cut(`${what}${doing === null ? '' : `; ${doing}`}`, page),
  ];
}

/** Tenths that change every second are nothing to look at. */
function wholeSeconds(ms: number): number {
  return ms < 60_000 ? Math.floor(ms / 1000) * 1000 : ms;
}

/** What stands against it, and what to do about it. */
function troubleLines(report: WatchReport, page: TerminalPage, { folder }: Meanwhile): readonly string[] {
  const { standing, because, alerts, rollback } = report;
  if (standing !== 'failed') return [];
  const standingAlerts = alerts.filter(isStanding);
  const what = standingAlerts.length === 0 ? [because] : standingAlerts.map(alertText);
  const lines = what.slice(-MOST_ALERTS).flatMap((text) => paragraph(`${marksOf(page).alert} ${text}`, page));
  const older = what.length - MOST_ALERTS;
  return [
    ...lines.map((line) => paint(line, 'fail', page)),
    ...(older > 0 ? [`  and ${older} more since before`] : []),
    ...(rollback.scope === 'none'
      ? []
      : rollbackLines(`  Rollback plan (${rollback.scope}):`, `npx rampgate rollback ${folder}`, page)),
  ];
}

/** The command is whole where there is room for it, to be copied. */
function rollbackLines(lead: string, command: string, page: TerminalPage): readonly string[] {
  const line = `${lead} ${command}`;
  if (displayWidth(line) <= page.width) return [line];
  return [cut(lead, page), ...wrap(command, page.width - 4).map((part) => `    ${part}`)];
}

const MOST_ALERTS = 3;

function alertText({ title, message }: Alert): string {
  return `${title}: ${message}`;
}

/** Two lines at the most: the whole stood above when it happened, and stands on the page. */
function paragraph(text: string, page: TerminalPage): readonly string[] {
  const [first = '', ...rest] = wrap(oneLine(text), page.width - 2);
  return rest.length === 0 ? [first] : [first, cut(`  ${rest.join(' ')}`, page)];
}

const words: { readonly [standing in PointStanding]: string } = {
  alert: 'alert',
  failed: 'failed',
  beyond: 'beyond its limit now',
  within: 'hold',
  open: 'undecided',
};
const worstFirst: readonly PointStanding[] = ['alert', 'failed', 'beyond', 'open', 'within'];
const pointTones: { readonly [standing in PointStanding]: Tone } = {
  alert: 'fail',
  failed: 'fail',
  beyond: 'inconclusive',
  within: 'pass',
  open: 'quiet',
};

function marksOf({ ascii = false }: TerminalPage): { readonly [standing in PointStanding]: string } {
  return ascii
    ? { alert: 'X', failed: 'x', beyond: '!', within: '+', open: '.' }
    : { alert: '✖', failed: '✖', beyond: '!', within: '✔', open: '·' };
}

/** Where there is no room for all, what is well is left out first. */
function pointLines(report: WatchReport, page: TerminalPage, room: number): readonly string[] {
  const { watchpoints, courses } = report;
  if (watchpoints.length === 0) return [];
  const columns = columnsOf(watchpoints, page);
  const isShort = watchpoints.length + 1 > room;
  const ranked = isShort
    ? watchpoints.toSorted((a, b) => worstFirst.indexOf(a.standing) - worstFirst.indexOf(b.standing))
    : watchpoints;
  const shown = isShort ? ranked.slice(0, Math.max(0, room - 2)) : ranked;
  return [
    paint(headings(columns, page), 'quiet', page),
    ...shown.map((point) =>
      pointLine(
        point,
        courses.find(({ id }) => id === point.id),
        { columns, page },
      ),
    ),
    ...(isShort
      ? [paint(cut(`  and ${ranked.length - shown.length} more, which are no worse`, page), 'quiet', page)]
      : []),
  ];
}

interface Columns {
  readonly id: number;
  readonly bars: number;
}

const numberColumns = 9;
const MOST_BARS = 40;

function columnsOf(watchpoints: readonly Watchpoint[], { width }: TerminalPage): Columns {
  const room = width - 2 - 3 * (numberColumns + 1);
  const id = Math.min(Math.max(...watchpoints.map((point) => displayWidth(point.id))), Math.max(8, room));
  const bars = Math.min(MOST_BARS, room - id - 1);
  return { id, bars: bars < 4 ? 0 : bars };
}

function headings({ id, bars }: Columns, page: TerminalPage): string {
  const names = ['now', 'limit', 'alert'].map((name) => fit(name, numberColumns, 'right'));
  return cut(
    ['  ', fit('', id), ...(bars === 0 ? [] : [` ${fit('', bars)}`]), ...names.map((one) => ` ${one}`)].join(''),
    page,
  );
}

function pointLine(
  { id, limit, alert, standing }: Watchpoint,
  course: Course | undefined,
  { columns, page }: { readonly columns: Columns; readonly page: TerminalPage },
): string {
  const last = course?.points.at(-1);
  const values = (course?.points ?? []).slice(-columns.bars).map(({ value }) => value);
  const bars = sparkline(values, { ascii: page.ascii === true, top: topOf(values, { limit, alert }) });
  const cells = [
    fit(id, columns.id),
    ...(columns.bars === 0 ? [] : [fit(bars, columns.bars, 'right')]),
    fit(
      last === undefined ? (page.ascii === true ? '-' : '–') : formatValue(last.value, last.unit),
      numberColumns,
      'right',
    ),
    ...[limit, alert].map((one) => fit(one === null ? '' : formatLimit(one), numberColumns, 'right')),
  ];
  const line = fit(cells.join(' '), page.width - 2).trimEnd();
  const mark = paint(marksOf(page)[standing], pointTones[standing], page);
  return `${mark} ${standing === 'alert' || standing === 'beyond' ? paint(line, pointTones[standing], page) : line}`;
}

/** As high as what must not be crossed, so that a quiet course looks quiet; a share of what is wanted ends at all of it. */
function topOf(values: readonly number[], { limit, alert }: Pick<Watchpoint, 'limit' | 'alert'>): number {
  const farthest = alert ?? limit;
  if (farthest === null) return Math.max(1, ...values);
  if (farthest.unit === 'ratio' && limit?.op.startsWith('>') === true) return 1;
  return farthest.value > 0 ? farthest.value : Math.max(1, ...values);
}

/** A source that brings nothing to be trusted. */
function qualityIssueLines({ sources }: WatchReport, page: TerminalPage): readonly string[] {
  return sources
    .filter(({ lastQualityIssue }) => lastQualityIssue !== null)
    .map(({ name, lastQualityIssue }) =>
      paint(cut(oneLine(`! ${name}: ${lastQualityIssue}`), page), 'inconclusive', page),
    );
}

function legend({ watchpoints }: WatchReport, page: TerminalPage): string {
  const marks = marksOf(page);
  const told = worstFirst.flatMap((standing) => {
    const count = watchpoints.filter((point) => point.standing === standing).length;
    return count === 0 ? [] : [`${marks[standing]} ${count} ${words[standing]}`];
  });
  return paint(cut(told.join('  '), page), 'quiet', page);
}

function footLines({ watch }: WatchReport, page: TerminalPage, { folder, height }: Meanwhile): readonly string[] {
  if (watch.ended !== null || height === null) return [];
  return wrap(`Page: ${folder}/watch.html Ctrl-C ends it.`, page.width).map((line) => paint(line, 'quiet', page));
}

function cut(text: string, { width }: TerminalPage): string {
  return fit(text, width).trimEnd();
}
