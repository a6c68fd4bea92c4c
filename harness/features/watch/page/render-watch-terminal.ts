/** A watch for a terminal: lines as things happen, a screen that follows along, and what it came to. */
import { formatDuration, formatValue } from '../../../lib/format.ts';
import type { Finding } from '../../../model/finding.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { wrap } from '../../../report/terminal-text.ts';
import { asSentence, isWorthAWord, outcomeWords, rowOutcome } from '../../../report/wording.ts';
import type { Alert, WatchEvent, WatchReport } from '../model.ts';
import { paint, standingTones, type Tone, type WatchPage } from './watch-page.ts';
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

/** The lines of one event; empty for what is only worth counting. With an alert come its evidence and the way back. */
export function renderWatchEvent(event: WatchEvent, page: WatchPage): string {
  const said = eventText(event);
  if (said === null) return '';
  const text = event.kind === 'alert' ? said : oneLine(said, LONGEST);
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

/** What it came to. */
export function renderWatchEnd(report: WatchReport, page: WatchPage): string {
  const { standing, because, watch, alerts, findings, gaps, rollback } = report;
  const worth = findings.filter(isWorthAWord);
  const cost = costText(report);
  return `${[
    paint(watchTitle(report).toUpperCase(), standingTones[standing], page),
    ...wrap(`${because} ${watchMeaning(report)}`, page.width),
    ...wrap(progressText(report), page.width),
    '',
    ...(alerts.length === 0 ? [] : [paint('Alerts', 'strong', page)]),
    ...alerts.flatMap((alert) => wrapped(`${alert.title}: ${alert.message}; ${alertSpanText(alert)}.`, page)),
    // A stage is not asked for them.
    ...(report.successCriteria.length === 0 ? [] : [paint(`Success criteria: ${rowsText(report)}`, 'strong', page)]),
    ...report.successCriteria.flatMap((row) => wrapped(`${row.id} ${rowOutcome(row)}: ${row.title}`, page)),
    ...(worth.length === 0 ? [] : [paint('What did not pass', 'strong', page)]),
    ...saidOnce(worth).flatMap((text) => wrapped(text, page)),
    ...(gaps.length === 0 ? [] : [paint('Gaps', 'strong', page)]),
    ...gaps.flatMap(({ from, message }) => wrapped(`${timeText(from)} ${oneLine(message, LONGEST)}.`, page)),
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

/** What an outside tool said can be pages long; the page of the watch has the whole. */
const LONGEST = 240;

/** What is the same of several criteria stands there once. */
function saidOnce(findings: readonly Finding[]): readonly string[] {
  const about = new Map<string, { readonly outcome: string; readonly ids: string[]; readonly text: string }>();
  for (const { outcome, criterion, message, needs } of findings) {
    const text = `${oneLine(message, LONGEST)}.${needs === undefined ? '' : ` Needs: ${needs}.`}`;
    const key = `${outcome} ${text}`;
    const known = about.get(key) ?? { outcome: outcomeWords[outcome], ids: [], text };
    known.ids.push(criterion);
    about.set(key, known);
  }
  return [...about.values()].map(({ outcome, ids, text }) => `${outcome} ${ids.join(', ')}: ${text}`);
}

/** The verdict and why, for the last line. */
export function renderWatchVerdict(report: WatchReport, page: WatchPage): string {
  const { standing, watch, because } = report;
  const isOpen = standing === 'inconclusive' && watch.stage === null;
  const why = isOpen ? `Success criteria: ${rowsText(report)}.` : oneLine(because);
  const lines = wrap(`${watchTitle(report).toUpperCase()}: ${why}`, page.width);
  return lines.map((line) => `${paint(line, standingTones[report.standing], page)}\n`).join('');
}

function wrapped(text: string, { width }: WatchPage): readonly string[] {
  return wrap(oneLine(text), width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}
