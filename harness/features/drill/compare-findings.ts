/** What a gate run found with a fault planted, beside what it had to find. Pure. */

import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { NotExercised } from '../../model/gate-report.ts';
import type { CellState, DrillCell, Expectation } from './drill-report.ts';
import type { PlannedRun } from './fault.ts';
import { isHarmless } from './plan-drill.ts';

export interface Found {
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  /** Criteria that this machine's own noise can hide something from, today: timings on one that is not quiet. */
  readonly hidden: ReadonlySet<string>;
  /** What the run left out, with the reasons: there was nothing to compare with. */
  readonly notJudged?: readonly Pick<NotExercised, 'id' | 'reason'>[];
}

/** One cell per criterion of the plan, in its order. */
export function compareFindings({ cells, fault }: PlannedRun, found: Found): DrillCell[] {
  const { findings, evidence, hidden, notJudged = [] } = found;
  return cells.map(({ criterion, expected }): DrillCell => {
    const finding = findings.find((one) => one.criterion === criterion);
    if (finding === undefined) {
      const reason = notJudged.find(({ id }) => id === criterion)?.reason;
      const message = `It was not judged${reason === undefined ? '' : `: ${reason}`}.`;
      return { criterion, expected, outcome: null, state: 'unmeasured', message };
    }
    const { outcome, message } = finding;
    const seen = {
      finding,
      expected,
      isUnmeasured: outcome === 'inconclusive' && (hidden.has(criterion) || isUnmeasured(finding, evidence)),
      isHarmless: isHarmless(fault),
    };
    return { criterion, expected, outcome, state: stateOf(seen), message };
  });
}

/** Of a run that never came to its end. */
export function unmeasuredCells({ cells }: PlannedRun, message: string): DrillCell[] {
  return cells.map((cell) => ({ ...cell, outcome: null, state: 'unmeasured', message }));
}

interface Seen {
  readonly finding: Finding;
  readonly expected: Expectation;
  readonly isUnmeasured: boolean;
  readonly isHarmless: boolean;
}

function stateOf({ finding, expected, isUnmeasured, isHarmless: mustBeSeen }: Seen): CellState {
  const { outcome } = finding;
  switch (expected) {
    case 'red':
      if (outcome === 'fail') return 'fired';
      return isUnmeasured ? 'unmeasured' : 'missed';
    case 'open':
      if (outcome === 'inconclusive') return 'fired';
      return outcome === 'fail' ? 'false' : 'missed';
    case 'spared':
      if (outcome === 'fail') return 'false';
      // That a harmless fault turns nothing red says something only where something was looked at.
      return mustBeSeen && isUnseen(finding) ? 'unmeasured' : 'quiet';
  }
}

/** Whether there was nothing that could have been red. A noisy machine is no reason: it is when false alarms come. */
export function isUnseen({ outcome, reason, observed }: Finding): boolean {
  return outcome === 'inconclusive' && (observed === undefined || reason === 'evidence-doubted');
}

/**
 * Whether it is the measuring that stood in the way, and not the criterion: a probe that doubts itself, or a machine that
 * was disturbed. Evidence that holds nothing and doubts nothing is not that: it is what a blinded criterion looks like.
 */
function isUnmeasured(finding: Finding, evidence: readonly Evidence[]): boolean {
  const { reason } = finding;
  return reason === 'machine-disturbed' || reason === 'within-noise-floor' || isUnreliable(finding, evidence);
}

/** Whether a probe doubts what the finding rests on. */
export function isUnreliable({ reason, sli, evidence: files }: Finding, evidence: readonly Evidence[]): boolean {
  if (reason === 'evidence-doubted') return true;
  return evidence
    .filter(({ probe }) => files.includes(`evidence/${probe}.json`))
    .some(({ qualityIssues }) => qualityIssues.some(({ slis }) => slis === undefined || slis.includes(sli)));
}
