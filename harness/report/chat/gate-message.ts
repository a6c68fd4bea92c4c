/** What a chat channel is told of a gate: few enough words to be read on a phone, the same for every service. */
import { formatLimit } from '../../lib/format.ts';
import { decides, type Finding } from '../../model/finding.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { Verdict } from '../../model/outcome.ts';
import { oneLine, plainText } from '../plain-text.ts';
import {
  asSentence,
  counted,
  drillMarkText,
  headline,
  instantText,
  observedText,
  outcomeWords,
  rowsMet,
  subjectText,
  verdictWords,
  waiverSentences,
  whatToDo,
  worstFirst,
} from '../wording.ts';

export interface GateMessage {
  readonly verdict: Verdict;
  /** `No-go: staging 0.4.0`. */
  readonly title: string;
  readonly sentences: readonly string[];
  readonly facts: readonly (readonly [term: string, text: string])[];
  /** What stands against it, worst first; the message has room for few. */
  readonly findings: readonly MessageFinding[];
  /** How many more there are. */
  readonly more: number;
  /** The rollback's commands, with their titles; only of a no-go. */
  readonly steps: readonly { readonly title: string; readonly command: string | null }[];
  /** Where the whole report can be read; null where nobody says. */
  readonly link: string | null;
}

export interface MessageFinding {
  readonly outcome: string;
  readonly criterion: string;
  /** `p95 226 ms, limit < 200 ms`; what is missing where nothing was observed. */
  readonly text: string;
}

const mostFindings = 6;
const longest = 300;

export function gateMessage(report: GateReport, { link = null }: { readonly link?: string | null } = {}): GateMessage {
  const { run, verdict, findings, successCriteria, notExercised, rollback } = report;
  const mark = drillMarkText(report);
  const open = worstFirst(findings).filter((finding) => finding.outcome !== 'pass' && decides(finding));
  return {
    verdict,
    title: oneLine(`${verdictWords[verdict]}: ${subjectText(report)}`, 140),
    sentences: [
      ...(mark === null ? [] : [oneLine(mark, longest)]),
      headline(report),
      whatToDo(report),
      ...(run.interrupted === undefined ? [] : [asSentence(`Interrupted: ${oneLine(run.interrupted, longest)}`)]),
      ...waiverSentences(report).map((sentence) => oneLine(sentence, longest)),
    ],
    facts: [
      ['Rollout', oneLine(run.rollout, longest)],
      ['Profile', oneLine(run.profile, longest)],
      ['Started', instantText(run.startedAt)],
      ['Success criteria', rowsMet(successCriteria)],
      ['Not checked', counted(notExercised.length, 'thing', 'things')],
    ],
    findings: open.slice(0, mostFindings).map(messageFinding),
    more: Math.max(0, open.length - mostFindings),
    steps:
      verdict === 'no-go'
        ? rollback.steps.map(({ title, command }) => ({
            title: oneLine(title, longest),
            command: command === undefined ? null : plainText(command, 1000),
          }))
        : [],
    link,
  };
}

function messageFinding(finding: Finding): MessageFinding {
  const { outcome, criterion, observed, limit, needs, message } = finding;
  const value =
    observed === undefined ? message : `${observed.statistic} ${observedText(finding)}, limit ${formatLimit(limit)}`;
  const needed = outcome === 'inconclusive' && needs !== undefined ? `; needs ${needs}` : '';
  return { outcome: outcomeWords[outcome], criterion: oneLine(criterion, 100), text: oneLine(value + needed, longest) };
}
