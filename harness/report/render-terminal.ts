/** The gate report for a terminal: verdict, table, what was not checked, and the way back. */
import { styleText } from 'node:util';
import { formatLimit } from '../lib/format.ts';
import { decides, type Finding } from '../model/finding.ts';
import type { GateReport, SuccessCriterionResult } from '../model/gate-report.ts';
import type { Verdict } from '../model/outcome.ts';
import type { RollbackStep } from '../model/rollback.ts';
import { oneLine, plainText } from './plain-text.ts';
import { displayWidth, fit, wrap } from './terminal-text.ts';
import {
  asSentence,
  controlName,
  counted,
  drillMarkText,
  footprintText,
  headline,
  isWorthAWord,
  notCheckedByReason,
  notProvenByReason,
  observedText,
  outcomeWords,
  proofsText,
  rollbackReadiness,
  rowOutcome,
  rowsMet,
  sideRole,
  thresholdNote,
  verdictWords,
  waiverSentences,
  walkSentences,
  whatToDo,
  worstFirst,
} from './wording.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns; only rollback commands may run past them, so that they can be copied whole. */
  readonly width: number;
}

type Tone = SuccessCriterionResult['outcome'] | Verdict | 'quiet' | 'strong';
type Paint = (text: string, tone: Tone) => string;

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** Lines joined by line feeds, ending in one. Without colour, every outcome is still a word. */
export function renderTerminal(report: GateReport, { colour, width }: TerminalOptions): string {
  const page: Page = { width, paint: colour ? painted : (text) => text };
  const sections = [
    verdictLines(report, page),
    findingLines(report.findings, page),
    successCriteriaLines(report.successCriteria, page),
    notCheckedLines(report, page),
    notProvenLines(report, page),
    [...footprintLines(report, page), ...proofLines(report, page)],
    rollbackLines(report, page),
  ];
  const lines = sections.filter((section) => section.length > 0).map((section) => section.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function verdictLines(report: GateReport, { width, paint }: Page): readonly string[] {
  const { run, verdict } = report;
  const facts = `${run.rollout}: ${run.target.name}, release ${run.target.release}, profile ${run.profile}`;
  const mark = drillMarkText(report);
  const sentences = [
    ...(mark === null ? [] : [mark]),
    headline(report),
    whatToDo(report),
    ...waiverSentences(report),
    ...(run.interrupted === undefined ? [] : [run.interrupted]),
  ];
  return [
    paint(verdictWords[verdict].toUpperCase(), verdict),
    ...wrapped(facts, { width, indent: 0 }),
    ...sentences.flatMap((sentence) => wrapped(sentence, { width, indent: 0 })),
  ];
}

function findingLines(findings: readonly Finding[], page: Page): readonly string[] {
  const sorted = worstFirst(findings);
  const deciding = sorted.filter(decides);
  const aside = sorted.filter((finding) => !decides(finding));
  if (sorted.length === 0) return [];
  return [
    page.paint(row(['outcome', 'criterion', 'observed', 'limit', 'samples'], page), 'quiet'),
    ...deciding.flatMap((finding) => oneFinding(finding, page)),
    ...(aside.length > 0 ? [page.paint(`${rolesOf(aside)}, decides nothing:`, 'quiet')] : []),
    ...aside.flatMap((finding) => oneFinding(finding, page)),
  ];
}

function rolesOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(sideRole))].join(' or ');
}

function oneFinding(finding: Finding, page: Page): readonly string[] {
  const { observed, limit, outcome, message, needs } = finding;
  const samples = observed === undefined ? '–' : String(observed.samples);
  const cells = [outcomeWord(outcome), finding.criterion, observedText(finding), formatLimit(limit), samples];
  const line = row(cells, page);
  const word = fit(outcomeWord(outcome), outcomeColumns);
  const paintedLine = page.paint(word, outcome) + line.slice(word.length);
  if (!isWorthAWord(finding)) return [paintedLine];
  const note = thresholdNote(finding);
  const said = [message, ...(note === null ? [] : [note]), ...(needs ? [asSentence(`Needs: ${needs}`)] : [])];
  return [paintedLine, ...wrapped(said.join(' '), { width: page.width, indent: outcomeColumns + 1 })];
}

const outcomeColumns = 12;
const numberColumns = [10, 10, 7] as const;

/** The criterion's id takes what the other columns leave. */
function row(cells: readonly string[], { width }: Page): string {
  const [outcome = '', criterion = '', ...numbers] = cells.map((cell) => oneLine(cell));
  const taken = outcomeColumns + 1 + numberColumns.reduce((sum, columns) => sum + columns + 1, 0);
  const fitted = numbers.map((number, index) => fit(number, numberColumns[index] ?? 0, 'right'));
  return [fit(outcome, outcomeColumns), fit(criterion, Math.max(12, width - taken)), ...fitted].join(' ');
}

function successCriteriaLines(rows: readonly SuccessCriterionResult[], { width, paint }: Page): readonly string[] {
  if (rows.length === 0) return [];
  const items = rows.map((one) => ({ text: `${oneLine(one.id, 20)} ${rowWord(one)}`, outcome: one.outcome }));
  const lines: { text: string; shown: string }[] = [{ text: '', shown: '' }];
  for (const { text, outcome } of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.text !== '' && displayWidth(`${last.text}   ${text}`) <= width) {
      lines[lines.length - 1] = { text: `${last.text}   ${text}`, shown: `${last.shown}   ${paint(text, outcome)}` };
    } else {
      lines.push({ text, shown: paint(text, outcome) });
    }
  }
  const title = `Success criteria: ${rowsMet(rows)}`;
  return [paint(title, 'strong'), ...lines.slice(1).map((line) => line.shown)];
}

function notCheckedLines(report: GateReport, { width, paint }: Page): readonly string[] {
  if (report.notExercised.length === 0) return [];
  return [
    paint(`Not checked: ${counted(report.notExercised.length, 'thing', 'things')}`, 'strong'),
    ...notCheckedByReason(report).flatMap(([reason, items]) => [
      ...wrapped(asSentence(reason), { width, indent: 2 }),
      ...wrapped(items.map(({ id }) => id).join(', '), { width, indent: 4 }),
    ]),
  ];
}

/** What says "none seen" may be blind in these. */
function notProvenLines(report: GateReport, { width, paint }: Page): readonly string[] {
  if (report.notProven.length === 0) return [];
  return [
    paint(`Not proved to be seen: ${counted(report.notProven.length, 'control', 'controls')}`, 'strong'),
    ...notProvenByReason(report).flatMap(([reason, items]) => [
      ...wrapped(asSentence(reason), { width, indent: 2 }),
      ...wrapped(items.map(controlName).join(', '), { width, indent: 4 }),
    ]),
  ];
}

function footprintLines(report: GateReport, { width, paint }: Page): readonly string[] {
  const text = footprintText(report);
  const texts = [...walkSentences(report), ...(text === null ? [] : [text])];
  return texts.flatMap((one) => wrapped(one, { width, indent: 0 })).map((line) => paint(line, 'quiet'));
}

/** What was never seen red says less by being green. */
function proofLines(report: GateReport, { width, paint }: Page): readonly string[] {
  const text = proofsText(report);
  return text === null ? [] : wrapped(text, { width, indent: 0 }).map((line) => paint(line, 'quiet'));
}

function rollbackLines({ verdict, rollback }: GateReport, { width, paint }: Page): readonly string[] {
  if (verdict !== 'no-go' || rollback.steps.length === 0) return [];
  return [
    paint('Roll back', 'strong'),
    ...wrapped(rollbackReadiness(rollback), { width, indent: 2 }),
    ...(rollback.notes ?? []).flatMap((note) => wrapped(note, { width, indent: 2 })),
    ...rollback.steps.flatMap((step, index) => stepLines(step, { number: index + 1, width, paint })),
  ];
}

function stepLines(
  { title, layer, command, verify }: RollbackStep,
  page: Page & { number: number },
): readonly string[] {
  const commands = command === undefined ? [] : plainText(command).split('\n');
  return [
    ...wrapped(`${page.number}. [${layer}] ${title}`, { width: page.width, indent: 2 }),
    ...commands.map((line) => `     ${page.paint(`$ ${line}`, 'strong')}`),
    ...wrapped(`Then: ${verify}`, { width: page.width, indent: 5 }),
  ];
}

function rowWord(row: SuccessCriterionResult): string {
  return row.outcome === 'fail' ? outcomeWord('fail') : rowOutcome(row);
}

/** A failure stands out by its capitals where there is no colour. */
function outcomeWord(outcome: SuccessCriterionResult['outcome']): string {
  return outcome === 'fail' ? outcomeWords[outcome].toUpperCase() : outcomeWords[outcome];
}

function wrapped(
  text: string,
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly string[] {
  return wrap(oneLine(text, 600), width - indent).map((line) => ' '.repeat(indent) + line);
}

function painted(text: string, tone: Tone): string {
  return styleText(styles[tone], text, { validateStream: false });
}

const styles: { readonly [tone in Tone]: Parameters<typeof styleText>[0] } = {
  go: ['bold', 'green'],
  'no-go': ['bold', 'red'],
  inconclusive: 'yellow',
  pass: 'green',
  fail: ['bold', 'red'],
  'not-exercised': 'dim',
  quiet: 'dim',
  strong: 'bold',
};
