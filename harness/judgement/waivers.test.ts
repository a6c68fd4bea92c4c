import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { criterionOf, judge } from './evidence.fixture.ts';
import { isInForce, waive } from './waivers.ts';

const waiver = { criterion: 'a', owner: 'Ada', reason: 'known', until: '2026-11-23' };

describe('a waiver', () => {
  it.each([
    ['2026-11-22T23:59:59.999Z', true],
    ['2026-11-23T00:00:00.000Z', true],
    ['2026-11-23T23:59:59.999Z', true],
    ['2026-11-24T00:00:00.000Z', false],
    ['2027-01-01T00:00:00.000Z', false],
  ])('until 2026-11-23 counts for a run that began at %s: %s', (startedAt, counts) => {
    expect(isInForce(waiver, startedAt)).toBe(counts);
  });

  it('keeps what was judged and takes its say in the verdict', () => {
    const findings = judge([criterionOf({ id: 'a' }), criterionOf({ id: 'b' })], []).map((finding) => ({
      ...finding,
      outcome: finding.criterion === 'a' ? ('fail' as const) : ('pass' as const),
    }));
    expect(decide(findings)).toBe('no-go');
    const waived = waive(findings, [waiver], '2026-11-23T12:00:00.000Z');
    expect(waived).toStrictEqual([{ ...findings[0], waived: waiver }, findings[1]]);
    expect(decide(waived)).toBe('go');
    expect(waive(findings, [waiver], '2026-11-24T12:00:00.000Z')).toEqual(findings);
  });

  it('of everything leaves nothing that decides', () => {
    const findings = judge([criterionOf({ id: 'a' })], []);
    expect(decide(waive(findings, [waiver], '2026-11-23T12:00:00.000Z'))).toBe('inconclusive');
  });
});
