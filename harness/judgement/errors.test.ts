import { describe, expect, it } from 'vitest';
import type { Criterion } from '../model/criterion.ts';
import type { Measurement } from '../model/evidence.ts';
import { confidenceOf, errorsFor, questionsOf, ratesOf } from './errors.ts';
import { checksOf, criterionOf, equal, evidenceOf, judge, onMachine, timingsOf } from './evidence.fixture.ts';
import { judge as judgeWithin } from './judge.ts';

const below = { limit: { op: '<', value: 300, unit: 'ms' } } as const;
const above = { limit: { op: '>', value: 0.6, unit: 'ratio' } } as const;

describe('the error budget of the gate', () => {
  it('is whole for a pass, and shared among the questions for a fail', () => {
    expect(ratesOf({ falseGo: 0.01, falseNoGo: 0.02 }, 8)).toEqual({ falsePass: 0.01, falseFail: 0.0025 });
    expect(ratesOf({ falseGo: 0.01, falseNoGo: 0.02 }, 0)).toEqual({ falsePass: 0.01, falseFail: 0.02 });
  });

  it('goes to the ends of an interval by the side of the limit that is good', () => {
    const rates = { falsePass: 0.01, falseFail: 0.001 };
    expect(errorsFor(below, rates)).toEqual({ lower: 0.001, upper: 0.01 });
    expect(errorsFor(above, rates)).toEqual({ lower: 0.01, upper: 0.001 });
    expect(confidenceOf(errorsFor(above, rates))).toBeCloseTo(0.989, 12);
  });

  it('does not reach a criterion that states a confidence of its own', () => {
    expect(errorsFor({ ...below, confidence: 0.75 }, { falsePass: 0.01, falseFail: 0.001 })).toEqual({
      lower: 0.125,
      upper: 0.125,
    });
  });

  it('is shared among the looks of a criterion that may be looked at again', () => {
    expect(errorsFor({ ...below, looks: 4 }, { falsePass: 0.01, falseFail: 0.002 })).toEqual({
      lower: 0.0005,
      upper: 0.0025,
    });
    expect(
      confidenceOf(errorsFor({ ...below, confidence: 0.9, looks: 2 }, { falsePass: 1, falseFail: 1 })),
    ).toBeCloseTo(0.95, 12);
  });

  it.each([
    [{}, 1],
    [{ groups: ['a', 'b', 'c'] }, 3],
    [{ groups: ['a', 'b', 'c'], longestTask: { op: '<=', value: 50, unit: 'ms' } }, 6],
    [{ statistic: { kind: 'ratio' } }, 1],
    [{ statistic: { kind: 'count' } }, 0],
    [{ statistic: { kind: 'all' } }, 0],
  ] as const)('counts the intervals of %j', (given, questions) => {
    expect(questionsOf(criterionOf(given))).toBe(questions);
  });
});

describe('many criteria', () => {
  const named = (id: string) => criterionOf({ id, sli: id });
  const measured = (id: string, ...values: readonly (readonly [number, number])[]) => ({
    ...timingsOf(values.flatMap(([count, valueMs]) => equal(count, valueMs))),
    sli: id,
  });
  const ids = Array.from({ length: 20 }, (_, index) => `criterion-${index}`);
  const outcomes = (evidence: Parameters<typeof judge>[1], budget = { falseGo: 0.025, falseNoGo: 0.025 }) =>
    judgeWithin(ids.map(named), onMachine(evidence), budget).map(({ outcome }) => outcome);

  // Eight of twelve p75 samples beyond the limit: 0.4 % if the limit were kept. Enough alone, not among twenty.
  const uncertain = [
    [4, 100],
    [8, 900],
  ] as const;

  it('need more to fail one of them than one alone', () => {
    const evidence = evidenceOf(
      ids.map((id, index) => (index === 0 ? measured(id, ...uncertain) : measured(id, [20, 100]))),
    );
    expect(judge([named('criterion-0')], [evidence])).toMatchObject([{ outcome: 'fail' }]);
    expect(outcomes([evidence])[0]).toBe('inconclusive');
  });

  it('need less once others have failed, which leaves fewer to be wrong about', () => {
    const evidence = evidenceOf(
      ids.map((id, index) => (index === 0 ? measured(id, ...uncertain) : measured(id, [20, 900]))),
    );
    expect(outcomes([evidence])[0]).toBe('fail');
  });

  // The doubtful criterion among so many that share the budget and pass, beside others that do not.
  const outcomeAmong = (sharing: number, others: readonly Criterion[], bring: (sli: string) => Measurement) => {
    const measurements = ids.map((id, index) => (index === 0 ? measured(id, ...uncertain) : measured(id, [20, 100])));
    const evidence = evidenceOf([...measurements, ...others.map(({ sli }) => bring(sli))]);
    return judge([...ids.slice(0, sharing).map(named), ...others], [evidence])[0]?.outcome;
  };
  const nineteen = (given: Partial<Criterion>) => ids.slice(1).map((id) => ({ ...named(`other-${id}`), ...given }));

  it.each([
    ['only inform', { severity: 'advisory' }],
    ['state a confidence of their own', { confidence: 0.95 }],
    ['only inform, and state a confidence', { severity: 'advisory', confidence: 0.95 }],
  ] as const)('that %s take no share, and free none by failing', (_name, given) => {
    expect(outcomeAmong(1, nineteen(given), (sli) => measured(sli, [20, 100]))).toBe('fail');
    expect(outcomeAmong(20, nineteen(given), (sli) => measured(sli, [20, 900]))).toBe('inconclusive');
  });

  it('that are exact free no share by failing, because they had none', () => {
    const exact = nineteen({ statistic: { kind: 'all' }, limit: { op: '<=', value: 0, unit: 'count' } });
    expect(outcomeAmong(20, exact, (sli) => ({ ...checksOf(false), sli }))).toBe('inconclusive');
  });

  it('make no pass harder', () => {
    const evidence = evidenceOf(ids.map((id) => measured(id, [20, 100])));
    expect(new Set(outcomes([evidence]))).toEqual(new Set(['pass']));
  });
});
