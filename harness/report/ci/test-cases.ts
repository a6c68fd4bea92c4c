/** The gate report in the terms of test reports: one case for each criterion, so that CI is red exactly when it is not a go. */
import { defined } from '../../lib/defined.ts';
import { formatConfidence, formatLimit } from '../../lib/format.ts';
import type { Finding } from '../../model/finding.ts';
import type { GateReport, NotExercised } from '../../model/gate-report.ts';
import { oneLine } from '../plain-text.ts';
import {
  asSentence,
  headline,
  intervalText,
  observedText,
  outcomeWords,
  sideRole,
  thresholdNote,
  verdictWords,
  worstFirst,
} from '../wording.ts';

export interface TestCase {
  /** The criterion's id, or `verdict`. */
  readonly id: string;
  readonly name: string;
  /** The layer it speaks about; groups the cases. */
  readonly group: string;
  /** `inconclusive` is an error of the run, never a skipped case; `not-checked` was not asked for. */
  readonly status: 'passed' | 'failed' | 'inconclusive' | 'not-checked';
  /** What it came to, in Rampgate's own words: an advisory `fail` passes. */
  readonly outcome: string;
  /** The reason code. */
  readonly type: string;
  /** One line. */
  readonly message: string;
  /** What to do, why the limit, what could have been seen. */
  readonly details: readonly string[];
  readonly properties: { readonly [name: string]: string };
}

/** Worst first; what was not checked comes last. Never empty. */
export function testCasesOf(report: GateReport): readonly TestCase[] {
  const judged = worstFirst(report.findings).map(caseOf);
  const explained = judged.some(({ status }) => status === 'failed' || status === 'inconclusive');
  const verdict = report.verdict === 'go' && judged.length > 0 ? [] : explained ? [] : [verdictCase(report)];
  return [...verdict, ...judged, ...report.notExercised.map(notChecked)];
}

/** A verdict that no single criterion accounts for must be seen as well: nothing was judged, or the run was cut short. */
function verdictCase(report: GateReport): TestCase {
  const { verdict, run } = report;
  return {
    id: 'verdict',
    name: `Verdict: ${verdictWords[verdict]}`,
    group: 'gate',
    status: verdict === 'no-go' ? 'failed' : verdict === 'go' ? 'passed' : 'inconclusive',
    outcome: verdict,
    type: 'verdict',
    message: [headline(report), run.interrupted ?? ''].join(' ').trim(),
    details: [],
    properties: {},
  };
}

function caseOf(finding: Finding): TestCase {
  const { criterion, title, scope, outcome, reason, message, advice, detects, needs, rationale } = finding;
  const role = sideRole(finding);
  const note = thresholdNote(finding);
  return {
    id: criterion,
    name: `${criterion}: ${oneLine(title, 200)}${role === null ? '' : ` (${role}: ${outcomeWords[outcome]})`}`,
    group: scope,
    status: role !== null || outcome === 'pass' ? 'passed' : outcome === 'fail' ? 'failed' : 'inconclusive',
    outcome,
    type: reason,
    message: [asSentence(oneLine(message, 1000)), ...(note === null ? [] : [note])].join(' '),
    details: [
      ...(outcome === 'pass' ? [] : [`Advice: ${advice}`]),
      ...(needs === undefined ? [] : [`Needs: ${needs}`]),
      `Why this limit: ${rationale}`,
      ...(detects === undefined ? [] : [`Would have seen: ${detects}`]),
    ],
    properties: propertiesOf(finding),
  };
}

function propertiesOf(finding: Finding): TestCase['properties'] {
  const { observed, limit, severity, outcome, checklist, evidence, lastProvedToFire } = finding;
  const interval = intervalText(observed);
  return {
    outcome,
    severity,
    limit: formatLimit(limit),
    ...(observed === undefined
      ? {}
      : { observed: `${observed.statistic} ${observedText(finding)}`, samples: String(observed.samples) }),
    ...(interval === '' ? {} : { interval }),
    ...(observed?.confidence === undefined ? {} : { confidence: formatConfidence(observed.confidence) }),
    ...(checklist.length === 0 ? {} : { checklist: checklist.join(', ') }),
    ...(evidence.length === 0 ? {} : { evidence: evidence.join(', ') }),
    ...defined({ lastProvedToFire }),
  };
}

function notChecked({ id, title, reason, checklist }: NotExercised): TestCase {
  return {
    id,
    name: `${id}: ${oneLine(title, 200)}`,
    group: 'not checked',
    status: 'not-checked',
    outcome: 'not checked',
    type: 'not-checked',
    message: asSentence(oneLine(reason, 1000)),
    details: [],
    properties: checklist.length === 0 ? {} : { checklist: checklist.join(', ') },
  };
}
