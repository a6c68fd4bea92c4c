/** A watch as Markdown, for a ticket or a chat. */
import { formatDuration, formatLimit } from '../../../lib/format.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { asSentence, instantText, isWorthAWord, outcomeWords, rowOutcome } from '../../../report/wording.ts';
import type { Alert, WatchReport } from '../model.ts';
import {
  alertSpanText,
  costText,
  limitsText,
  pointText,
  progressText,
  rowsText,
  timeText,
  watchMeaning,
  watchTitle,
} from './wording.ts';

export function renderWatchMarkdown(report: WatchReport): string {
  const { watch, because, alerts, successCriteria, findings, logWindows, gaps, rollback, standing } = report;
  const stage = watch.stage === null ? '' : `, stage ${watch.stage.name}`;
  const cost = costText(report);
  const open = findings.filter(isWorthAWord);
  const sections = [
    `# ${watchTitle(report)}: watch of ${cell(watch.target.name)}, release ${cell(watch.target.release)}${stage}`,
    `${cell(because)} ${watchMeaning(report)}\n\n${progressText(report)} Began ${instantText(watch.startedAt)}.`,
    ...(alerts.length === 0 ? [] : ['## Alerts', ...alerts.map(alertSection)]),
    ...(standing === 'failed' ? [backSection(rollback)] : []),
    ...(successCriteria.length === 0 ? [] : [`## Success criteria: ${rowsText(report)}`]),
    table(
      ['', 'Row', 'Outcome'],
      successCriteria.map((row) => [row.id, row.title, rowOutcome(row)]),
    ),
    ...(open.length === 0
      ? []
      : [
          '## What did not pass',
          list(
            open.map(({ outcome, criterion, message }) => `**${outcomeWords[outcome]}** \`${criterion}\`: ${message}`),
          ),
        ]),
    '## Last values',
    table(
      ['Watchpoint', 'Last', 'Limits'],
      report.courses.map((course) => {
        const last = course.points.at(-1);
        return [course.id, last === undefined ? '–' : pointText(last), limitsText(course)];
      }),
    ),
    ...(logWindows.length === 0
      ? []
      : [
          '## Log windows',
          table(
            ['Until', 'Log', 'Lasted', 'Lines', 'Counts'],
            logWindows.map((one) => [
              timeText(one.until),
              one.source,
              formatDuration(one.lastedMs),
              String(one.lines),
              Object.entries(one.counts)
                .map(([sli, count]) => `${sli} ${count}`)
                .join(', '),
            ]),
          ),
        ]),
    ...(gaps.length === 0 ? [] : ['## Gaps', list(gaps.map(({ from, message }) => `${timeText(from)} ${message}`))]),
    ...(cost === null ? [] : [cost]),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function alertSection(alert: Alert): string {
  const { title, message, values, advice, limit } = alert;
  return [
    `### ${cell(title)}${limit === null ? '' : ` (${formatLimit(limit)})`}`,
    asSentence(`${alertSpanText(alert)}: ${cell(message)}`),
    ...(values.length === 0 ? [] : [`Values: ${values.map(pointText).join(', ')}.`]),
    asSentence(cell(advice)),
    backSection(alert.rollback),
  ].join('\n\n');
}

function backSection({ scope, steps }: WatchReport['rollback']): string {
  if (steps.length === 0) return '';
  const told = steps.map(({ title, command, verify }) => {
    const run = command === undefined ? '' : `: \`${oneLine(command).replaceAll('`', "'")}\``;
    return `${cell(title)}${run}; then ${cell(verify)}`;
  });
  return `The way back (${scope}):\n\n${told.map((text, index) => `${index + 1}. ${text}`).join('\n')}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${cell(item)}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;');
}
