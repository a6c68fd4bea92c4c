import { describe, expect, it } from 'vitest';
import { designEffect } from './design-effect.ts';
import { bothSides } from './errors.ts';
import { criterionOf, distributionOf, machineOf } from './evidence.fixture.ts';
import { judgeDistribution } from './judge-distribution.ts';
import { machineNoiseOf } from './machine-noise.ts';

describe('requests that resemble their neighbours in time', () => {
  // Of 50 in each second so many take 2 ms, which is what a limit of < 2 ms does not allow.
  it.each([
    ['of all kinds', [0, 10, 50, 5, 20, 0, 0, 30, 50, 1, 0, 2]],
    ['all or nothing', Array.from({ length: 30 }, (_, index) => (index % 2) * 50)],
  ])('count by how those at the limit and beyond are spread over the seconds: %s', (_name, late) => {
    const second = (slow: number) =>
      distributionOf([
        [1, 50 - slow],
        [2, slow],
      ]);
    const slices = late.map((slow, index) => ({ ...second(slow), second: index }));
    const whole = distributionOf(
      late.flatMap((slow) => [[1, 50 - slow] as const, [2, slow] as const]),
      { slices },
    );
    const criterion = criterionOf({ limit: { op: '<', value: 2, unit: 'ms' } });
    const noise = machineNoiseOf([machineOf({})]);
    const { message } = judgeDistribution({ criterion, percentile: 75, errors: bothSides(0.95), noise }, whole);
    const count = 50 * late.length;
    const worth = Math.floor(count / designEffect(late.map((hits) => ({ count: 50, hits }))));
    expect(worth).toBeGreaterThan(10);
    expect(message).toContain(`${count} say no more than ${worth} independent ones.`);
  });
});
