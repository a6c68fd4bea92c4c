/** The incident document that the checklist asks for, as Markdown to be completed by people. */
import { formatLimit } from '../../../../lib/format.ts';
import type { Evidence } from '../../../../model/evidence.ts';
import { decides, type Finding } from '../../../../model/finding.ts';
import type { GateReport } from '../../../../model/gate-report.ts';
import { code, escaped, linkTo } from '../../../../report/markdown-text.ts';
import { sparkline } from '../../../../report/sparkline.ts';
import {
  asSentence,
  instantText,
  intervalText,
  observedText,
  verdictWords,
  worstFirst,
} from '../../../../report/wording.ts';
import type { RollbackLog } from '../../log.ts';
import { chartPath, doneSection, forPeople, type IncidentDocument, logLinks, timelineSection } from './document.ts';
import { courseOf, firstBeyond, measurementOf, worstIn } from './time-series.ts';
import { courseChart } from './time-series-chart.ts';
import { timelineOf } from './timeline.ts';

export interface IncidentSources {
  readonly report: GateReport;
  readonly evidence: readonly Evidence[];
  /** Rollback executions, oldest first. */
  readonly logs: readonly RollbackLog[];
}

/** A line of text is as wide as this many bars. */
const BARS = 60;

/** The first so many of what was seen are quoted; the evidence has the rest. */
const QUOTED = 5;

export function renderIncident(sources: IncidentSources): IncidentDocument {
  const { report, evidence, logs } = sources;
  const failed = worstFirst(report.findings).filter((finding) => decides(finding) && finding.outcome === 'fail');
  const charts = failed.flatMap((finding) => {
    const course = courseOf(finding, evidence);
    return course === null ? [] : [{ path: chartPath(finding.criterion), svg: courseChart(finding, course) }];
  });
  const sections = [
    summary(report, failed),
    timelineSection(timelineOf(report, { failed, evidence, logs })),
    [
      '## What failed',
      ...(failed.length === 0 ? ['No blocking criterion failed.'] : failed.map((one) => failure(one, evidence))),
    ],
    doneSection(logs),
    evidenceLinks(report, logs),
    reReview(report, failed),
  ];
  return { markdown: `${sections.flat().join('\n\n')}\n`, charts };
}

function summary({ run, verdict, rollback }: GateReport, failed: readonly Finding[]): readonly string[] {
  const { target } = run;
  return [
    `# Incident: ${escaped(run.rollout)} on ${escaped(target.name)}`,
    [
      `- Release **${escaped(target.release)}**, ${escaped(target.web)}, ${escaped(target.api)}`,
      `- ${verdictWords[verdict]} at ${instantText(run.finishedAt)}, run ${code(run.id)}`,
      `- Failed: ${failed.length === 0 ? 'nothing that decides' : failed.map(({ criterion }) => code(criterion)).join(', ')}`,
      `- Layers to take back: ${rollback.scope}`,
    ].join('\n'),
    forPeople,
  ];
}

function failure(finding: Finding, evidence: readonly Evidence[]): string {
  const { criterion, title, message, limit, observed, rationale } = finding;
  const interval = intervalText(observed);
  const facts = [
    `observed ${observedText(finding)}`,
    `limit ${formatLimit(limit)}`,
    ...(interval === '' ? [] : [`interval ${interval}`]),
    ...(observed === undefined ? [] : [`${observed.samples} samples`]),
  ];
  return [
    `### ${code(criterion)} ${escaped(title)}`,
    `${escaped(asSentence(message))}`,
    escaped(facts.join(', ')),
    ...courseSection(finding, evidence),
    ...quotes(finding, evidence),
    `Why it matters: ${escaped(rationale)}`,
  ].join('\n\n');
}

function courseSection(finding: Finding, evidence: readonly Evidence[]): readonly string[] {
  const course = courseOf(finding, evidence);
  if (course === null) return [];
  const first = firstBeyond(course, finding.limit);
  const since = first === null ? '' : `; first beyond the limit after ${first.atS.toFixed(0)} s`;
  const line = sparkline(worstIn(course, finding.limit, BARS), { ascii: false, whole: true });
  return [
    `${escaped(course.each)}, ${course.points.length} of them in time${since}:`,
    `\`\`\`text\n${line}\n\`\`\``,
    `![${criterionName(finding)} over time](${chartPath(finding.criterion)})`,
  ];
}

/** Checks that did not hold, and what was seen that should not be. */
function quotes(finding: Finding, evidence: readonly Evidence[]): readonly string[] {
  const measurement = measurementOf(finding, evidence);
  if (measurement?.kind === 'checks') {
    const wrong = measurement.checks.filter(({ ok }) => !ok).slice(0, QUOTED);
    return wrong.length === 0
      ? []
      : [
          wrong
            .map(({ name, expected, actual }) => `- ${escaped(name)}: expected ${code(expected)}, was ${code(actual)}`)
            .join('\n'),
        ];
  }
  if (measurement?.kind === 'occurrences' && measurement.seen.length > 0) {
    return [
      measurement.seen
        .slice(0, QUOTED)
        .map((one) => `- ${code(one)}`)
        .join('\n'),
    ];
  }
  return [];
}

function evidenceLinks({ documents, findings }: GateReport, logs: readonly RollbackLog[]): readonly string[] {
  const files = new Set(findings.filter(({ outcome }) => outcome === 'fail').flatMap(({ evidence }) => evidence));
  return [
    '## Evidence',
    [
      '- [The gate report](gate.html), [for programs](gate.json)',
      ...[...files].map((file) => `- ${linkTo(file, file)}`),
      ...documents.map(({ name, path }) => `- ${linkTo(name, path)}`),
      ...logLinks(logs),
    ].join('\n'),
  ];
}

/** What has to be looked at again before the next try. */
function reReview(
  { rollback, notExercised, notProven, run }: GateReport,
  failed: readonly Finding[],
): readonly string[] {
  const { escalation = [] } = rollback;
  const todo = [
    ...failed.map(({ criterion, advice }) => `${code(criterion)} ${escaped(asSentence(advice))}`),
    ...escalation.map(({ to, how }) => `${escaped(to)}: ${escaped(asSentence(how))}`),
    ...notExercised.map(({ id, reason }) => `Not checked then: ${code(id)} (${escaped(reason)})`),
    ...notProven.map(
      ({ probe, control, reason }) =>
        `Not proved to be seen then: ${code(`${probe}: ${control}`)} (${escaped(reason)})`,
    ),
    ...(rollback.armed ? [] : ['The rollback was not checked beforehand: `npx rampgate rollback --check`']),
    `The gate is go again before the retry: ${code(`npm run gate -- --target ${run.target.name}`)}`,
  ];
  return ['## To be reviewed before a retry', todo.map((one) => `- [ ] ${one}`).join('\n')];
}

function criterionName({ criterion }: Finding): string {
  return escaped(criterion);
}
