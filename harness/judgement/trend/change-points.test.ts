import { describe, expect, it } from 'vitest';
import { nights } from '../../../bench/random-series.ts';
import { changePoints, fewestRuns } from './change-points.ts';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
const stepAt20 = (night: number): number => (night >= 19 ? 112 : 100);

describe('change points of noise alone', () => {
  // `npm run bench:change-points` has the rates of many more; these leave room for what 20 series scatter.
  it.each([
    ['normal', 1.5],
    ['outliers', 2],
    ['heavy tails', 2.5],
    ['alike neighbours', 4],
  ] as const)('are few: %s, at most %d in 1,000 runs', (noise, most) => {
    const found = seeds.slice(0, 20).map((seed) => changePoints(nights(1000, { seed, noise })).length);
    const mean = found.reduce((sum, count) => sum + count, 0) / found.length;
    expect(mean).toBeLessThanOrEqual(most);
  });

  it('show in few series of thirty nights, whenever one looks', () => {
    const showing = seeds.filter((seed) => changePoints(nights(30, { seed })).length > 0);
    expect(showing.length / seeds.length).toBeLessThanOrEqual(0.05);
  });

  it('are none where nothing scatters', () => {
    expect(changePoints(Array.from({ length: 200 }, () => 412_345))).toEqual([]);
  });
});

describe('a step of 12 % in 5 % noise at night 20', () => {
  const near = ({ at }: { readonly at: number }): boolean => Math.abs(at - 19) <= 1;

  it('is found by night 24 and attributed to it or its neighbour', () => {
    const series = nights(30, { seed: 1, level: stepAt20 });
    expect(changePoints(series.slice(0, 19))).toEqual([]);
    expect(changePoints(series.slice(0, 24)).filter(near)).toHaveLength(1);
    expect(changePoints(series).filter(near)).toHaveLength(1);
  });

  it('is found so in two histories of three, and by night 30 in nearly all', () => {
    const rate = (count: number, of: (series: readonly number[]) => boolean): number =>
      seeds.filter((seed) => of(nights(count, { seed, level: stepAt20 }))).length / seeds.length;
    expect(rate(24, (series) => changePoints(series).some(near))).toBeGreaterThanOrEqual(0.6);
    expect(rate(30, (series) => changePoints(series).some(near))).toBeGreaterThanOrEqual(0.8);
    expect(rate(30, (series) => changePoints(series).length > 0)).toBeGreaterThanOrEqual(0.93);
  });

  it('has the levels of both sides', () => {
    const [point] = changePoints(nights(60, { seed: 2, level: stepAt20 }));
    expect(point?.before).toBeCloseTo(100, -0.8);
    expect(point?.after).toBeCloseTo(112, -0.8);
    expect(point?.p).toBeLessThan(0.001);
  });
});

describe('change points', () => {
  it('are the same whenever they are asked for', () => {
    const series = nights(300, { seed: 5, level: (night) => 100 + 15 * Math.floor(night / 60) });
    expect(changePoints(series)).toEqual(changePoints(series));
  });

  it('are not an outlier, wherever it is and however far', () => {
    for (const [seed, at] of [7, 12, 19, 23, 26, 29].entries()) {
      for (const factor of [1.5, 3, 100]) {
        const series = nights(30, { seed: seed + 1 });
        expect(changePoints(series.with(at, (series[at] ?? 0) * factor)), `night ${at + 1} × ${factor}`).toEqual([]);
      }
    }
  });

  it('are not two bad nights in a row', () => {
    const series = nights(30, { seed: 3 });
    for (let at = 5; at < 29; at += 1) expect(changePoints(series.with(at, 180).with(at + 1, 190))).toEqual([]);
  });

  it('are found behind an outlier, and behind each other', () => {
    const level = (night: number): number => (night >= 60 ? 140 : night >= 30 ? 120 : 100);
    const found = changePoints(nights(90, { seed: 4, level }).with(15, 300)).map(({ at }) => at);
    expect(found).toHaveLength(2);
    expect(Math.abs((found[0] ?? 0) - 30)).toBeLessThanOrEqual(1);
    expect(Math.abs((found[1] ?? 0) - 60)).toBeLessThanOrEqual(1);
  });

  it('are found where a level lasts as short as can be told', () => {
    const level = (night: number): number => (night >= 20 && night < 25 ? 160 : 100);
    expect(changePoints(nights(45, { seed: 6, level })).map(({ at }) => at)).toEqual([20, 25]);
  });

  it('lose the weakest first, so that one that is strong without it stays', () => {
    const level = (night: number): number => (night >= 30 ? 106 : night >= 15 && night < 22 ? 108 : 100);
    expect(changePoints(nights(60, { seed: 1, level })).map(({ at }) => at)).toEqual([15]);
  });

  it.each([30, 60, 100, 140, 190])('are found anywhere in a long series: at run %d', (at) => {
    const bytes = Array.from({ length: 200 }, (_, night) => (night >= at ? 440_000 : 412_345));
    expect(changePoints(bytes)).toMatchObject([{ at }]);
  });

  it('are exact in what has no noise, such as bytes', () => {
    const bytes = Array.from({ length: 40 }, (_, night) => (night >= 33 ? 440_000 : 412_345));
    expect(changePoints(bytes)).toEqual([{ at: 33, before: 412_345, after: 440_000, p: 0 }]);
  });

  it('leave out what is real and too small to matter', () => {
    const bytes = Array.from({ length: 40 }, (_, night) => (night >= 33 ? 412_346 : 412_345));
    expect(changePoints(bytes)).toEqual([]);
  });

  it('need ten runs', () => {
    const level = (night: number): number => (night >= 5 ? 200 : 100);
    expect(fewestRuns).toBe(10);
    expect(changePoints(nights(9, { seed: 1, level }))).toEqual([]);
    expect(changePoints(nights(10, { seed: 1, level }))).toHaveLength(1);
  });

  it('come of nothing from nothing', () => {
    expect(changePoints([])).toEqual([]);
    expect(changePoints([1])).toEqual([]);
  });

  it('are seen in rare errors only where they are no longer rare', () => {
    const clean = Array.from({ length: 50 }, () => 0);
    expect(changePoints([...clean, 0, 1, 0, 0, 1])).toEqual([]);
    expect(changePoints([...clean, 1, 1, 2, 1, 1])).toMatchObject([{ at: 50 }]);
  });
});
