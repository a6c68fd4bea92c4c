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

  describe('between steps that are given', () => {
    const step = (at: number, before: number, after: number, p = 1e-4) => ({ at, before, after, p });
    /** Climbs from 100 by `rise` over the runs `from` to `to`, with an even wobble. */
    const ramp = (from: number, to: number, rise: number) => (run: number) =>
      Math.min(1, Math.max(0, (run - from + 1) / (to - from + 1))) * rise;
    const series = (count: number, level: (run: number) => number) =>
      Array.from({ length: count }, (_, run) => 100 + level(run) + (run % 2 === 0 ? 1 : -1));
    const near = (run: number) => expect.closeTo(run, -0.61);

    it('takes no more runs in than up to the neighbouring groups', () => {
      const [up, down] = [ramp(20, 29, 40), ramp(60, 69, -40)];
      const found = groupDrifts(
        series(100, (run) => up(run) + down(run)),
        [step(29, 100, 140), step(60, 140, 100)],
      );
      expect(found).toEqual([
        { from: near(20), to: near(29), before: near(100), after: near(140), p: 1e-4 },
        { from: near(60), to: near(69), before: near(140), after: near(100), p: 1e-4 },
      ]);
    });

    it('is one over steps that are a window apart, and has the strongest one’s p', () => {
      const found = groupDrifts(series(130, ramp(30, 80, 100)), [step(30, 100, 150, 1e-5), step(80, 150, 200, 1e-8)]);
      expect(found).toEqual([{ from: near(30), to: near(80), before: near(100), after: near(200), p: 1e-8 }]);
      const down = groupDrifts(series(130, ramp(30, 80, -80)), [step(30, 100, 60), step(80, 60, 20)]);
      expect(down).toMatchObject([{ from: near(30), to: near(80), after: near(20) }]);
      const apart = groupDrifts(series(130, ramp(30, 80, 100)), [step(30, 100, 150), step(81, 150, 200)]);
      expect(apart.length).toBe(2);
    });

    it('may be as short as a side of a change', () => {
      const found = groupDrifts(series(60, ramp(20, 25, 60)), [step(23, 100, 160)]);
      expect(found).toEqual([{ from: 20, to: 25, before: near(100), after: near(160), p: 1e-4 }]);
    });
  });
});
