/** A watch as a document: written anew after every round, and printed when the watch has ended. */
import { formatDuration, formatLimit, formatValue } from '../../../lib/format.ts';
import type { Finding } from '../../../model/finding.ts';
import {
  type Block,
  type Blocks,
  code,
  drawing,
  type Format,
  type ListItem,
  list,
  outcome,
  paragraph,
  type ReportDocument,
  section,
  strong,
} from '../../../report/document.ts';
import { renderHtmlDocument } from '../../../report/formats/html.ts';
import { rollbackPlan } from '../../../report/html/rollback-plan.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { rollbackBlocks } from '../../../report/rollback-blocks.ts';
import { asSentence, capital, instantText, isWorthAWord, outcomeWords, rowOutcome } from '../../../report/wording.ts';
import type { Alert, WatchReport } from '../model.ts';
import { courseChart } from './time-series-chart.ts';
import {
  alertSpanText,
  costText,
  isStanding,
  limitsText,
  pointText,
  progressText,
  rowsText,
  timeText,
  watchMeaning,
  watchTitle,
} from './wording.ts';

const asVerdict = { watching: null, success: 'go', inconclusive: 'inconclusive', failed: 'no-go' } as const;

/** The terminal showed the rest as it happened. */
const whole: { readonly only: readonly Format[] } = { only: ['markdown', 'html'] };

/** A page that follows along is loaded again so often. */
const REFRESH_S = 15;

/** The page follows along until the watch has ended. */
export function renderWatchPage(report: WatchReport): string {
  return renderHtmlDocument(watchDocument(report), report.watch.ended === null ? { refreshS: REFRESH_S } : {});
}

export function watchDocument(report: WatchReport): ReportDocument {
  const { watch, standing } = report;
  const { target, stage } = watch;
  const subject = `watch of ${target.name}, release ${target.release}`;
  return {
    title: `${watchTitle(report)}: ${subject}`,
    banner: {
      kicker: `Watch of ${watch.rollout}${stage === null ? '' : `: ${stage.title}`}`,
      verdict: asVerdict[standing],
      word: watchTitle(report),
      subject: `${subject}${stage === null ? '' : `, stage ${stage.name}`}`,
      blocks: bannerBlocks(report),
    },
    blocks: [
      section('Alerts', [list(report.alerts.toReversed().map((alert) => alertItem(alert, report)))], { id: 'alerts' }),
      isRollbackDue(report) ? section('Rollback plan', planBlocks(report.rollback, true), { id: 'back' }) : null,
      successCriteria(report),
      ...watchpoints(report),
      logWindows(report),
      ...criteria(report),
      gaps(report),
      identity(report),
    ],
  };
}

function bannerBlocks(report: WatchReport): Blocks {
  const { watch, because } = report;
  return [
    paragraph([`${because} `, strong(watchMeaning(report))]),
    paragraph(progressText(report)),
    watch.ended === 'interrupted'
      ? paragraph(`Interrupted. Go on with it: npx rampgate watch --resume ${watch.id}`, { tone: 'warning' })
      : null,
    {
      kind: 'facts',
      only: ['html'],
      items: [
        ['Target', `${watch.target.name}, release ${watch.target.release}`],
        ['Watched', `${formatDuration(watch.elapsedMs)} of ${formatDuration(watch.durationMs)}`],
        ['Last seen', `${timeText(watch.seenAt)} UTC`],
        ...(report.successCriteria.length === 0 ? [] : [['Success criteria', rowsText(report)] as const]),
      ],
    },
  ];
}

function alertItem(alert: Alert, report: WatchReport): ListItem {
  const { title, message, values, seen, advice, limit } = alert;
  return {
    text: [
      isStanding(alert) ? outcome('fail', 'stands') : outcome('pass', 'recovered'),
      ' ',
      strong(title),
      limit === null ? null : { kind: 'tag', text: formatLimit(limit) },
    ],
    blocks: [
      paragraph(asSentence(message)),
      paragraph(capital(asSentence(alertSpanText(alert))), { tone: 'quiet' }),
      values.length === 0
        ? null
        : paragraph(`Values: ${values.map(pointText).join(', ')}.`, { tone: 'quiet', ...whole }),
      list(
        seen.map((one) => ({ text: code(one) })),
        whole,
      ),
      paragraph(asSentence(advice), whole),
      ...(isStanding(alert) ? alertPlan(alert, report) : []),
    ],
  };
}

/** Not twice: the steps may be in the plan of the whole watch. */
function alertPlan({ rollback }: Alert, report: WatchReport): Blocks {
  const shown = new Set(isRollbackDue(report) ? report.rollback.steps.map(({ title }) => title) : []);
  const isShown = rollback.steps.length > 0 && rollback.steps.every(({ title }) => shown.has(title));
  if (!isShown) return planBlocks(rollback, false);
  return [paragraph({ kind: 'link', text: 'The rollback plan', to: '#back' }, { only: ['html'] })];
}

function planBlocks(plan: WatchReport['rollback'], inTerminal: boolean): Blocks {
  const others = rollbackBlocks(plan, { isBrief: true }).map((block): Block | null =>
    block === null || block.only !== undefined
      ? block
      : { ...block, only: inTerminal ? ['terminal', 'markdown'] : ['markdown'] },
  );
  return [drawing(() => rollbackPlan(plan)), ...others];
}

function isRollbackDue({ standing, rollback }: WatchReport): boolean {
  return standing === 'failed' && rollback.steps.length > 0;
}

function successCriteria(report: WatchReport): Block {
  return section(
    'Success criteria',
    [
      {
        kind: 'table',
        columns: [
          { head: 'outcome', width: 12 },
          { head: '', width: 4 },
          { head: 'criterion' },
          { head: 'answered by', ...whole },
        ],
        rows: report.successCriteria.map((row) => ({
          cells: [outcome(row.outcome, rowOutcome(row)), row.id, row.title, row.findings.join(', ')],
        })),
      },
    ],
    { id: 'rows', count: rowsText(report) },
  );
}

function watchpoints({ courses, alerts }: WatchReport): readonly (Block | null)[] {
  if (courses.length === 0) return [paragraph('Nothing was sampled yet.', { tone: 'quiet', ...whole })];
  const drawn = courses.filter(({ alert, points }) => alert !== null || points.some(({ value }) => value > 0));
  const flat = courses.filter((course) => !drawn.includes(course));
  const rows = courses.map((course) => {
    const last = course.points.at(-1);
    return { cells: [code(course.id), last === undefined ? '–' : pointText(last), limitsText(course)] };
  });
  const columns = [{ head: 'watchpoint' }, { head: 'last' }, { head: 'limits' }];
  return [
    section('Last values', [{ kind: 'table', columns, rows, only: ['markdown'] }], { id: 'values' }),
    section(
      'Watchpoints',
      [
        ...drawn.map((course) => {
          const own = alerts.filter(({ id }) => id === course.id);
          return section(`${course.title} (${course.id})`, [drawing(() => courseChart(course, own))]);
        }),
        flat.length === 0
          ? null
          : paragraph(`Zero all along: ${flat.map(({ id }) => id).join(', ')}.`, { tone: 'quiet', only: ['html'] }),
      ],
      { id: 'courses' },
    ),
  ];
}

function logWindows({ logWindows: windows }: WatchReport): Block {
  const bySource = [...Map.groupBy(windows, ({ source }) => source)].map(([source, own]): Block => {
    const patterns = [...new Set(own.flatMap(({ counts }) => Object.keys(counts)))];
    const heads = ['lasted', 'lines', ...patterns.map((sli) => sli.replace(/^logs\./, ''))];
    return section(source, [
      {
        kind: 'table',
        columns: [{ head: 'until' }, ...heads.map((head) => ({ head, align: 'right' as const }))],
        rows: own.map(({ until, lastedMs, lines, counts }) => ({
          cells: [
            timeText(until),
            formatDuration(lastedMs),
            String(lines),
            ...patterns.map((sli) => String(counts[sli] ?? 0)),
          ],
        })),
      },
    ]);
  });
  return section('Log patterns, window by window', bySource, { id: 'windows', ...whole });
}

/** What did not pass, what passed, and what was not looked at at all. */
function criteria({ findings, notExercised }: WatchReport): readonly Block[] {
  const worth = findings.filter(isWorthAWord);
  const all = [...worth, ...findings.filter((finding) => !worth.includes(finding))];
  const unwatched = notExercised.map(({ id, reason }) => ({ lead: code(id), text: asSentence(reason) }));
  return [
    section('What did not pass', [list(saidOnce(worth))], { id: 'failed', only: ['terminal', 'markdown'] }),
    section('Criteria', [list(all.map(criterionItem))], { id: 'open', only: ['html'] }),
    section('Not watched', [list(unwatched)], { id: 'unwatched', ...whole }),
  ];
}

function criterionItem({ outcome: mark, title, criterion, message, needs }: Finding): ListItem {
  const said = [asSentence(message), ...(needs === undefined ? [] : [asSentence(`Needs: ${needs}`)])].join(' ');
  return {
    lead: outcome(mark, outcomeWords[mark]),
    text: [strong(title), ' ', code(criterion)],
    blocks: [paragraph(said)],
  };
}

/** What an outside tool said can be pages long; the page has the whole. */
const LONGEST = 240;

/** What is the same of several criteria stands there once. */
function saidOnce(findings: readonly Finding[]): readonly ListItem[] {
  const alike = Map.groupBy(findings, ({ outcome: mark, message, needs }) => JSON.stringify([mark, message, needs]));
  return [...alike.values()].flatMap((same) =>
    same.slice(0, 1).map(({ outcome: mark, message, needs }) => ({
      lead: outcome(mark, outcomeWords[mark]),
      text: [
        code(same.map(({ criterion }) => criterion).join(', ')),
        `: ${asSentence(oneLine(message, LONGEST))}${needs === undefined ? '' : ` Needs: ${asSentence(needs)}`}`,
      ],
    })),
  );
}

function gaps({ gaps: all, sources }: WatchReport): Block {
  const samples = sources.map(
    ({ name, samples: count, lost }) => `${name} ${count}${lost > 0 ? ` (${lost} lost)` : ''}`,
  );
  return section(
    'Gaps',
    [
      all.length === 0 ? paragraph('None: everything was seen all the time.', { only: ['html'] }) : null,
      list(all.map(({ from, message }) => ({ lead: timeText(from), text: asSentence(oneLine(message, LONGEST)) }))),
      paragraph(`Samples: ${samples.join(', ')}.`, { tone: 'quiet', only: ['html'] }),
    ],
    { id: 'gaps' },
  );
}

function identity(report: WatchReport): Block {
  const { watch } = report;
  const share = formatValue(watch.falseAlerts, 'ratio');
  return section(
    'This watch',
    [
      paragraph(
        `${costText(report) ?? ''} A whole watch like this one raises a false alert with a probability of at most ${share}.`.trim(),
        { tone: 'quiet' },
      ),
      paragraph(
        [
          'Every observation is in ',
          { kind: 'link', text: 'journal.ndjson', to: 'journal.ndjson' },
          ', this report as data in ',
          { kind: 'link', text: 'watch.json', to: 'watch.json' },
          '.',
        ],
        { tone: 'quiet', ...whole },
      ),
      {
        kind: 'facts',
        ...whole,
        items: [
          ['Watch', watch.id],
          ['Began', instantText(watch.startedAt)],
          ['Machine', watch.machine],
          ['Rampgate', `${watch.tool.version} (${watch.tool.commit})`],
          ['Configuration', watch.configHash],
        ],
      },
    ],
    { id: 'watch' },
  );
}
