import { describe, expect, it } from 'vitest';
import shipped from '../../../rampgate.config.ts';
import { choosePolicy } from '../../config/choose-policy.ts';
import { parseRollout } from '../../config/load-config.ts';
import type { RolloutInput } from '../../config/rollout.ts';

const api = shipped.metrics?.['api'];
if (api === undefined) throw new Error('the shipped configuration reads no metrics');

const withMetrics = (metrics: NonNullable<RolloutInput['metrics']>, targets = shipped.targets): RolloutInput => ({
  ...shipped,
  metrics,
  targets,
});
const metricsOf = (rollout: RolloutInput) =>
  choosePolicy(parseRollout(rollout, 'c.ts'), 'sha256:0', { profile: 'pre-ramp' }).metrics;

describe('metrics in the configuration', () => {
  it('become what the probe reads, with names alone and durations spelled out', () => {
    const [metrics] = metricsOf(shipped);
    expect(metrics).toMatchObject({ name: 'api', source: { kind: 'scrape', at: '/metrics/' }, seenWithinMs: 5000 });
    expect(metrics?.read['diff-latency']).toMatchObject({ kind: 'over', edge: 0.2, unit: 's' });
    expect(metrics?.read['cache-answers']).toMatchObject({ hits: [{ name: 'skillmeat_cache_hits_total', where: {} }] });
  });

  it('are read elsewhere where the target says so', () => {
    const prometheus = { url: 'https://prometheus.example.com/', only: { namespace: 'staging' }, tokenFrom: 'T' };
    const demo = { artifacts: {}, ...shipped.targets['demo'], metrics: { api: { prometheus } } };
    expect(metricsOf(withMetrics({ api }, { demo }))).toMatchObject([
      { source: { ...prometheus, kind: 'prometheus', url: 'https://prometheus.example.com' }, seenWithinMs: 60_000 },
    ]);
  });

  it('may count in the histogram’s own unit, and several counters together', () => {
    const read = {
      ...api.read,
      large: { histogram: { name: 'size_bytes', where: { path: '/a' } }, over: 4096 },
      jobs: { counter: ['a_total', { name: 'b_total' }] },
    };
    expect(metricsOf(withMetrics({ api: { ...api, read } }))[0]?.read).toMatchObject({
      large: { edge: 4096, unit: '' },
      jobs: { kind: 'counter', counter: [{ name: 'a_total' }, { name: 'b_total' }] },
    });
  });

  it.each<[string, RolloutInput, string]>([
    [
      'one name in two sources',
      withMetrics({ api, b: api }),
      'metrics.b.read.cache-answers: metrics.api reads something of this name already',
    ],
    [
      'answers to compare and nothing that asks',
      withMetrics({ api: { source: api.source, read: api.read } }),
      'metrics.api.read.cache-answers: compares answers with counters, so it needs metrics.api.control',
    ],
    [
      'a source that is none',
      withMetrics({ api: { ...api, source: { scrape: 'metrics' } } }),
      'metrics.api.source: must be { scrape: PATH or ADDRESS } or { prometheus: { url } }',
    ],
    [
      'braces in a name',
      withMetrics({ api: { ...api, read: { ...api.read, a: { counter: 'a{b="c"}' } } } }),
      'metrics.api.read.a.counter: must be the name of a metric, without braces',
    ],
    [
      'metrics of a target that nobody reads',
      withMetrics({ api }, { demo: { artifacts: {}, ...shipped.targets['demo'], metrics: { apis: api.source } } }),
      'targets.demo.metrics: there is no "apis"; did you mean "api"?',
    ],
    [
      'a criterion that nothing feeds',
      withMetrics({ apis: api }),
      'there is no "metrics:api"; did you mean "metrics:apis"?',
    ],
  ])('are refused with %s', (_name, rollout, problem) => {
    expect(() => parseRollout(rollout, 'c.ts')).toThrow(problem);
  });
});
