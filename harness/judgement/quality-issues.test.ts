import { describe, expect, it } from 'vitest';
import type { Measurement, QualityIssueCode } from '../model/evidence.ts';
import type { Outcome } from '../model/outcome.ts';
import * as given from './evidence.fixture.ts';
import { judge } from './evidence.fixture.ts';

const kinds = {
  timing: [{}, given.timingsOf(given.equal(20, 100)), given.timingsOf(given.equal(20, 900))],
  distribution: [{}, given.distributionOf([[100, 200]]), given.distributionOf([[900, 200]])],
  ratio: [
    { statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.05, unit: 'ratio' } },
    given.ratioOf(0, 300),
    given.ratioOf(90, 300),
  ],
  count: [
    { statistic: { kind: 'count' }, limit: { op: '<=', value: 0, unit: 'count' } },
    given.occurrencesOf(0, 20),
    given.occurrencesOf(1, 20),
  ],
  checks: [
    { statistic: { kind: 'all' }, limit: { op: '<=', value: 0, unit: 'count' } },
    given.checksOf(true, true, true, true, true),
    given.checksOf(true, true, true, true, false),
  ],
  growth: [
    { statistic: { kind: 'growth' }, limit: { op: '<', value: 0.05, unit: 'ratio' }, minSamples: 1 },
    given.growthOf({ index: [9000, 9000] }),
    given.growthOf({ index: [9000, 9900] }),
  ],
} as const;

type Kind = keyof typeof kinds;
const estimates: readonly Kind[] = ['timing', 'distribution', 'ratio'];
const sightings: readonly Kind[] = ['count', 'checks', 'growth'];

function judgeUnder(kind: Kind, which: 'good' | 'bad', ...codes: readonly QualityIssueCode[]) {
  const [criterion, good, bad] = kinds[kind];
  const measurement: Measurement = which === 'good' ? good : bad;
  const evidence = given.evidenceOf(
    [measurement],
    codes.map((code) => given.qualityIssueOf(code)),
  );
  return judge([given.criterionOf(criterion)], [evidence])[0];
}

/** What a fail becomes under each doubt: of an estimate, and of something seen. */
const table: readonly (readonly [QualityIssueCode, Outcome, Outcome])[] = [
  ['target-unreachable', 'inconclusive', 'inconclusive'],
  ['probe-crashed', 'inconclusive', 'inconclusive'],
  ['interrupted', 'inconclusive', 'inconclusive'],
  ['schedule-not-kept', 'inconclusive', 'fail'],
  ['generator-saturated', 'inconclusive', 'fail'],
  ['machine-unknown', 'inconclusive', 'fail'],
  ['nothing-served', 'inconclusive', 'inconclusive'],
  ['rate-limited', 'inconclusive', 'inconclusive'],
  ['load-stopped', 'fail', 'fail'],
  ['signal-absent', 'inconclusive', 'inconclusive'],
  ['control-not-seen', 'inconclusive', 'fail'],
  ['counted-in-part', 'inconclusive', 'fail'],
  ['scenario-crashed', 'inconclusive', 'fail'],
  ['scenario-stopped', 'fail', 'fail'],
  ['command-not-runnable', 'inconclusive', 'fail'],
  ['command-timed-out', 'inconclusive', 'fail'],
  ['no-baseline', 'inconclusive', 'inconclusive'],
];

describe('qualityIssues', () => {
  it.each([...estimates, ...sightings])('are needed to doubt: without one a %s passes and fails', (kind) => {
    expect(judgeUnder(kind, 'good')).toMatchObject({ outcome: 'pass' });
    expect(judgeUnder(kind, 'bad')).toMatchObject({ outcome: 'fail' });
  });

  const everyKind = table.flatMap(([code, estimate, sighting]) => [
    ...estimates.map((kind) => [code, kind, estimate] as const),
    ...sightings.map((kind) => [code, kind, sighting] as const),
  ]);

  it.each(everyKind)('%s leaves no pass of a %s, and of its fail %s', (code, kind, left) => {
    const passed = judgeUnder(kind, 'good', code);
    expect(passed).toMatchObject({ outcome: 'inconclusive', reason: 'evidence-doubted' });
    expect(passed).not.toHaveProperty('detects');
    const failed = judgeUnder(kind, 'bad', code);
    expect(failed).toMatchObject({ outcome: left, message: expect.stringContaining(`What happened was ${code}.`) });
  });

  it('leave no fail for too little of something, which may be in what was not looked at', () => {
    const criterion = given.criterionOf({ statistic: { kind: 'count' }, limit: { op: '>', value: 5, unit: 'count' } });
    const under = (code: QualityIssueCode) =>
      judge([criterion], [given.evidenceOf([given.occurrencesOf(2, 20)], [given.qualityIssueOf(code)])]);
    expect(under('counted-in-part')).toMatchObject([{ outcome: 'inconclusive', reason: 'evidence-doubted' }]);
    // Unless the doubt comes of the fail itself.
    expect(under('load-stopped')).toMatchObject([{ outcome: 'fail' }]);
  });

  it('of which one can have caused the fail leave no fail, whatever the others say', () => {
    expect(judgeUnder('timing', 'bad', 'load-stopped', 'rate-limited')).toMatchObject({
      outcome: 'inconclusive',
      reason: 'evidence-doubted',
      needs: 'a target that bears the load until its end; a rate that the target allows',
    });
  });

  it('do not hide why an undecided finding is undecided', () => {
    const evidence = given.evidenceOf([given.timingsOf(given.equal(2, 100))], [given.qualityIssueOf('interrupted')]);
    expect(judge([given.criterionOf({})], [evidence])[0]).toMatchObject({
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      needs: 'at least 11 more samples',
      message:
        'p75 is 100 ms over 2 samples: too few to judge by, at least 13 samples are needed. Note: What happened was interrupted.',
    });
  });

  it('about other SLIs and other probes change nothing', () => {
    const evidence = given.evidenceOf(
      [given.timingsOf(given.equal(20, 100))],
      [given.qualityIssueOf('rate-limited', ['other'])],
    );
    const other = { ...given.evidenceOf([], [given.qualityIssueOf('interrupted')]), probe: 'other' };
    expect(judge([given.criterionOf({})], [evidence, other])[0]).toMatchObject({ outcome: 'pass' });
  });

  it('that name the SLI concern it', () => {
    const qualityIssue = given.qualityIssueOf('signal-absent', ['other', 'the.sli']);
    const evidence = given.evidenceOf([given.timingsOf(given.equal(20, 100))], [qualityIssue]);
    expect(judge([given.criterionOf({})], [evidence])[0]).toMatchObject({ reason: 'evidence-doubted' });
  });

  it('weigh on every part of a finding', () => {
    const samples = [...given.equal(20, 100, { group: 'a' }), ...given.equal(20, 900, { group: 'b' })];
    const evidence = given.evidenceOf([given.timingsOf(samples)], [given.qualityIssueOf('scenario-crashed')]);
    const finding = judge([given.criterionOf({ groups: ['a', 'b'] })], [evidence])[0];
    expect(finding?.outcome).toBe('inconclusive');
    expect(finding?.parts.map(({ reason }) => reason)).toEqual(['evidence-doubted', 'evidence-doubted']);
  });
});
