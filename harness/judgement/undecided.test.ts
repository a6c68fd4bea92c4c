import { describe, expect, it } from 'vitest';
import type { Criterion, Waiver } from '../model/criterion.ts';
import type { Evidence, TimingSample } from '../model/evidence.ts';
import { criterionOf, equal, evidenceOf, onMachine, qualityIssueOf, timingsOf } from './evidence.fixture.ts';
import { probesToAskAgain } from './undecided.ts';

const startedAt = '2026-11-23T14:15:00.000Z';
const asked = (criteria: readonly Criterion[], evidence: readonly Evidence[], waivers: readonly Waiver[] = []) => [
  ...probesToAskAgain(
    { criteria, waivers, errorBudget: { falseGo: 0.01, falseNoGo: 0.01 }, startedAt },
    onMachine(evidence),
  ),
];

const looked = (probe: string, given: Partial<Criterion> = {}) =>
  criterionOf({ id: probe, sli: probe, probe, looks: 3, ...given });
const brought = (probe: string, samples: readonly TimingSample[], more: Partial<Evidence> = {}): Evidence =>
  ({ ...evidenceOf([{ ...timingsOf(samples), sli: probe }]), probe, ...more }) as Evidence;

const clear = equal(30, 100);
const open = [...equal(26, 100), ...equal(4, 900)];
const failing = equal(30, 900);

describe('what more samples could decide', () => {
  it.each([
    ['nothing that is clear', clear, []],
    ['what reaches across its limit', open, ['a']],
    ['what has too few samples', equal(7, 100), ['a']],
    ['what a disturbed machine leaves open', equal(30, 900, { stolenMs: 700 }), ['a']],
    ['nothing that has failed', failing, []],
    ['nothing that is nearer to its limit than the instrument can tell', equal(30, 297), []],
  ])('is %s', (_name, samples, expected) => {
    expect(asked([looked('a')], [brought('a', samples)])).toEqual(expected);
  });

  it('is nothing once the verdict is no-go', () => {
    const evidence = [brought('a', open), brought('b', failing)];
    expect(asked([looked('a'), looked('b')], evidence)).toEqual([]);
  });

  it('is nothing that only informs, and nothing that may be looked at once only', () => {
    const evidence = [brought('a', open)];
    expect(asked([looked('a', { severity: 'advisory' })], evidence)).toEqual([]);
    expect(asked([looked('a', { looks: 1 })], evidence)).toEqual([]);
  });

  it('is nothing that is doubted, and nothing that nobody has measured yet', () => {
    const unreliable = brought('a', clear, { qualityIssues: [qualityIssueOf('scenario-crashed')] });
    expect(asked([looked('a'), looked('later')], [unreliable])).toEqual([]);
  });

  it('is not cut short by a waived fail, and nothing that is waived itself', () => {
    const waiver = { criterion: 'b', owner: 'Ada', reason: 'known', until: '2026-11-23' };
    const evidence = [brought('a', open), brought('b', failing)];
    expect(asked([looked('a'), looked('b')], evidence, [waiver])).toEqual(['a']);
    expect(asked([looked('b')], [brought('b', open)], [waiver])).toEqual([]);
    expect(asked([looked('b')], [brought('b', open)], [{ ...waiver, until: '2026-11-22' }])).toEqual(['b']);
  });

  it('is what the errors shared by all criteria leave open, those not measured yet included', () => {
    // 14 of 20 beyond the limit fail a p75 alone, but not as one of two thousand.
    const nearly = [...equal(6, 100), ...equal(14, 900)];
    const many = Array.from({ length: 2000 }, (_, index) => looked(`later-${index}`));
    expect(asked([looked('a')], [brought('a', nearly)])).toEqual([]);
    expect(asked([looked('a'), ...many], [brought('a', nearly)])).toEqual(['a']);
  });
});
