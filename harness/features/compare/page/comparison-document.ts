/** A comparison as a document: what it came to, the table of before and after, the changes as intervals, and what was not compared. */
import { formatDuration } from '../../../lib/format.ts';
import type { ComparedCriterion, ComparedPart, ComparedSide, ComparisonReport } from '../../../model/comparison.ts';
import {
  type Block,
  type Column,
  code,
  commaSeparated,
  drawing,
  list,
  type Mark,
  outcome,
  paragraph,
  type ReportDocument,
  type Row,
  type Span,
  section,
  strong,
  type Text,
  tableWithAside,
} from '../../../report/document.ts';
import { asSentence, counted, instantText } from '../../../report/wording.ts';
import { changesChart } from './changes-chart.ts';
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
  shortChangeText,
  tableNote,
  valueText,
  worstFirst,
} from './wording.ts';

const gateVerdicts = { 'nothing-worse': 'go', worse: 'no-go', undecided: 'inconclusive' } as const;

export function comparisonDocument(report: ComparisonReport): ReportDocument {
  const { comparison, verdict, before, after } = report;
  return {
    title: `${comparisonVerdictWords[verdict]}: ${before.name} → ${after.name}, ${comparison.rollout}`,
    banner: {
      kicker: `Comparison, ${comparison.rollout}`,
      verdict: gateVerdicts[verdict],
      word: comparisonVerdictWords[verdict],
      subject: comparison.rollout,
      blocks: bannerBlocks(report),
    },
    blocks: [differences(report), ...table(report), notCompared(report), identity(report)],
  };
}

function bannerBlocks(report: ComparisonReport): readonly (Block | null)[] {
  const { comparison } = report;
  const tookMs = Date.parse(comparison.finishedAt) - Date.parse(comparison.startedAt);
  return [
    paragraph([`${comparisonHeadline(report)} `, strong(comparisonMeaning(report))]),
    paragraph(`${designText(report)}.`, { only: ['terminal', 'markdown'] }),
    comparison.endedEarly === null
      ? null
      : paragraph(asSentence(`Ended early: ${comparison.endedEarly}`), { tone: 'warning' }),
    {
      kind: 'facts',
      only: ['html'],
      items: [
        ['Compared', designText(report)],
        ['Profile', comparison.profile],
        ['Started', instantText(comparison.startedAt)],
        ['Took', formatDuration(tookMs)],
      ],
    },
  ];
}

/** In words; the terminal has them below the rows of the table. */
function differences({ criteria }: ComparisonReport): Block {
  const items = worstFirst(criteria)
    .filter((one) => directionWord(one) !== 'same')
    .map((one) => ({ lead: badge(one), text: [code(one.criterion), ` ${messageOf(one)}`] }));
  return section('What is not the same', [list(items)], { id: 'not-same', only: ['markdown', 'html'] });
}

function messageOf({ message, needs }: ComparedCriterion): string {
  return [asSentence(message), ...(needs === undefined ? [] : [asSentence(`Needs: ${needs}`)])].join(' ');
}

const columns: readonly Column[] = [
  { head: 'outcome', width: 9 },
  { head: 'criterion' },
  { head: 'before', align: 'right', width: 9 },
  { head: 'after', align: 'right', width: 9 },
  { head: 'change', align: 'right', width: 9, only: ['terminal'] },
  { head: 'change', align: 'right', only: ['markdown', 'html'] },
  { head: 'interval', align: 'right', only: ['markdown', 'html'] },
  { head: 'confidence', align: 'right', width: 10 },
  { head: 'effect', only: ['markdown', 'html'] },
];

function table(report: ComparisonReport): readonly Block[] {
  const rows = worstFirst(report.criteria).flatMap((one) =>
    criterionRows(one).map((row) => ({ row, isAside: one.severity === 'advisory' })),
  );
  return [
    section(
      'Before and after',
      [
        ...tableWithAside({ columns, rows, note: 'advisory, decides nothing:' }),
        report.criteria.length === 0 ? null : paragraph(tableNote(report), { tone: 'quiet' }),
      ],
      { id: 'table' },
    ),
    section('The changes and what is negligible', [drawing(() => changesChart(report.criteria))], { id: 'changes' }),
  ];
}

function criterionRows(one: ComparedCriterion): readonly Row[] {
  const role: Span = one.severity === 'advisory' ? { kind: 'tag', text: 'advisory', only: ['markdown', 'html'] } : null;
  return [
    {
      cells: cellsOf([code(one.criterion), role], one),
      below: directionWord(one) === 'same' ? [] : [messageOf(one)],
    },
    ...one.parts.map((part) => ({ cells: cellsOf(part.label, part), isPart: true })),
  ];
}

function cellsOf(name: Text, part: ComparedPart): readonly Text[] {
  const { before, after, change, effect } = part;
  return [
    badge(part),
    name,
    valueText(before),
    valueText(after),
    shortChangeText(change),
    changeText(change),
    intervalText(change),
    confidenceText(change),
    effectText(effect),
  ];
}

const marks: { readonly [direction in Direction]: Mark } = {
  worse: 'fail',
  undecided: 'inconclusive',
  better: 'pass',
  same: 'not-exercised',
};

function badge(part: Pick<ComparedPart, 'outcome' | 'worse'>): Span {
  const word = directionWord(part);
  return outcome(marks[word], word);
}

function notCompared(report: ComparisonReport): Block {
  const items = notComparedByReason(report).map(({ reason, named }) => ({
    text: reason,
    blocks: [paragraph(commaSeparated(named.map(({ criterion }) => code(criterion))))],
  }));
  const count = counted(report.notCompared.length, 'criterion', 'criteria');
  return section('Not compared', [list(items)], { id: 'not-compared', count });
}

function identity(report: ComparisonReport): Block {
  const { comparison, before, after } = report;
  return section(
    'This comparison',
    [
      paragraph(`${negligibleText(report)} ${errorText(report)}`),
      {
        kind: 'facts',
        only: ['markdown', 'html'],
        items: [
          ['Comparison', comparison.id],
          ['Before', sideText(before)],
          ['After', sideText(after)],
          ['Machine', after.environment.machineClass],
          ['Browser', after.environment.browser],
          ['Rampgate', `${comparison.tool.version} (${comparison.tool.commit})`],
          ['Configuration', comparison.configHash],
        ],
      },
    ],
    { id: 'comparison' },
  );
}

function sideText({ target, run, measuredAt }: ComparedSide): string {
  return `${target.name}, release ${target.release}, ${run ?? `${target.web}, API ${target.api}`}, from ${instantText(measuredAt)} on`;
}
