/** What other criteria would have made of the same evidence, for a terminal. */
import { formatLimit } from '../lib/format.ts';
import type { Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { TerminalPage } from './formats/terminal.ts';
import { fit, wrap } from './terminal-text.ts';
import { counted, outcomeWords, sideRole, verdictWords } from './wording.ts';

/** An outcome and its limit: `inconclusive > 99.5 %`. */
const outcomeColumns = 21;

/** Lines joined by line feeds, ending in one: the findings that change, and what becomes of the verdict. */
export function renderWhatIf(before: GateReport, after: GateReport, { width }: TerminalPage): string {
  const ids = [...new Set([...before.findings, ...after.findings].map(({ criterion }) => criterion))];
  const pairs = ids.map((id) => ({ id, was: findingOf(before, id), is: findingOf(after, id) }));
  const changed = pairs.filter(({ was, is }) => shownText(was) !== shownText(is));
  const verdicts =
    before.verdict === after.verdict
      ? `The verdict stays ${verdictWords[after.verdict]}.`
      : `The verdict would be ${verdictWords[after.verdict]} instead of ${verdictWords[before.verdict]}.`;
  const row = (criterion: string, was: string, is: string): string => {
    const left = Math.max(12, width - 2 * (outcomeColumns + 1));
    return `${fit(criterion, left)} ${fit(was, outcomeColumns)} ${fit(is, outcomeColumns)}`.trimEnd();
  };
  const lines = [
    ...wrap(`${verdicts} ${counted(changed.length, 'finding changes', 'findings change')}.`, width),
    ...(changed.length === 0 ? [] : ['', row('criterion', 'was', 'would be')]),
    ...changed.map(({ id, was, is }) => row(id, shownText(was), shownText(is))),
  ];
  return `${lines.join('\n')}\n`;
}

function findingOf({ findings }: GateReport, id: string): Finding | undefined {
  return findings.find(({ criterion }) => criterion === id);
}

function shownText(finding: Finding | undefined): string {
  if (finding === undefined) return 'not judged';
  const word = sideRole(finding) === 'waived' ? 'waived' : outcomeWords[finding.outcome];
  return `${word} ${formatLimit(finding.limit)}`;
}
