/** The metrics of the shipped configuration, on the demo's API with faults planted: each is noticed, and blindness is no pass. */
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type FaultName, faults } from '../demo/faults.ts';
import { openTestApi, type TestApi } from '../demo/server/test-api.fixture.ts';
import { choosePolicy } from '../harness/config/choose-policy.ts';
import { parseRollout } from '../harness/config/load-config.ts';
import { onMachine } from '../harness/judgement/evidence.fixture.ts';
import { judge } from '../harness/judgement/judge.ts';
import { realShell } from '../harness/lib/shell.ts';
import type { Finding } from '../harness/model/finding.ts';
import { metricsProbe } from '../harness/sources/metrics/collect-metrics.ts';
import shipped from '../rampgate.config.ts';

/** Enough to prove an error rate under its limit; a violation shows in fewer. */
const MANY = 1200;
const AT_ONCE = 100;
const policy = choosePolicy(parseRollout(shipped, 'rampgate.config.ts'), 'sha256:0', { profile: 'pre-ramp' });
const criteria = policy.criteria.filter(({ probe }) => probe === 'metrics-api');

let api: TestApi;
afterEach(() => api.close());

/** Every diff asked for in a run, by somebody who looks at nothing but the metrics. */
async function judgeWith(
  planted: readonly FaultName[],
  diffs = AT_ONCE,
): Promise<{ readonly [criterion: string]: Finding }> {
  api = await openTestApi({ faults: planted.map((name) => [name, faults[name].size?.default ?? 1]) });
  await api.app.listen({ host: 'localhost', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  const [metrics] = policy.metrics;
  if (metrics === undefined) throw new Error('the shipped configuration reads no metrics');
  const probe = metricsProbe(
    { ...metrics, seenWithinMs: 300 },
    {
      api: `http://localhost:${port}/api/v1`,
      target: policy.target,
      shell: realShell(),
      signal: new AbortController().signal,
    },
  );
  await probe.begin();
  const path = `/artifacts/skill:pocket-notes/diff?project_path=${encodeURIComponent(api.project('sandbox'))}&mode=summary`;
  for (let asked = 0; asked < diffs; asked += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => api.get(path)));
  }
  const evidence = await probe.collect(() => undefined);
  const findings = judge(criteria, onMachine([evidence]), policy.errorBudget);
  return Object.fromEntries(findings.map((finding) => [finding.criterion, finding]));
}

describe('the metrics of the shipped rollout', () => {
  it('pass on a demo without faults', async () => {
    const findings = await judgeWith([], MANY);
    expect(findings['metrics.diff-error-rate']?.outcome).toBe('pass');
    expect(findings['metrics.cache-answers']?.outcome).toBe('pass');
    // How fast this machine is just now is not for a test to say.
    expect(findings['metrics.diff-latency']?.observed?.samples).toBe(MANY);
    expect(findings['metrics.diff-error-rate']?.observed?.samples).toBe(MANY);
  });

  it('see a header that calls misses hits, which the hit rate that rests on it does not', async () => {
    const findings = await judgeWith(['cache-lies']);
    expect(findings['metrics.cache-answers']).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('expected 6 or more, found 3'),
    });
  });

  it('see errors', async () => {
    const findings = await judgeWith(['diff-errors'], 4 * AT_ONCE);
    expect(findings['metrics.diff-error-rate']).toMatchObject({ outcome: 'fail', observed: { value: 0.03 } });
  });

  it('see slowness', async () => {
    const findings = await judgeWith(['slow-diff']);
    expect(findings['metrics.diff-latency']).toMatchObject({ outcome: 'fail', observed: { value: 1 } });
  });

  it('are blind with counters that nobody counts with, and say which', async () => {
    const findings = await judgeWith(['dead-counters']);
    expect(findings['metrics.cache-answers']).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('skillmeat_cache_hits_total + skillmeat_cache_misses_total rose by 0'),
    });
    expect(findings['metrics.diff-error-rate']?.observed?.samples).toBe(AT_ONCE);
  });

  it('are blind where there are none', async () => {
    const findings = await judgeWith(['no-metrics']);
    expect(new Set(Object.values(findings).map(({ outcome }) => outcome))).toEqual(new Set(['inconclusive']));
    expect(findings['metrics.cache-answers']?.message).toContain('/metrics/ answered 404');
  });

  it('have nothing to compare where the header is gone', async () => {
    const findings = await judgeWith(['no-cache-header']);
    expect(findings['metrics.cache-answers']).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('X-Cache of 6 of 6 answers said neither hit nor miss'),
    });
  });
});
