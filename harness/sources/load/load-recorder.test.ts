import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { type Finished, startLoadRecorder } from './load-recorder.ts';

const finished = (outcome: Finished['outcome'], latencyMs: number, more: Partial<Finished> = {}): Finished => ({
  outcome,
  latencyMs,
  serviceMs: latencyMs,
  second: 0,
  ...more,
});

describe('startTally', () => {
  it('keeps the latency of failures apart: failing fast is not being fast', () => {
    const loadRecorder = startLoadRecorder();
    for (let index = 0; index < 100; index += 1) loadRecorder.add(finished('bad', 1, { status: 500 }));
    loadRecorder.add(finished('good', 40, { status: 200 }));
    const { latency, errors } = loadRecorder.percentilesMs();
    expect(latency?.p50).toBeCloseTo(40, 0);
    expect(errors?.p50).toBeCloseTo(1, 1);
    expect(loadRecorder.byStatus).toEqual({ 200: 1, 500: 100 });
  });

  it('counts a time-out at the time it waited', () => {
    const loadRecorder = startLoadRecorder();
    for (let index = 0; index < 9; index += 1) loadRecorder.add(finished('good', 5));
    loadRecorder.add(finished('timeout', 2000));
    expect(loadRecorder.percentilesMs().latency?.p99).toBeCloseTo(2000, -1);
    expect(loadRecorder.latency()).toMatchObject({ count: 10, timeouts: 1 });
  });

  it('knows no percentile of nothing', () => {
    const loadRecorder = startLoadRecorder();
    loadRecorder.add(finished('lost', 3));
    expect(loadRecorder.percentilesMs().latency).toBeNull();
  });

  it('keeps slices per second that add up to the whole', () => {
    const loadRecorder = startLoadRecorder();
    for (let index = 0; index < 300; index += 1)
      loadRecorder.add(finished('good', 1 + (index % 50), { second: index % 3 }));
    const { histogram, slices } = loadRecorder.latency();
    const merged = decodeFromCompressedBase64(slices[0]?.histogram ?? '');
    for (const slice of slices.slice(1)) merged.add(decodeFromCompressedBase64(slice.histogram));
    const whole = decodeFromCompressedBase64(histogram);
    expect(slices.map((slice) => slice.second)).toEqual([0, 1, 2]);
    expect(merged.totalCount).toBe(300);
    for (const percentile of [1, 50, 95, 99, 100]) {
      expect(merged.getValueAtPercentile(percentile)).toBe(whole.getValueAtPercentile(percentile));
    }
  });

  it('counts second by second what adds up to the whole', () => {
    const loadRecorder = startLoadRecorder();
    loadRecorder.add(finished('good', 1, { second: 1, cache: 'hit' }));
    loadRecorder.add(finished('good', 1, { second: 1, cache: 'miss' }));
    loadRecorder.add(finished('good', 1, { second: 0, cache: 'unknown' }));
    loadRecorder.add(finished('bad', 1, { second: 1 }));
    loadRecorder.add(finished('timeout', 1, { second: 2 }));
    expect(loadRecorder.seconds()).toEqual([
      { second: 0, requests: 1, failed: 0, timeouts: 0, repeats: 0, hits: 0 },
      { second: 1, requests: 3, failed: 1, timeouts: 0, repeats: 2, hits: 1 },
      { second: 2, requests: 1, failed: 1, timeouts: 1, repeats: 0, hits: 0 },
    ]);
  });

  it('says how many failed lately only when there are enough to say', () => {
    const loadRecorder = startLoadRecorder();
    for (let index = 0; index < 99; index += 1) loadRecorder.add(finished('bad', 1));
    expect(loadRecorder.recentErrorRatio()).toBeNull();
    for (let index = 0; index < 51; index += 1) loadRecorder.add(finished('good', 1));
    expect(loadRecorder.recentErrorRatio()).toBeCloseTo(0.49, 5);
  });
});
