import { beforeEach, describe, expect, it } from 'vitest';
import { localServers } from '../../../setup/local-servers.ts';
import { checklistConventions } from '../../config/api-conventions.ts';
import { realShell } from '../../lib/shell.ts';
import type { Evidence } from '../../model/evidence.ts';
import { collectLoad } from './collect-load.ts';
import type { LoadPolicy } from './settings.ts';

const serve = localServers();
let api: string;
beforeEach(async () => {
  api = await serve((_request, response) => response.end('ok'));
});

const policy: LoadPolicy = {
  name: 'diff',
  ratePerSecond: 50,
  durationMs: 500,
  stages: 3,
  warmUpMs: 0,
  timeoutMs: 1000,
  expectBody: 'ok',
  mix: () => Promise.resolve([{ name: 'all', share: 1, requests: [{ path: '/' }] }]),
};

function collect(stillOpen: (evidence: Evidence) => boolean): Promise<Evidence> {
  return collectLoad(policy, {
    api,
    target: { artifacts: {}, conventions: checklistConventions, limiter: null },
    slowRoute: null,
    withoutControls: {},
    beside: [],
    safety: { maxRatePerSecond: 100, maxRequests: 1000, stopAtErrorRatio: 0.5 },
    shell: realShell(),
    signal: new AbortController().signal,
    stillOpen,
    onProgress: () => undefined,
  });
}

const requestsOf = (evidence: Evidence): number | undefined =>
  evidence.status === 'collected'
    ? evidence.measurements.flatMap((one) => (one.kind === 'ratio' ? [one.denominator] : []))[0]
    : undefined;
const howOf = (evidence: Evidence): string =>
  evidence.status === 'collected' ? (evidence.measurements[0]?.how ?? '') : '';

describe('the load probe', () => {
  it('loads once where that decides', async () => {
    const evidence = await collect(() => false);
    expect(requestsOf(evidence)).toBe(25);
    expect(howOf(evidence)).toContain('50/s for 0.5 s, in 1 of at most 3 stages');
  });

  it('loads again while something is open, each time on all that was measured so far', async () => {
    const seen: (number | undefined)[] = [];
    const evidence = await collect((soFar) => {
      seen.push(requestsOf(soFar));
      return soFar.probe === 'load-diff' && seen.length < 2;
    });
    expect(seen).toEqual([25, 50]);
    expect(requestsOf(evidence)).toBe(50);
    expect(howOf(evidence)).toContain('50/s for 1 s, in 2 of at most 3 stages');
  });

  it('ends with its budget, decided or not', async () => {
    let asked = 0;
    const evidence = await collect(() => {
      asked += 1;
      return true;
    });
    expect(asked).toBe(2);
    expect(requestsOf(evidence)).toBe(75);
  });

  it('times fixed work before and after', async () => {
    const evidence = await collect(() => false);
    const measurements = evidence.status === 'collected' ? evidence.measurements : [];
    const [referenceMs = []] = measurements.flatMap((one) => (one.kind === 'distribution' ? [one.referenceMs] : []));
    expect(referenceMs).toHaveLength(2);
    expect(Math.min(...referenceMs)).toBeGreaterThan(0);
  });
});
