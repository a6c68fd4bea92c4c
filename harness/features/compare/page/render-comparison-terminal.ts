/** A comparison for a terminal: what it came to, the table of before and after, and what was not compared. */
import { styleText } from 'node:util';
import type { ComparedCriterion, ComparedPart, ComparisonReport } from '../../../model/comparison.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { fit, wrap } from '../../../report/terminal-text.ts';
import { asSentence } from '../../../report/wording.ts';
import {
  comparisonHeadline,
  comparisonMeaning,
  comparisonVerdictWords,
  confidenceText,
  type Direction,
  designText,
  directionWord,
  errorText,
  negligibleText,
  notComparedByReason,
  shortChangeText,
  tableNote,
  valueText,
  worstFirst,
} from './wording.ts';

export interface ComparisonPage {
  readonly colour: boolean;
  readonly width: number;
}

type Tone = Direction | 'quiet';

/** Lines joined by line feeds, ending in one. Without colour, every outcome is still a word. */
export function renderComparisonTerminal(report: ComparisonReport, page: ComparisonPage): string {
  const sections = [verdictLines(report, page), tableLines(report, page), endLines(report, page)];
  const lines = sections.filter((section) => section.length > 0).map((section) => section.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

const verdictTones = { 'nothing-worse': 'better', worse: 'worse', undecided: 'undecided' } as const;

function verdictLines(report: ComparisonReport, page: ComparisonPage): string[] {
  const { verdict, comparison } = report;
  return [
    paint(comparisonVerdictWords[verdict].toUpperCase(), verdictTones[verdict], page),
    ...wrap(`${oneLine(designText(report))}.`, page.width),
    ...wrap(`${comparisonHeadline(report)} ${comparisonMeaning(report)}`, page.width),
    ...(comparison.endedEarly === null
      ? []
      : wrap(asSentence(`Ended early: ${oneLine(comparison.endedEarly)}`), page.width)),
  ];
}

function tableLines({ criteria, ...report }: ComparisonReport, page: ComparisonPage): string[] {
  if (criteria.length === 0) return [];
  const sorted = worstFirst(criteria);
  const deciding = sorted.filter(({ severity }) => severity === 'blocking');
  const advisory = sorted.filter(({ severity }) => severity === 'advisory');
  return [
    paint(row(['', 'criterion', 'before', 'after', 'change', 'confidence'], page), 'quiet', page),
    ...deciding.flatMap((criterion) => criterionLines(criterion, page)),
    ...(advisory.length === 0 ? [] : [paint('advisory, decides nothing:', 'quiet', page)]),
    ...advisory.flatMap((criterion) => criterionLines(criterion, page)),
    '',
    ...wrap(tableNote({ criteria, ...report }), page.width).map((line) => paint(line, 'quiet', page)),
  ];
}

function criterionLines(criterion: ComparedCriterion, page: ComparisonPage): string[] {
  const { message, needs, parts } = criterion;
  const said = [message, ...(needs === undefined ? [] : [asSentence(`Needs: ${needs}`)])].join(' ');
  const explained = directionWord(criterion) === 'same' ? [] : indented(said, page);
  return [
    partLine(criterion.criterion, criterion, page),
    ...explained,
    ...parts.map((part) => partLine(`  ${part.label}`, part, page)),
  ];
}

function partLine(name: string, part: ComparedPart, page: ComparisonPage): string {
  const { before, after, change } = part;
  const word = directionWord(part);
  const cells = [word, name, valueText(before), valueText(after), shortChangeText(change), confidenceText(change)];
  const line = row(cells, page);
  return paint(line.slice(0, wordColumns), word, page) + line.slice(wordColumns);
}

const wordColumns = 9;
const numberColumns = [9, 9, 9, 10] as const;

/** The criterion's id takes what the other columns leave. */
function row(cells: readonly string[], { width }: ComparisonPage): string {
  const [word = '', name = '', ...numbers] = cells;
  const taken = wordColumns + 1 + numberColumns.reduce((sum, columns) => sum + columns + 1, 0);
  const indent = /^ */.exec(name)?.[0] ?? '';
  const fitted = numbers.map((number, index) => fit(oneLine(number), numberColumns[index] ?? 0, 'right'));
  return [fit(word, wordColumns), fit(indent + oneLine(name), Math.max(12, width - taken)), ...fitted].join(' ');
}

function endLines(report: ComparisonReport, page: ComparisonPage): string[] {
  const notCompared = notComparedByReason(report).flatMap(({ reason, named }) => [
    ...wrap(oneLine(reason), page.width),
    ...indented(named.map(({ criterion }) => criterion).join(', '), page),
  ]);
  return [
    ...(notCompared.length === 0 ? [] : [`Not compared: ${report.notCompared.length}`, ...notCompared, '']),
    ...wrap(`${negligibleText(report)} ${errorText(report)}`, page.width),
  ];
}

function indented(text: string, { width }: ComparisonPage): string[] {
  return wrap(oneLine(text), width - 4).map((line) => `    ${line}`);
}

function paint(text: string, tone: Tone, { colour }: ComparisonPage): string {
  return colour ? styleText(styles[tone], text, { validateStream: false }) : text;
}

const styles: { readonly [tone in Tone]: Parameters<typeof styleText>[0] } = {
  better: 'green',
  same: 'dim',
  worse: ['bold', 'red'],
  undecided: 'yellow',
  quiet: 'dim',
};
