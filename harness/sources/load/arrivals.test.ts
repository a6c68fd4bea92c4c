import { describe, expect, it } from 'vitest';
import type { LoadShare } from '../../model/load-mix.ts';
import { planArrivals } from './arrivals.ts';

const mix: readonly LoadShare[] = [
  { name: 'repeated', share: 0.7, repeated: true, requests: [{ path: '/a' }, { path: '/b' }] },
  { name: 'fresh', share: 0.3, requests: [{ path: '/1' }, { path: '/2' }, { path: '/3' }] },
];

describe('planArrivals', () => {
  const arrivals = [...planArrivals(mix, { ratePerSecond: 50, durationMs: 4000 })];

  it('plans as many arrivals as rate and duration say, evenly', () => {
    expect(arrivals).toHaveLength(200);
    expect(arrivals.map((arrival) => arrival.dueMs)).toEqual(Array.from({ length: 200 }, (_, index) => index * 20));
  });

  it('keeps the shares exactly, at every point to within one arrival', () => {
    for (const upTo of [1, 7, 10, 33, 200]) {
      const repeated = arrivals.slice(0, upTo).filter((arrival) => arrival.share === 'repeated').length;
      expect(Math.abs(repeated - 0.7 * upTo)).toBeLessThanOrEqual(1);
    }
  });

  it('takes the requests of a share in turn', () => {
    const fresh = arrivals.filter((arrival) => arrival.share === 'fresh').map((arrival) => arrival.request.path);
    expect(fresh.slice(0, 4)).toEqual(['/1', '/2', '/3', '/1']);
  });

  it('goes on where an earlier load of the same mix ended, so that what is fresh stays fresh', () => {
    const later = [...planArrivals(mix, { ratePerSecond: 50, durationMs: 4000, after: 5 })];
    expect(later).toHaveLength(200);
    expect(later[0]?.dueMs).toBe(0);
    expect(later.slice(0, 195).map((arrival) => arrival.request)).toEqual(
      arrivals.slice(5).map((arrival) => arrival.request),
    );
  });

  it('marks as repeated what the cache should know', () => {
    expect(arrivals.every((arrival) => arrival.repeated === (arrival.share === 'repeated'))).toBe(true);
  });
});
