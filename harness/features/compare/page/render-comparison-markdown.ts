/** A comparison as Markdown that fits a pull-request comment: the delta report. */
import type { ComparedCriterion, ComparedPart, ComparisonReport } from '../../../model/comparison.ts';
import { code, escaped, tableRow } from '../../../report/markdown-text.ts';
import { asSentence, instantText } from '../../../report/wording.ts';
import {
  changeText,
  comparisonHeadline,
  comparisonMeaning,
  comparisonVerdictWords,
  confidenceText,
  type Direction,
  designText,
  directionWord,
  effectText,
  errorText,
  intervalText,
  negligibleText,
  notComparedByReason,
  tableNote,
  valueText,
  worstFirst,
} from './wording.ts';

const marks: { readonly [direction in Direction]: string } = {
  worse: '❌',
  undecided: '❔',
  better: '✅',
  same: '➖',
};
const verdictMarks = { 'nothing-worse': '✅', worse: '❌', undecided: '❔' } as const;

/** GitHub-flavoured Markdown, ending in a line feed. Foreign text is escaped and mentions nobody. */
export function renderComparisonMarkdown(report: ComparisonReport): string {
  const sections = [headSection(report), explained(report), table(report), notCompared(report), identity(report)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function headSection(report: ComparisonReport): string {
  const { verdict, comparison } = report;
  const heading = `## ${verdictMarks[verdict]} ${comparisonVerdictWords[verdict]}: ${escaped(comparison.rollout)}`;
  const early =
    comparison.endedEarly === null ? '' : `\n\n⚠️ ${escaped(asSentence(`Ended early: ${comparison.endedEarly}`))}`;
  return `${heading}\n\n${escaped(designText(report))}\n\n${comparisonHeadline(report)} ${comparisonMeaning(report)}${early}`;
}

/** What is not the same, in words; the table has the numbers. */
function explained({ criteria }: ComparisonReport): string {
  return worstFirst(criteria)
    .filter((one) => directionWord(one) !== 'same')
    .map((one) => {
      const needed = one.needs === undefined ? '' : ` Needs: ${asSentence(escaped(one.needs))}`;
      return `- ${marks[directionWord(one)]} ${code(one.criterion)} ${asSentence(escaped(one.message))}${needed}`;
    })
    .join('\n');
}

function table(report: ComparisonReport): string {
  if (report.criteria.length === 0) return '';
  const head = [
    '| | criterion | before | after | change | interval | confidence | effect |',
    '|:--|:--|--:|--:|--:|--:|--:|:--|',
  ];
  const rows = worstFirst(report.criteria).flatMap((one) => [
    rowOf(`${code(one.criterion)}${one.severity === 'advisory' ? ' (advisory)' : ''}`, one),
    ...one.parts.map((part) => rowOf(`&emsp;${escaped(part.label)}`, part)),
  ]);
  return ['### Before and after', [...head, ...rows].join('\n'), escaped(tableNote(report))].join('\n\n');
}

function rowOf(name: string, part: ComparedPart | ComparedCriterion): string {
  const { before, after, change, effect } = part;
  const word = directionWord(part);
  const cells = [
    valueText(before),
    valueText(after),
    changeText(change),
    intervalText(change),
    confidenceText(change),
    effectText(effect),
  ];
  return tableRow([`${marks[word]} ${word}`, name, ...cells.map(escaped)]);
}

function notCompared(report: ComparisonReport): string {
  const items = notComparedByReason(report).map(
    ({ reason, named }) =>
      `- ${[escaped(reason), named.map(({ criterion }) => code(criterion)).join(', ')].join(' ').trimEnd()}`,
  );
  return items.length === 0 ? '' : ['### Not compared', items.join('\n')].join('\n\n');
}

function identity(report: ComparisonReport): string {
  const { comparison, before, after } = report;
  const facts = [
    comparison.id,
    instantText(comparison.startedAt),
    `before: ${before.run ?? before.target.web}`,
    `after: ${after.run ?? after.target.web}`,
    after.environment.browser,
    after.environment.machineClass,
    `Rampgate ${comparison.tool.version}`,
    negligibleText(report),
    errorText(report),
  ];
  return `<sub>${facts.map(escaped).join(' · ')}</sub>`;
}
