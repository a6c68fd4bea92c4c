import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { fixtureDistribution, fixtureTimings } from '../fixtures/evidence.fixture.ts';
import { findingsWith } from '../fixtures/findings.fixture.ts';
import type { Baseline } from './accepted-samples.ts';
import { measurementDetails } from './measurement-details.ts';

const timings = fixtureTimings({ sli: 'cold-start.diff-visible', medianMs: 300, spread: 0.1, count: 20 });

const load = fixtureDistribution({ sli: 'cold-start.diff-visible', medianMs: 250, slowdown: 1, seconds: 3 });

interface Measured {
  readonly measurement?: Measurement;
  readonly baseline?: Baseline;
}

function drawn(changes: Partial<Finding>, { measurement = timings, baseline }: Measured = {}): string {
  const id = 'cold-start.diff-visible';
  const finding = findingsWith({ [id]: changes }).find(({ criterion }) => criterion === id);
  if (finding === undefined) throw new Error('there is no such finding');
  return render(measurementDetails(finding, measurement, baseline) as VNode);
}

describe('the details of a change', () => {
  const observed = { value: -12, unit: 'ms', interval: [-40, 16], confidence: 0.95, samples: 20 } as const;

  it('show its interval beside its limit, and no limit among the times', () => {
    const change = drawn({
      observed: { ...observed, statistic: 'change of p75' },
      limit: { op: '<=', value: 75, unit: 'ms' },
    });
    expect(change).toContain('The dot is the observed value, the band its interval.');
    expect(change).toContain('Slowest sample');
    expect(change).not.toContain('20 samples of');
    expect(change).toContain('What the baseline itself took is not in this report');
    expect(drawn({})).toContain('20 samples of');
  });

  const compared = { beforeMs: 300, nowMs: 288, runs: ['accepted'] };
  const known = { ...observed, statistic: 'change of p75', compared } as const;

  it('draw the baseline beside the run, with the edge that the limit makes of it', () => {
    const limit = { op: '<=', value: 75, unit: 'ms' } as const;
    const slower = fixtureTimings({ sli: 'cold-start.diff-visible', medianMs: 320, spread: 0.1, count: 30 });
    const baseline = { name: '0.3.9 (accepted)', measurements: [slower, slower] };
    const beside = drawn({ observed: known, limit }, { baseline });
    expect(beside).toContain('limit &lt;= 375 ms');
    expect(beside).toContain("The limit line is the baseline's p75, 300 ms, with the change of &lt;= 75 ms");
    expect(beside).toContain('The baseline is 0.3.9 (accepted).');
    expect(beside.match(/<circle/g)?.length).toBe(1 + 20 + 60);
    const share = { ...known, value: -0.04, unit: 'ratio', interval: [-0.1, 0.05] } as const;
    expect(drawn({ observed: share, limit: { op: '<=', value: 0.1, unit: 'ratio' } })).toContain('limit &lt;= 330 ms');
  });

  it('draw its value alone where that is all that is known of it', () => {
    const limit = { op: '<=', value: 75, unit: 'ms' } as const;
    const alone = drawn({ observed: known, limit });
    expect(alone).toContain('The baseline is known by its p75 alone.');
    expect(alone.match(/<circle/g)?.length).toBe(1 + 20);
    expect(drawn({ observed: known, limit }, { measurement: load })).toContain('all that is known of it');
  });

  it('draw the curve of a load above that of the baseline', () => {
    const limit = { op: '<=', value: 30, unit: 'ms' } as const;
    const baseline = { name: '0.3.9 (accepted)', measurements: [load] };
    const p95 = { ...known, statistic: 'change of p95' };
    const beside = drawn({ observed: p95, limit }, { measurement: load, baseline });
    expect(beside).toContain('Dashed: the baseline, 0.3.9 (accepted).');
    expect(beside).toContain('limit &lt;= 330 ms');
  });

  it('draw a share beyond the whole', () => {
    const limit = { op: '<=', value: 0.1, unit: 'ratio' } as const;
    const grown = { statistic: 'change of p75', value: 1.5, unit: 'ratio', interval: [1.2, null] } as const;
    expect(drawn({ observed: { ...observed, ...grown }, limit })).toContain('>160<');
  });
});
