/** What the findings come to for a row of the success criteria. */
import type { SuccessCriterion } from './criterion.ts';
import { decides, type Finding } from './finding.ts';
import type { NotExercised, SuccessCriterionResult } from './gate-report.ts';
import { worst } from './outcome.ts';

interface Found {
  readonly findings: readonly Finding[];
  /** Criteria that nobody looked at. */
  readonly leftOut: readonly NotExercised[];
}

/** Each row is the worst of the deciding findings that name it. */
export function sumUpRow(row: SuccessCriterion, { findings, leftOut }: Found): SuccessCriterionResult {
  const answering = findings.filter((finding) => decides(finding) && finding.checklist.includes(row.id));
  const [first, ...others] = answering.map(({ outcome }) => outcome);
  return {
    id: row.id,
    title: row.title,
    outcome: first === undefined ? 'not-exercised' : others.reduce(worst, first),
    findings: answering.map(({ criterion }) => criterion),
    notExercised: leftOut.filter(({ checklist }) => checklist.includes(row.id)).map(({ id }) => id),
  };
}
