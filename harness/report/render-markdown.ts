/** The gate report as Markdown that fits a pull-request comment. */
import { formatLimit } from '../lib/format.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Finding } from '../model/finding.ts';
import type { GateReport, SuccessCriterionResult } from '../model/gate-report.ts';
import type { RollbackStep } from '../model/rollback.ts';
import { deliverySentences } from './delivery-wording.ts';
import { code, escaped, fenced, tableRow } from './markdown-text.ts';
import { planHeadline, stepFacts, stepTags } from './rollback-wording.ts';
import {
  asSentence,
  controlName,
  drillMarkText,
  errorBudgetText,
  footprintText,
  headline,
  instantText,
  intervalText,
  isWorthAWord,
  machineNoiseText,
  observedText,
  outcomeWords,
  proofsText,
  rollbackReadiness,
  rowOutcome,
  sideRole,
  thresholdNote,
  verdictWords,
  waiverSentences,
  walkSentences,
  whatToDo,
  worstFirst,
} from './wording.ts';

/** GitHub refuses a comment over 65,536 characters. */
const longestComment = 65_536;

const marks: { readonly [outcome in SuccessCriterionResult['outcome']]: string } = {
  pass: '✅',
  inconclusive: '❔',
  fail: '❌',
  'not-exercised': '➖',
};

const verdictMarks = { go: marks.pass, inconclusive: marks.inconclusive, 'no-go': marks.fail } as const;

export interface MarkdownOptions {
  /** In characters; what does not fit is left out from the end, and the text says so. */
  readonly longest?: number;
}

/** GitHub-flavoured Markdown, ending in a line feed. Foreign text is escaped and mentions nobody. */
export function renderMarkdown(
  report: GateReport,
  delivery: Delivery | null = null,
  { longest = longestComment }: MarkdownOptions = {},
): string {
  const sections = [
    verdictSection(report),
    undecidedSection(report),
    rollbackSection(report),
    findingsSection(report),
    successCriteriaSection(report),
    notCheckedSection(report),
    notProvenSection(report),
    delivery === null ? '' : deliverySentences(delivery).map(escaped).join(' '),
    identitySection(report),
  ];
  return fitted(
    sections.filter((section) => section !== ''),
    longest,
  );
}

const cutNotice = '⚠️ Cut here, because it would be too long. `gate.html` and `gate.json` have all of it.';

/** The verdict comes first and tables can end at any row, so a text that is cut says nothing that is not so. */
function fitted(sections: readonly string[], longest: number): string {
  const whole = `${sections.join('\n\n')}\n`;
  if (whole.length <= longest) return whole;
  const room = longest - cutNotice.length - 3;
  const lines = whole.slice(0, Math.max(0, room)).split('\n').slice(0, -1);
  const kept = outsideFence(lines).join('\n');
  const notice = `${kept === '' ? '' : `${kept}\n\n`}${cutNotice}\n`;
  return notice.length <= longest ? notice : '';
}

/** Without a code block that is not closed: it would take the notice for code, and a half command for a whole one. */
function outsideFence(lines: readonly string[]): readonly string[] {
  let fence: { readonly mark: string; readonly at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (fence === null) fence = { mark, at };
    else if (mark === fence.mark) fence = null;
  }
  return fence === null ? lines : lines.slice(0, fence.at);
}

function verdictSection(report: GateReport): string {
  const { run, verdict } = report;
  const heading = `## ${verdictMarks[verdict]} ${verdictWords[verdict]}: ${escaped(run.rollout)}`;
  const facts = `**${escaped(run.target.name)}**, release **${escaped(run.target.release)}**, profile ${escaped(run.profile)}`;
  const interrupted = run.interrupted === undefined ? '' : `\n\n⚠️ ${escaped(run.interrupted)}`;
  const waivers = waiverSentences(report).map((sentence) => `\n\n⚠️ ${escaped(sentence)}`);
  const mark = drillMarkText(report);
  const drilled = mark === null ? '' : `\n\n⚠️ ${escaped(mark)}`;
  return `${heading}${drilled}\n\n${facts}\n\n${headline(report)} ${escaped(whatToDo(report))}${waivers.join('')}${interrupted}`;
}

/** What is not as it should be, in words; the table has the numbers. */
function undecidedSection({ findings }: GateReport): string {
  const open = worstFirst(findings).filter(isWorthAWord);
  return open.map(sentenceOf).join('\n');
}

function sentenceOf(finding: Finding): string {
  const { outcome, criterion, message, needs } = finding;
  const note = thresholdNote(finding);
  const noted = note === null ? '' : ` ${escaped(note)}`;
  const needed = needs === undefined ? '' : ` Needs: ${asSentence(escaped(needs))}`;
  return `- ${marks[outcome]} ${code(criterion)} ${asSentence(escaped(message))}${noted}${needed}`;
}

function rollbackSection({ verdict, rollback }: GateReport): string {
  if (verdict !== 'no-go') return '';
  const { steps, notes = [], escalation = [], because } = rollback;
  const extent =
    steps.length === 0 ? "The rollout's configuration names no steps." : asSentence(planHeadline(rollback));
  const asked = escalation.map(({ to, how, because: led }) => {
    const why = led.length === 0 ? '' : ` (${led.map(code).join(', ')})`;
    return `- **${escaped(to)}**${why}: ${asSentence(escaped(how))}`;
  });
  return [
    '### Roll back',
    [
      extent,
      escaped(rollbackReadiness(rollback)),
      ...(because.length === 0 ? [] : [`Led here by ${because.map(code).join(', ')}.`]),
    ].join(' '),
    ...notes.map(escaped),
    ...(steps.length === 0 ? [] : [steps.map(stepItem).join('\n')]),
    ...(asked.length === 0 ? [] : ['**If it does not help**', asked.join('\n')]),
  ].join('\n\n');
}

function stepItem(step: RollbackStep, index: number): string {
  const { title, command } = step;
  const commands = command === undefined ? '' : `\n\n${indented(fenced(command))}\n`;
  const facts = stepFacts(step).map(({ term, text, undo }) => {
    const back = undo === undefined ? '' : `: ${code(undo)}`;
    return `   - ${term}: ${back === '' ? asSentence(escaped(text)) : `${escaped(text).replace(/\.$/, '')}${back}`}`;
  });
  return `${index + 1}. **${escaped(title)}** (${stepTags(step).join(', ')})${commands}\n${facts.join('\n')}`;
}

function findingsSection({ findings }: GateReport): string {
  if (findings.length === 0) return '';
  const rows = worstFirst(findings).map((finding) => {
    const { outcome, criterion, observed, limit } = finding;
    const role = sideRole(finding);
    const word = role === null ? outcomeWords[outcome] : `${outcomeWords[outcome]} (${role})`;
    const samples = observed === undefined ? '–' : String(observed.samples);
    const cells = [observedText(finding), formatLimit(limit), intervalText(observed), samples].map(escaped);
    return tableRow([`${marks[outcome]} ${word}`, code(criterion), ...cells]);
  });
  const head = ['| outcome | criterion | observed | limit | interval | samples |', '|:--|:--|--:|--:|--:|--:|'];
  return ['### Findings', [...head, ...rows].join('\n')].join('\n\n');
}

function successCriteriaSection({ successCriteria }: GateReport): string {
  if (successCriteria.length === 0) return '';
  const rows = successCriteria.map((row) =>
    tableRow([
      `${marks[row.outcome]} ${rowOutcome(row)}`,
      escaped(row.id),
      escaped(row.title),
      row.findings.map(code).join(', '),
    ]),
  );
  return [
    '### Success criteria',
    ['| outcome | | criterion | answered by |', '|:--|:--|:--|:--|', ...rows].join('\n'),
  ].join('\n\n');
}

function notCheckedSection({ notExercised }: GateReport): string {
  if (notExercised.length === 0) return '';
  const items = notExercised.map(
    ({ id, title, reason }) => `- ${code(id)} ${asSentence(escaped(title))} ${escaped(reason)}`,
  );
  return ['### Not checked', items.join('\n')].join('\n\n');
}

function notProvenSection({ notProven }: GateReport): string {
  if (notProven.length === 0) return '';
  const items = notProven.map((one) => `- ${code(controlName(one))} ${asSentence(escaped(one.reason))}`);
  return ['### Not proved to be seen', items.join('\n')].join('\n\n');
}

function identitySection(report: GateReport): string {
  const { run, errorBudget, machineNoise } = report;
  const facts = [
    run.id,
    instantText(run.startedAt),
    run.environment.browser,
    run.environment.machineClass,
    run.configHash,
  ];
  const tool = `Rampgate ${run.tool.version}`;
  const proofs = proofsText(report);
  const footprint = footprintText(report);
  const sentences = [
    errorBudgetText(errorBudget),
    machineNoiseText(machineNoise),
    ...(proofs === null ? [] : [proofs]),
    ...walkSentences(report),
    ...(footprint === null ? [] : [footprint]),
  ];
  return `<sub>${[...facts, tool, ...sentences].map(escaped).join(' · ')}</sub>`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '   ');
}
