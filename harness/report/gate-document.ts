/** The gate report as a document for the terminal and Markdown. Its page has a layout of its own: `render-html.ts`. */
import { formatLimit } from '../lib/format.ts';
import type { Delivery } from '../model/delivery.ts';
import { decides, type Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import { deliverySentences } from './delivery-wording.ts';
import {
  type Block,
  type Blocks,
  type Column,
  code,
  commaSeparated,
  type Format,
  list,
  outcome,
  paragraph,
  type ReportDocument,
  type Row,
  type Span,
  section,
  strong,
  tableWithAside,
} from './document.ts';
import { type MarkdownOptions, renderMarkdownDocument } from './formats/markdown.ts';
import { renderTerminalDocument, type TerminalPage } from './formats/terminal.ts';
import { rollbackBlocks } from './rollback-blocks.ts';
import {
  asSentence,
  controlName,
  counted,
  drillMarkText,
  errorBudgetText,
  footprintText,
  headline,
  instantText,
  intervalText,
  isWorthAWord,
  machineNoiseText,
  notCheckedByReason,
  notProvenByReason,
  observedText,
  outcomeWords,
  proofsText,
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

export function renderTerminal(report: GateReport, page: TerminalPage): string {
  return renderTerminalDocument(gateDocument(report), page);
}

export function renderMarkdown(
  report: GateReport,
  delivery: Delivery | null = null,
  options: MarkdownOptions = {},
): string {
  return renderMarkdownDocument(gateDocument(report, delivery), options);
}

const inTerminal: { readonly only: readonly Format[] } = { only: ['terminal'] };
const inMarkdown: { readonly only: readonly Format[] } = { only: ['markdown'] };

function gateDocument(report: GateReport, delivery: Delivery | null = null): ReportDocument {
  const { run, verdict } = report;
  return {
    title: `${verdictWords[verdict]}: ${run.rollout}`,
    banner: {
      kicker: 'Gate',
      verdict,
      word: verdictWords[verdict],
      subject: run.rollout,
      blocks: bannerBlocks(report),
    },
    blocks: [
      openFindings(report),
      rollback(report, inMarkdown),
      findings(report),
      successCriteria(report),
      notChecked(report),
      notProven(report),
      ...footer(report, delivery),
      // The end of the output is what stands on the screen.
      rollback(report, inTerminal),
    ],
  };
}

function bannerBlocks(report: GateReport): Blocks {
  const { run } = report;
  const mark = drillMarkText(report);
  return [
    mark === null ? null : paragraph(mark, { tone: 'warning' }),
    paragraph([
      { kind: 'text', text: `${run.rollout}: `, ...inTerminal },
      strong(run.target.name),
      ', release ',
      strong(run.target.release),
      `, profile ${run.profile}`,
    ]),
    paragraph(`${headline(report)} ${whatToDo(report)}`),
    ...waiverSentences(report).map((sentence) => paragraph(sentence, { tone: 'warning' })),
    run.interrupted === undefined ? null : paragraph(run.interrupted, { tone: 'warning' }),
  ];
}

/** In words; the terminal has them below the rows of the table. */
function openFindings({ findings: all }: GateReport): Block {
  const items = worstFirst(all).filter(isWorthAWord);
  return list(
    items.map((finding) => ({
      lead: outcome(finding.outcome, outcomeWords[finding.outcome]),
      text: [code(finding.criterion), ` ${messageOf(finding)}`],
    })),
    inMarkdown,
  );
}

function messageOf(finding: Finding): string {
  const { message, needs } = finding;
  const note = thresholdNote(finding);
  return [
    asSentence(message),
    ...(note === null ? [] : [note]),
    ...(needs === undefined ? [] : [asSentence(`Needs: ${needs}`)]),
  ].join(' ');
}

function rollback(
  { verdict, rollback: plan }: GateReport,
  formats: { readonly only: readonly Format[] },
): Block | null {
  return verdict === 'no-go' ? section('Roll back', rollbackBlocks(plan, { isBrief: true }), formats) : null;
}

const findingColumns: readonly Column[] = [
  { head: 'outcome', width: 12 },
  { head: 'criterion' },
  { head: 'observed', align: 'right', width: 10 },
  { head: 'limit', align: 'right', width: 10 },
  { head: 'interval', align: 'right', ...inMarkdown },
  { head: 'samples', align: 'right', width: 7 },
];

function findings({ findings: all }: GateReport): Block {
  const sorted = worstFirst(all);
  const aside = sorted.filter((finding) => !decides(finding));
  const roles = [...new Set(aside.map(sideRole))].join(' or ');
  return section(
    'Findings',
    tableWithAside({
      columns: findingColumns,
      rows: sorted.map((finding) => ({ row: findingRow(finding), isAside: aside.includes(finding) })),
      note: `${roles}, decides nothing:`,
    }),
  );
}

function findingRow(finding: Finding): Row {
  const { criterion, observed, limit, outcome: mark } = finding;
  const role = sideRole(finding);
  const tag: Span = role === null ? null : { kind: 'tag', text: role, ...inMarkdown };
  return {
    cells: [
      [outcome(mark, outcomeWords[mark]), tag],
      code(criterion),
      observedText(finding),
      formatLimit(limit),
      intervalText(observed),
      observed === undefined ? '–' : String(observed.samples),
    ],
    below: isWorthAWord(finding) ? [messageOf(finding)] : [],
  };
}

function successCriteria({ successCriteria: rows }: GateReport): Block {
  const words = rows.map((row): readonly Span[] => [`${row.id} `, outcome(row.outcome, rowOutcome(row))]);
  return section(
    'Success criteria',
    [
      paragraph(
        words.flatMap((spans, index) => (index === 0 ? spans : [', ', ...spans])),
        inTerminal,
      ),
      {
        kind: 'table',
        ...inMarkdown,
        columns: [{ head: 'outcome' }, { head: '' }, { head: 'criterion' }, { head: 'answered by' }],
        rows: rows.map((row) => ({
          cells: [outcome(row.outcome, rowOutcome(row)), row.id, row.title, commaSeparated(row.findings.map(code))],
        })),
      },
    ],
    { count: rowsMet(rows) },
  );
}

function notChecked(report: GateReport): Block {
  const { notExercised } = report;
  const items = notExercised.map(({ id, title, reason }) => ({ text: [code(id), ` ${asSentence(title)} ${reason}`] }));
  const grouped = notCheckedByReason(report).map(([reason, alike]) =>
    byReason(
      reason,
      alike.map(({ id }) => id),
    ),
  );
  const count = counted(notExercised.length, 'thing', 'things');
  return section('Not checked', [list(items, inMarkdown), list(grouped, inTerminal)], { count });
}

/** What says "none seen" may be blind in these. */
function notProven(report: GateReport): Block {
  const items = report.notProven.map((one) => ({ text: [code(controlName(one)), ` ${asSentence(one.reason)}`] }));
  const grouped = notProvenByReason(report).map(([reason, alike]) => byReason(reason, alike.map(controlName)));
  const count = counted(items.length, 'control', 'controls');
  return section('Not proved to be seen', [list(items, inMarkdown), list(grouped, inTerminal)], { count });
}

function byReason(reason: string, names: readonly string[]) {
  return { text: asSentence(reason), blocks: [paragraph(names.join(', '))] };
}

function footer(report: GateReport, delivery: Delivery | null): Blocks {
  const { run, errorBudget, machineNoise } = report;
  const sentences = [...walkSentences(report), footprintText(report), proofsText(report)].filter((one) => one !== null);
  return [
    paragraph(sentences.join(' '), { tone: 'quiet', ...inTerminal }),
    delivery === null ? null : paragraph(deliverySentences(delivery).join(' '), inMarkdown),
    {
      kind: 'facts',
      ...inMarkdown,
      items: [
        ['Run', run.id],
        ['Started', instantText(run.startedAt)],
        ['Browser', run.environment.browser],
        ['Machine', run.environment.machineClass],
        ['Configuration', run.configHash],
        ['Rampgate', run.tool.version],
        ...[errorBudgetText(errorBudget), machineNoiseText(machineNoise), ...sentences].map(
          (text) => ['', text] as const,
        ),
      ],
    },
  ];
}
