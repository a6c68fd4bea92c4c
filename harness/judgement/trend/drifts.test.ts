import { describe, expect, it } from 'vitest';
import { nights } from '../../../bench/random-series.ts';
import { changePoints } from './change-points.ts';
import { groupDrifts } from './drifts.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);
const changes = (series: readonly number[]) => groupDrifts(series, changePoints(series));

/** 2 % a night, from night 20 to night 40. */
const climbing = (night: number): number => 100 + 2 * Math.min(20, Math.max(0, night - 19));

function shareWhere(level: (night: number) => number, is: (found: ReturnType<typeof changes>) => boolean): number {
  return seeds.filter((seed) => is(changes(nights(60, { seed, level })))).length / seeds.length;
}

describe('a drift', () => {
  it('is told as one, with where it began and what it came to', () => {
    const [drift, ...others] = changes(nights(60, { seed: 2, level: climbing }));
    expect(others).toEqual([]);
    expect(drift).toMatchObject({ before: expect.closeTo(100, -0.8), after: expect.closeTo(140, -0.8) });
    if (drift === undefined || !('from' in drift)) throw new Error('not a drift');
    expect(Math.abs(drift.from - 20)).toBeLessThanOrEqual(4);
    expect(Math.abs(drift.to - 39)).toBeLessThanOrEqual(4);
  });

  it('is told from steps in most series, and a step from it in more', () => {
    const step = (night: number): number => (night >= 30 ? 130 : 100);
    expect(
      shareWhere(climbing, (found) => found.length === 1 && found.every((one) => 'from' in one)),
    ).toBeGreaterThanOrEqual(0.85);
    expect(shareWhere(step, (found) => found.length === 1 && found.every((one) => 'at' in one))).toBeGreaterThanOrEqual(
      0.88,
    );
  });

  it('may still go on with the last run', () => {
    const series = nights(40, { seed: 2, level: (night) => 100 + Math.max(0, night - 20) * 2 });
    expect(changes(series)).toMatchObject([{ to: 39 }]);
  });

  it('is not what two releases did', () => {
    const level = (night: number): number => (night >= 60 ? 140 : night >= 30 ? 120 : 100);
    const share = seeds.filter((seed) => changes(nights(90, { seed, level })).every((one) => 'at' in one)).length;
    expect(share / seeds.length).toBeGreaterThanOrEqual(0.97);
  });

  it('is not what went up and came down again', () => {
    const level = (night: number): number => (night >= 20 && night < 40 ? 130 : 100);
    expect(changes(nights(60, { seed: 3, level }))).toMatchObject([{ at: 20 }, { at: 40 }]);
  });

  it('is told of what has no noise', () => {
    const bytes = Array.from({ length: 60 }, (_, night) => 400_000 + 4000 * Math.max(0, night - 29));
    expect(changes(bytes)).toMatchObject([{ from: 30, before: expect.closeTo(400_000, -3) }]);
  });

  it('leaves exact steps exact', () => {
    const bytes = Array.from({ length: 60 }, (_, night) => (night >= 40 ? 500_000 : night >= 20 ? 450_000 : 400_000));
    expect(changes(bytes)).toMatchObject([{ at: 20 }, { at: 40 }]);
  });
});
