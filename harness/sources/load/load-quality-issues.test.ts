import { describe, expect, it } from 'vitest';
import type { LoadResult } from './load-plan.ts';
import { loadQualityIssues } from './load-quality-issues.ts';
import { startLoadRecorder } from './load-recorder.ts';

const generator = {
  intendedPerSecond: 50,
  achievedPerSecond: 50,
  startDelayMs: { p99: 1, max: 2 },
  eventLoopDelayMs: { p99: 11 },
  cpu: 0.2,
  maxInFlight: 4,
  kept: true,
};

function resultOf(changes: Partial<LoadResult>, cache?: 'hit' | 'unknown'): LoadResult {
  const loadRecorder = startLoadRecorder();
  loadRecorder.add({
    outcome: 'good',
    latencyMs: 5,
    serviceMs: 5,
    second: 0,
    ...(cache === undefined ? {} : { cache }),
  });
  const counts = { stages: 1, planned: 1, sent: 1, durationMs: 1000, abandoned: 0 };
  return { loadRecorder, ...counts, stopped: null, generator, ...changes };
}

describe('a load', () => {
  it('that ran as intended is not doubted', () => {
    expect(loadQualityIssues({ name: 'diff' }, resultOf({}))).toEqual([]);
    expect(loadQualityIssues({ name: 'diff', cacheHeader: 'X-Cache' }, resultOf({}, 'hit'))).toEqual([]);
  });

  it.each<[string, Partial<LoadResult>, string, string]>([
    ['was interrupted', { stopped: { why: 'interrupted', message: 'somebody' } }, 'interrupted', 'somebody'],
    ['met a limiter', { stopped: { why: 'rate-limited', message: '429' } }, 'rate-limited', '429'],
    ['met a failing target', { stopped: { why: 'failing', message: '60 of 100' } }, 'load-stopped', '60 of 100'],
    ['was never answered well', { loadRecorder: startLoadRecorder() }, 'nothing-served', 'not one good answer'],
    [
      'was not put on',
      { abandoned: 3, generator: { ...generator, achievedPerSecond: 41.26, kept: false } },
      'schedule-not-kept',
      '41.3/s on instead of 50/s, and 3 requests came to no end',
    ],
    [
      'was put on by a saturated generator, schedule or not',
      { generator: { ...generator, cpu: 0.934 } },
      'generator-saturated',
      'used 0.93 of its one core',
    ],
  ])('that %s is doubted, with the values', (_name, changes, code, text) => {
    expect(loadQualityIssues({ name: 'diff' }, resultOf(changes))).toMatchObject([
      { code, message: expect.stringContaining(text) },
    ]);
  });

  it('whose generator has a little to spare is not doubted', () => {
    expect(loadQualityIssues({ name: 'diff' }, resultOf({ generator: { ...generator, cpu: 0.89 } }))).toEqual([]);
  });

  it.each([
    ['do not say', 'unknown'],
    ['never came', undefined],
  ] as const)(
    'whose repeated answers %s whether they came from the cache is doubted about that alone',
    (_name, cache) => {
      expect(loadQualityIssues({ name: 'diff', cacheHeader: 'X-Cache' }, resultOf({}, cache))).toMatchObject([
        { code: 'signal-absent', slis: ['diff.cache-hit-rate'] },
      ]);
    },
  );
});
