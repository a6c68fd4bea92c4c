/**
 * Thirty seeded nightly runs: a step of 12 % in one criterion at night 20, a drift in another, an outlier,
 * two red nights, and a new browser build at night 27. Night 1 is the first.
 */

import { nights } from '../bench/random-series.ts';
import { runOf } from '../harness/store/runs.fixture.ts';
import type { StoredCriterion, StoredRun } from '../harness/store/stored-run.ts';

/** Night 20 is the first slow one; its release is r20. */
export const stepNight = 20;
export const outlierNight = 12;
export const redNights: readonly number[] = [8, 16];
export const browserNight = 27;

const count = 30;
const index = (night: number): number => night - 1;

const step = withOutlier(nights(count, { seed: 1, level: (at) => (at >= index(stepNight) ? 224 : 200) }));
const drift = nights(count, { seed: 2, level: (at) => 80 + 2 * Math.min(15, Math.max(0, at - 8)) });
const steady = nights(count, { seed: 4, level: () => 6 });

/** The first nights, oldest first, as the store holds them. */
export function simulatedNights(until = count): StoredRun[] {
  return Array.from({ length: until }, (_, at) => nightOf(at + 1));
}

function nightOf(night: number): StoredRun {
  const at = index(night);
  const isRed = redNights.includes(night);
  const day = String(night).padStart(2, '0');
  return runOf({
    id: `202610${day}T020000Z-nightly-${day}ab`,
    profile: 'nightly',
    startedAt: `2026-10-${day}T02:00:00.000Z`,
    finishedAt: `2026-10-${day}T02:14:00.000Z`,
    release: `r${night}`,
    browser: night >= browserNight ? 'Chromium 157' : 'Chromium 156',
    verdict: isRed ? 'no-go' : 'go',
    criteria: [
      criterion('cold-start.diff-visible', { statistic: 'p75', value: step[at], limit: 500, inBrowser: true }),
      criterion('large-diff.list-visible', { statistic: 'p75', value: drift[at], limit: 150, inBrowser: true }),
      criterion('diff.latency-p95', {
        statistic: 'p95',
        value: isRed ? 260 : steady[at],
        limit: 200,
        inBrowser: false,
      }),
    ],
  });
}

interface Observed {
  readonly statistic: string;
  readonly value: number | undefined;
  readonly limit: number;
  readonly inBrowser: boolean;
}

function criterion(id: string, { statistic, value = Number.NaN, limit, inBrowser }: Observed): StoredCriterion {
  return {
    criterion: id,
    severity: 'blocking',
    waived: false,
    outcome: value < limit ? 'pass' : 'fail',
    reason: value < limit ? 'interval-within-limit' : 'interval-beyond-limit',
    statistic,
    value,
    unit: 'ms',
    lower: value * 0.95,
    upper: value * 1.06,
    samples: 60,
    limit: { op: '<', value: limit, unit: 'ms' },
    inBrowser,
  };
}

function withOutlier(series: readonly number[]): number[] {
  return series.with(index(outlierNight), 3 * (series[index(outlierNight)] ?? 0));
}
