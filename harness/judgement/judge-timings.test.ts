import { describe, expect, it } from 'vitest';
import type { Criterion } from '../model/criterion.ts';
import type { Timings } from '../model/evidence.ts';
import { bothSides } from './errors.ts';
import { criterionOf, equal, machineOf, timingsOf } from './evidence.fixture.ts';
import { judgeTimings } from './judge-timings.ts';
import { machineNoiseOf } from './machine-noise.ts';

const noise = machineNoiseOf([machineOf({})]);

const partsOf = (given: Partial<Criterion>, timings: Timings) =>
  judgeTimings({ criterion: criterionOf(given), percentile: 75, errors: bothSides(0.95), noise }, timings).map(
    ({ label, nature, outcome }) => [label, nature, outcome],
  );

describe('the parts of a criterion on timings', () => {
  const longestTask = { op: '<=', value: 50, unit: 'ms' } as const;

  it('are named after the percentile, and after the long task where there is a limit on it', () => {
    expect(partsOf({ longestTask }, timingsOf(equal(20, 100)))).toEqual([
      ['p75', 'sampled', 'pass'],
      ['longest task', 'sampled', 'pass'],
    ]);
  });

  it('are estimates even of nothing', () => {
    expect(partsOf({}, timingsOf([]))).toEqual([['p75', 'sampled', 'inconclusive']]);
  });

  it('are named after the groups, one for each that was measured and for each that is missing', () => {
    const timings = timingsOf(equal(20, 100, { group: 'a' }));
    expect(partsOf({ longestTask, groups: ['a', 'b'] }, timings)).toEqual([
      ['a', 'sampled', 'pass'],
      ['a, longest task', 'sampled', 'pass'],
      ['b', 'sampled', 'inconclusive'],
    ]);
  });
});
