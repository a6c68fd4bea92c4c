import { describe, expect, it } from 'vitest';
import type { Evidence, Measurement } from '../../../model/evidence.ts';
import type { LoadShare, MixContext } from '../../../model/load-mix.ts';
import type { Json } from '../../../model/units.ts';
import { keptMix } from '../../../sources/load/saved-mix.ts';
import { withErrorRate } from '../../../sources/sentry/error-rate.ts';
import { forJournal } from './for-journal.ts';

function evidenceOf(facts: { readonly [name: string]: Json }, measurements: readonly Measurement[] = []): Evidence {
  const at = '2026-11-28T14:00:00.000Z';
  const nothing = { tools: {}, attachments: [], qualityIssues: [] };
  return {
    status: 'collected',
    probe: 'sentry-issues',
    startedAt: at,
    finishedAt: at,
    measurements,
    facts,
    ...nothing,
  };
}

function ratesOf(evidence: Evidence): (readonly [count: number, seconds: number])[] {
  if (evidence.status !== 'collected') return [];
  return evidence.measurements.flatMap((one) =>
    one.kind === 'occurrences' ? [[one.count, one.exposures] as const] : [],
  );
}

describe('errors since Sentry was last asked', () => {
  it('are what its total has grown by; the first answer has nothing to compare with', () => {
    const rate = withErrorRate();
    expect(ratesOf(rate(evidenceOf({ errors: 7 }), 0))).toEqual([]);
    expect(ratesOf(rate(evidenceOf({ errors: 19 }), 60_000))).toEqual([[12, 60]]);
    // The oldest have left the days that are counted.
    expect(ratesOf(rate(evidenceOf({ errors: 15 }), 60_000))).toEqual([[0, 60]]);
  });

  it('are not known where the total was not', () => {
    const rate = withErrorRate();
    rate(evidenceOf({ errors: 7 }), 0);
    expect(ratesOf(rate(evidenceOf({ errors: null }), 60_000))).toEqual([]);
    expect(ratesOf(rate(evidenceOf({ errors: 9 }), 60_000))).toEqual([]);
    const silent: Evidence = {
      status: 'unavailable',
      probe: 'sentry-issues',
      startedAt: '',
      finishedAt: '',
      qualityIssues: [{ code: 'signal-absent', message: 'no answer' }],
    };
    expect(rate(silent, 60_000)).toBe(silent);
  });
});

describe('what the journal keeps of evidence', () => {
  it('is what is judged, and the window of a log', () => {
    const how = { how: '', unit: 'ms' as const, uncertaintyMs: 1 };
    const requests = [{ url: '/', startMs: 0, endMs: 1, sizeBytes: 1 }];
    const sample = { valueMs: 5, at: '', longTasksMs: [60], layoutShift: 0, requests };
    const slices = [{ second: 0, histogram: 'h', count: 1 }];
    const of = { numerator: 'failed', denominator: 'requests' };
    const kept = forJournal(
      evidenceOf({ window: { from: 'a', until: 'b' }, settings: { large: true } }, [
        { ...how, kind: 'timings', sli: 'a', samples: [sample], losses: [] },
        { ...how, kind: 'distribution', sli: 'b', histogram: 'h', count: 1, timeouts: 0, slices },
        { kind: 'ratio', sli: 'c', how: '', unit: 'ratio', numerator: 1, denominator: 2, of, slices: [] },
        { kind: 'checks', sli: 'd', how: '', unit: 'count', checks: [] },
      ]),
    );
    expect(kept).toMatchObject({ facts: { window: { from: 'a', until: 'b' } } });
    expect(JSON.stringify(kept)).not.toMatch(/large|"slices":\[\{|startMs/);
    expect(kept).toMatchObject({
      measurements: [{ samples: [{ valueMs: 5, longTasksMs: [60] }] }, { histogram: 'h' }, {}, {}],
    });
  });
});

describe('a kept mix', () => {
  const share = { name: 's', share: 1, requests: [{ path: '/' }] } as const satisfies LoadShare;

  it('is found out anew every ten minutes, after a failure, and after it could not be found', async () => {
    let found = 0;
    let fails = true;
    const mix = keptMix(async () => {
      found += 1;
      if (fails) throw new Error('no answer');
      return [share];
    });
    const ask = (sinceMs: number) => mix.find(sinceMs)({} as MixContext);
    await expect(ask(0)).rejects.toThrow('no answer');
    fails = false;
    for (const sinceMs of [0, 30_000, 30_000]) expect(await ask(sinceMs)).toEqual([share]);
    expect(found).toBe(2);
    await ask(9 * 60_000);
    expect(found).toBe(3);
    mix.forget();
    await ask(30_000);
    expect(found).toBe(4);
  });
});
