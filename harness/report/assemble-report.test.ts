import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';
import { assembleReport } from './assemble-report.ts';
import { goReport } from './fixtures/gate-reports.fixture.ts';

const [template] = goReport.report.findings;

function finding(criterion: string, outcome: Outcome, severity: Finding['severity'] = 'blocking'): Finding {
  if (template === undefined) throw new Error('The fixture has no findings.');
  return { ...template, criterion, outcome, severity, checklist: ['S1'] };
}

function assemble(findings: readonly Finding[]) {
  const { run, rollback, documents } = goReport.report;
  const leftOut = [{ id: 'b.left-out', title: 'Left out', reason: 'Not part of the profile.', checklist: ['S3'] }];
  const successCriteria = [
    { id: 'S1', title: 'One' },
    { id: 'S3', title: 'Three' },
  ];
  return assembleReport({
    run,
    verdict: 'go',
    findings,
    successCriteria,
    leftOut,
    notProven: [],
    expiredWaivers: [],
    machineNoise: { calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null },
    errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
    rollback,
    documents,
  });
}

describe('assembleReport', () => {
  it.each<[string, readonly Finding[], string]>([
    ['pass when its only finding passes', [finding('a', 'pass')], 'pass'],
    ['the worst of several', [finding('a', 'inconclusive'), finding('b', 'pass')], 'inconclusive'],
    [
      'fail when one of three fails',
      [finding('a', 'pass'), finding('b', 'fail'), finding('c', 'inconclusive')],
      'fail',
    ],
    ['untouched by an advisory failure', [finding('a', 'pass'), finding('b', 'fail', 'advisory')], 'pass'],
    ['not exercised when only an advisory finding speaks of it', [finding('a', 'pass', 'advisory')], 'not-exercised'],
    ['not exercised without findings', [], 'not-exercised'],
  ])('sums up a success criterion as %s', (_, findings, outcome) => {
    expect(assemble(findings).successCriteria[0]?.outcome).toBe(outcome);
  });

  it('names the blocking findings that answer a row', () => {
    const { successCriteria } = assemble([finding('a', 'pass'), finding('b', 'fail', 'advisory')]);
    expect(successCriteria[0]?.findings).toEqual(['a']);
  });

  it('lists a row nobody answers as not exercised, before what was left out', () => {
    const { notExercised } = assemble([finding('b', 'fail', 'advisory')]);
    expect(notExercised).toEqual([
      {
        id: 'S1',
        title: 'One',
        reason: 'Only advisory criteria speak of it, and they decide nothing: b.',
        checklist: ['S1'],
      },
      { id: 'b.left-out', title: 'Left out', reason: 'Not part of the profile.', checklist: ['S3'] },
    ]);
  });

  it('tells a row what it also asks for and nothing looked at, without listing it twice', () => {
    const { successCriteria, notExercised } = assemble([finding('a', 'pass')]);
    expect(successCriteria[1]).toMatchObject({ id: 'S3', outcome: 'not-exercised', notExercised: ['b.left-out'] });
    expect(notExercised.map(({ id }) => id)).toEqual(['b.left-out']);
  });
});
