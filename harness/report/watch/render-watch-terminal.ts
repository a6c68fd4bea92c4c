/** A watch for a terminal: lines as things happen, a screen that follows along, and what it came to. */
import { styleText } from 'node:util';
import { formatDuration, formatLimit, formatValue } from '../../format.ts';
import type { Alert, Course, WatchEvent, WatchReport } from '../../watch-model.ts';
import { oneLine } from '../plain-text.ts';
import { sparkline } from '../sparkline.ts';
import { fit, wrap } from '../terminal-text.ts';
import { asSentence, isWorthAWord, outcomeWords, rowOutcome } from '../wording.ts';
import {
  alertSpanText,
  costText,
  eventText,
  pointText,
  progressText,
  rowsText,
  timeText,
  watchMeaning,
  watchTitle,
} from './wording.ts';

export interface WatchPage {
  readonly colour: boolean;
  readonly width: number;
  /** Without the bars of a sparkline. */
  readonly ascii: boolean;
}

type Tone = 'good' | 'bad' | 'open' | 'quiet' | 'strong';

/** The lines of one event; empty for what is only worth counting. With an alert come its evidence and the way back. */
export function renderWatchEvent(event: WatchEvent, page: WatchPage): string {
  const text = eventText(event);
  if (text === null) return '';
  const lines = indented(`${timeText(event.at)} ${text}`, 9, page).map((line) => paint(line, toneOf(event), page));
  const more = event.kind === 'alert' ? alertLines(event.alert, page) : [];
  return `${[...lines, ...more].join('\n')}\n`;
}

function toneOf({ kind }: WatchEvent): Tone {
  if (kind === 'alert' || kind === 'failed-check') return 'bad';
  if (kind === 'gap' || kind === 'lost' || kind === 'silent') return 'open';
  return kind === 'recovered' || kind === 'answers-again' ? 'good' : 'quiet';
}

function alertLines({ values, seen, advice, rollback }: Alert, page: WatchPage): readonly string[] {
  const space = ' '.repeat(9);
  return [
    ...(values.length === 0 ? [] : indentedAll(`Values: ${values.slice(-5).map(pointText).join(', ')}`, page)),
    ...(seen.length === 0
      ? []
      : indentedAll(
          `Seen: ${seen
            .slice(0, 3)
            .map((one) => oneLine(one, 120))
            .join('; ')}`,
          page,
        )),
    ...indentedAll(asSentence(advice), page),
    ...indentedAll(`The way back (${rollback.scope}):`, page),
    ...rollback.steps.flatMap(({ title, command }) => [
      ...indentedAll(`- ${title}`, page),
      // Whole, to be copied.
      ...(command === undefined ? [] : [`${space}  ${oneLine(command)}`]),
    ]),
  ];
}

function indentedAll(text: string, { width }: WatchPage): readonly string[] {
  return wrap(oneLine(text), width - 9).map((line) => `${' '.repeat(9)}${line}`);
}

function indented(text: string, by: number, { width }: WatchPage): readonly string[] {
  const [first = '', ...rest] = wrap(oneLine(text), width);
  if (rest.length === 0) return [first];
  const tail = wrap(oneLine(text).slice(first.length).trim(), width - by);
  return [first, ...tail.map((line) => `${' '.repeat(by)}${line}`)];
}

/** Where it stands, in a few lines: what a terminal that follows along shows, and plain output says now and then. */
export function renderWatchScreen(report: WatchReport, page: WatchPage): string {
  const { watch, standing } = report;
  const tone =
    standing === 'failed' ? 'bad' : standing === 'watching' ? 'strong' : standing === 'success' ? 'good' : 'open';
  const head = `${watchTitle(report).toUpperCase()}  ${timeText(watch.seenAt)}  ${progressText(report)}`;
  return `${[
    paint(fit(head, page.width).trimEnd(), tone, page),
    ...report.courses.map((course) => courseLine(course, page)),
    ...report.sources
      .filter(({ lastDoubt }) => lastDoubt !== null)
      .map(({ name, lastDoubt }) => paint(fit(oneLine(`  ${name}: ${lastDoubt}`), page.width).trimEnd(), 'open', page)),
  ].join('\n')}\n`;
}

const numberColumns = 9;

function courseLine({ id, points, alert, limit }: Course, page: WatchPage): string {
  const { width, ascii } = page;
  const last = points.at(-1);
  const bars = Math.max(0, Math.min(24, width - 64));
  const shown = points.slice(-bars).map(({ value }) => value);
  const value = last === undefined ? '–' : formatValue(last.value, last.unit);
  const limits = [limit, alert].map((one) => (one === null ? '' : formatLimit(one)));
  const line = [
    fit(id, 30),
    fit(bars === 0 ? '' : sparkline(shown, { ascii }), bars, 'right'),
    fit(value, numberColumns, 'right'),
    fit(limits[0] ?? '', numberColumns, 'right'),
    fit(limits[1] ?? '', numberColumns, 'right'),
  ].join(' ');
  return `  ${fit(line, width - 2).trimEnd()}`;
}

/** What it came to. */
export function renderWatchEnd(report: WatchReport, page: WatchPage): string {
  const { standing, because, watch, alerts, findings, gaps, rollback } = report;
  const tone = standing === 'failed' ? 'bad' : standing === 'success' ? 'good' : 'open';
  const worth = findings.filter(isWorthAWord);
  const cost = costText(report);
  return `${[
    paint(watchTitle(report).toUpperCase(), tone, page),
    ...wrap(`${because} ${watchMeaning(report)}`, page.width),
    ...wrap(progressText(report), page.width),
    '',
    ...(alerts.length === 0 ? [] : [paint('Alerts', 'strong', page)]),
    ...alerts.flatMap((alert) => wrapped(`${alert.title}: ${alert.message}; ${alertSpanText(alert)}.`, page)),
    paint(`Success criteria: ${rowsText(report)}`, 'strong', page),
    ...report.successCriteria.flatMap((row) => wrapped(`${row.id} ${rowOutcome(row)}: ${row.title}`, page)),
    ...(worth.length === 0 ? [] : [paint('What did not pass', 'strong', page)]),
    ...worth.flatMap(({ outcome, criterion, message, needs }) =>
      wrapped(
        `${outcomeWords[outcome]} ${criterion}: ${message}.${needs === undefined ? '' : ` Needs: ${needs}.`}`,
        page,
      ),
    ),
    ...(gaps.length === 0 ? [] : [paint('Gaps', 'strong', page)]),
    ...gaps.flatMap(({ from, message }) => wrapped(`${timeText(from)} ${message}.`, page)),
    ...(standing !== 'failed' || rollback.steps.length === 0
      ? []
      : [paint(`The way back (${rollback.scope})`, 'strong', page)]),
    ...(standing !== 'failed'
      ? []
      : rollback.steps.flatMap(({ title, command, verify }) => [
          ...wrapped(title, page),
          ...(command === undefined ? [] : [`    ${oneLine(command)}`]),
          ...wrapped(`then: ${verify}`, page),
        ])),
    ...(cost === null ? [] : wrap(cost, page.width)),
    ...wrap(
      `A false alert in the whole watch had a probability of at most ${formatValue(watch.falseAlerts, 'ratio')}; it watched for ${formatDuration(watch.elapsedMs)}.`,
      page.width,
    ),
  ].join('\n')}\n`;
}

function wrapped(text: string, { width }: WatchPage): readonly string[] {
  return wrap(oneLine(text), width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

function paint(text: string, tone: Tone, { colour }: WatchPage): string {
  if (!colour) return text;
  const styles = { good: 'green', bad: 'red', open: 'yellow', quiet: 'dim', strong: 'bold' } as const;
  return styleText(styles[tone], text, { validateStream: false });
}
