import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../model.ts';
import { fixtureTimings } from '../fixture-evidence.ts';
import { findingsWith } from '../fixture-findings.ts';
import { measurementDetails } from './measurement-details.ts';

const timings = fixtureTimings({ sli: 'cold-start.diff-visible', medianMs: 300, spread: 0.1, count: 20 });

function drawn(changes: Partial<Finding>): string {
  const id = 'cold-start.diff-visible';
  const finding = findingsWith({ [id]: changes }).find(({ criterion }) => criterion === id);
  if (finding === undefined) throw new Error('there is no such finding');
  return render(measurementDetails(finding, timings) as VNode);
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
    expect(drawn({})).toContain('20 samples of');
  });

  it('draw a share beyond the whole', () => {
    const limit = { op: '<=', value: 0.1, unit: 'ratio' } as const;
    const grown = { statistic: 'change of p75', value: 1.5, unit: 'ratio', interval: [1.2, null] } as const;
    expect(drawn({ observed: { ...observed, ...grown }, limit })).toContain('>160<');
  });
});
