/** A watch for a terminal: lines as things happen, and the last line. */
import { type TerminalPage, type Tone, wrapped } from '../../../report/formats/terminal.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { asSentence } from '../../../report/wording.ts';
import type { Alert, WatchEvent, WatchReport } from '../model.ts';
import { eventText, pointText, rowsText, standingTones, timeText, watchTitle } from './wording.ts';

/** What an outside tool said can be pages long; the page of the watch has the whole. */
const LONGEST = 240;

/** Below the text of an event, behind its time. */
const INDENT = 9;

/** The lines of one event; empty for what is only worth counting. With an alert come its evidence and its rollback plan. */
export function renderWatchEvent(event: WatchEvent, page: TerminalPage): string {
  const said = eventText(event);
  if (said === null) return '';
  const text = event.kind === 'alert' ? said : oneLine(said, LONGEST);
  const lines = wrapped(`${timeText(event.at)} ${text}`, { page, hang: INDENT, tone: toneOf(event) });
  const more = event.kind === 'alert' ? alertLines(event.alert, page) : [];
  return `${[...lines, ...more].join('\n')}\n`;
}

function toneOf({ kind }: WatchEvent): Tone {
  if (kind === 'alert' || kind === 'failed-check') return 'fail';
  if (kind === 'gap' || kind === 'lost' || kind === 'silent') return 'inconclusive';
  return kind === 'recovered' || kind === 'answers-again' ? 'pass' : 'quiet';
}

function alertLines({ values, seen, advice, rollback }: Alert, page: TerminalPage): readonly string[] {
  const inside = { page, indent: INDENT };
  const quoted = seen.slice(0, 3).map((one) => oneLine(one, 120));
  return [
    ...wrapped(values.length === 0 ? '' : `Values: ${values.slice(-5).map(pointText).join(', ')}`, inside),
    ...wrapped(quoted.length === 0 ? '' : `Seen: ${quoted.join('; ')}`, inside),
    ...wrapped(asSentence(advice), inside),
    ...wrapped(`Rollback plan (${rollback.scope}):`, inside),
    ...rollback.steps.flatMap(({ title, command }) => [
      ...wrapped(`- ${title}`, inside),
      // Whole, to be copied.
      ...(command === undefined ? [] : [`${' '.repeat(INDENT)}  ${oneLine(command)}`]),
    ]),
  ];
}

/** The verdict and why, for the last line. */
export function renderWatchVerdict(report: WatchReport, page: TerminalPage): string {
  const { standing, watch, because } = report;
  const isOpen = standing === 'inconclusive' && watch.stage === null;
  const why = isOpen ? `Success criteria: ${rowsText(report)}.` : oneLine(because);
  const lines = wrapped(`${watchTitle(report).toUpperCase()}: ${why}`, { page, tone: standingTones[standing] });
  return `${lines.join('\n')}\n`;
}
