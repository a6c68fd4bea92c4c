/**
 * Change points in simulated nights: how often noise alone shows one, how soon and how exactly a step is found, how often a
 * drift is recognised, and how long 1,000 runs of 30 criteria take. Seeded; asserts nothing.
 */

import { changePoints } from '../harness/judgement/trend/change-points.ts';
import { groupDrifts } from '../harness/judgement/trend/drifts.ts';
import { median } from '../harness/lib/percentile.ts';
import { print, table } from './print-results.ts';
import { nights, noises } from './random-series.ts';

const HISTORIES = 1000;
const CRITERIA = 30;
const RUNS = 1000;
const STEP_AT = 19;

type Noise = keyof typeof noises;
const kinds = Object.keys(noises) as Noise[];
const seeds = Array.from({ length: HISTORIES }, (_, index) => index + 1);

const step = (night: number): number => (night >= STEP_AT ? 112 : 100);
const drift = (night: number): number => 100 + 2 * Math.min(20, Math.max(0, night - STEP_AT));

const changes = (series: readonly number[]) => groupDrifts(series, changePoints(series));

const share = (is: (seed: number) => boolean): string =>
  `${((100 * seeds.filter(is).length) / HISTORIES).toFixed(1)} %`;

const isNear = (at: number): boolean => Math.abs(at - STEP_AT) <= 1;

const falseOnes = kinds.map((noise) => {
  const per1000 = seeds
    .slice(0, 100)
    .reduce((sum, seed) => sum + changePoints(nights(1000, { seed, noise })).length, 0);
  const showing = share((seed) => changePoints(nights(30, { seed, noise })).length > 0);
  return [noise, (per1000 / 100).toFixed(2), showing];
});

const found = kinds.flatMap((noise) =>
  [24, 27, 30, 60].map((count) => {
    const points = (seed: number): number[] =>
      changePoints(nights(count, { seed, noise, level: step })).map(({ at }) => at);
    return [
      `${noise}, night ${count}`,
      share((seed) => points(seed).length > 0),
      share((seed) => points(seed).some(isNear)),
    ];
  }),
);

const stepsOrDrift = [['12 % step', step] as const, ['2 % a night for 20 nights', drift] as const].map(
  ([name, level]) => {
    const is = (kind: 'at' | 'from') => (seed: number) => {
      const all = changes(nights(60, { seed, level }));
      return all.length > 0 && all.every((one) => kind in one);
    };
    return [name, share(is('at')), share(is('from'))];
  },
);

/** Median time to read a history of RUNS runs. */
function secondsFor(level: (night: number) => number): number {
  const series = Array.from({ length: CRITERIA }, (_, seed) => nights(RUNS, { seed, noise: 'outliers', level }));
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    for (const values of series) changes(values);
    return performance.now() - from;
  });
  return median(times) / 1000;
}

const times = [
  ['one level', () => 100] as const,
  ['a step every 100 runs, up and down', (night: number) => 100 + 20 * (Math.floor(night / 100) % 2)] as const,
  ['a step up every 40 runs', (night: number) => 100 * 1.08 ** Math.floor(night / 40)] as const,
].map(([name, level]) => [name, `${secondsFor(level).toFixed(2)} s`]);

print(
  `Change points (${HISTORIES} histories each)`,
  [
    table(['noise alone', 'in 1,000 runs', 'of 30 nights show one'], falseOnes),
    table(['12 % step at night 20', 'found', 'at night 20 ± 1'], found),
    table(['60 nights of', 'read as steps', 'read as drift'], stepsOrDrift),
    table([`${RUNS} runs of ${CRITERIA} criteria`, 'median of 5'], times),
  ].join('\n\n'),
  { falseOnes, found, stepsOrDrift, times },
);
