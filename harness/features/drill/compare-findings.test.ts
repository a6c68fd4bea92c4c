import { describe, expect, it } from 'vitest';
import type { Evidence, QualityIssue } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { Outcome } from '../../model/outcome.ts';
import { compareFindings } from './compare-findings.ts';
import type { Expectation } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';

interface Case {
  readonly expected: Expectation;
  readonly outcome: Outcome;
  readonly reason?: Finding['reason'];
  readonly qualityIssues?: readonly QualityIssue[];
  readonly harmless?: boolean;
  readonly hidden?: boolean;
  readonly unobserved?: boolean;
}

/** The state of the only cell. */
function stateOf({ expected, outcome, reason = 'interval-spans-limit', qualityIssues = [], ...given }: Case) {
  const { harmless, hidden, unobserved } = given;
  const fault: Fault = {
    name: 'fault',
    imitates: 'something',
    size: null,
    turnsRed: harmless ? [] : ['a', 'b'],
    leavesOpen: [],
    spares: ['a'],
    rollback: 'none',
  };
  const planned: PlannedRun = {
    fault,
    size: null,
    cells: [{ criterion: 'a', expected }],
    whole: true,
    notExercised: [],
  };
  const said = { criterion: 'a', sli: 'a.sli', outcome, reason, message: 'said', evidence: ['evidence/p.json'] };
  const finding = unobserved ? said : { ...said, observed: {} };
  const evidence = { probe: 'p', qualityIssues } as unknown as Evidence;
  const found = {
    findings: [finding as unknown as Finding],
    evidence: [evidence],
    hidden: new Set(hidden ? ['a'] : []),
  };
  return compareFindings(planned, found)[0]?.state;
}

const qualityIssue: QualityIssue = { code: 'probe-crashed', message: 'it crashed', slis: ['a.sli'] };
const otherQualityIssue: QualityIssue = { ...qualityIssue, slis: ['other.sli'] };

describe('compareFindings', () => {
  it.each<[string, Case, string]>([
    ['a red that must be', { expected: 'red', outcome: 'fail' }, 'fired'],
    ['a pass that must be red', { expected: 'red', outcome: 'pass' }, 'missed'],
    ['an inconclusive that must be red', { expected: 'red', outcome: 'inconclusive' }, 'missed'],
    [
      'no evidence, and nobody who doubts it',
      { expected: 'red', outcome: 'inconclusive', reason: 'no-evidence' },
      'missed',
    ],
    [
      'no evidence, because the probe crashed',
      { expected: 'red', outcome: 'inconclusive', reason: 'no-evidence', qualityIssues: [qualityIssue] },
      'unmeasured',
    ],
    [
      'a doubt about something else',
      { expected: 'red', outcome: 'inconclusive', qualityIssues: [otherQualityIssue] },
      'missed',
    ],
    ['a disturbed machine', { expected: 'red', outcome: 'inconclusive', reason: 'machine-disturbed' }, 'unmeasured'],
    ['a timing on a noisy machine', { expected: 'red', outcome: 'inconclusive', hidden: true }, 'unmeasured'],
    ['a pass on a noisy machine', { expected: 'red', outcome: 'pass', hidden: true }, 'missed'],
    ['an inconclusive that must be', { expected: 'open', outcome: 'inconclusive' }, 'fired'],
    ['a pass that must be inconclusive', { expected: 'open', outcome: 'pass' }, 'missed'],
    ['a red that must be inconclusive', { expected: 'open', outcome: 'fail' }, 'false'],
    ['a red without a reason', { expected: 'spared', outcome: 'fail' }, 'false'],
    ['a pass beside a fault', { expected: 'spared', outcome: 'pass' }, 'quiet'],
    [
      'a blind one beside a fault',
      { expected: 'spared', outcome: 'inconclusive', qualityIssues: [qualityIssue] },
      'quiet',
    ],
    [
      'a blind one beside nothing, which says nothing',
      { expected: 'spared', outcome: 'inconclusive', qualityIssues: [qualityIssue], harmless: true, unobserved: true },
      'unmeasured',
    ],
    [
      'one that is doubted beside nothing',
      { expected: 'spared', outcome: 'inconclusive', reason: 'evidence-doubted', harmless: true },
      'unmeasured',
    ],
    [
      'one that a disturbed machine kept from red beside nothing',
      { expected: 'spared', outcome: 'inconclusive', reason: 'machine-disturbed', harmless: true, hidden: true },
      'quiet',
    ],
    ['a red beside nothing', { expected: 'spared', outcome: 'fail', harmless: true }, 'false'],
  ])('%s', (_, given, state) => {
    expect(stateOf(given)).toBe(state);
  });

  it('says why something was not judged, where the run does', () => {
    const planned = {
      fault: { turnsRed: ['a'], leavesOpen: [] } as unknown as Fault,
      size: null,
      cells: [{ criterion: 'a', expected: 'red' }],
      whole: true,
      notExercised: [],
    } as const;
    const notJudged = [{ id: 'a', reason: 'There is nothing to compare with' }];
    const [cell] = compareFindings(planned, { findings: [], evidence: [], hidden: new Set(), notJudged });
    expect(cell?.message).toBe('It was not judged: There is nothing to compare with.');
  });

  it('leaves what was not judged unmeasured', () => {
    const planned = {
      fault: { turnsRed: ['a'], leavesOpen: [] } as unknown as Fault,
      size: null,
      cells: [{ criterion: 'a', expected: 'red' }],
      whole: true,
      notExercised: [],
    } as const;
    expect(compareFindings(planned, { findings: [], evidence: [], hidden: new Set() })).toEqual([
      { criterion: 'a', expected: 'red', outcome: null, state: 'unmeasured', message: 'It was not judged.' },
    ]);
  });
});
