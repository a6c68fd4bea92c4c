import { describe, expect, it } from 'vitest';
import type { CriterionThen } from '../model/last-go.ts';
import type { Outcome } from '../model/outcome.ts';
import { changesSince } from './changes-since.ts';
import { goReport } from './fixtures/gate-reports.fixture.ts';
import { fixtureLastGo } from './fixtures/last-go.fixture.ts';

const [finding] = goReport.report.findings.filter(({ criterion }) => criterion === 'diff.latency-p95');
if (finding?.observed === undefined) throw new Error('The fixture has no latency.');
const now = { ...finding, observed: { ...finding.observed, interval: [148, 156] as const } };

function kindWith(then: Partial<CriterionThen>, changes: { readonly outcome?: Outcome; readonly op?: '<' | '>' } = {}) {
  const limit = { ...now.limit, op: changes.op ?? now.limit.op };
  const before = { criterion: now.criterion, outcome: 'pass', limit, observed: now.observed, ...then } as const;
  const report = { ...goReport.report, findings: [{ ...now, limit, outcome: changes.outcome ?? 'pass' }] };
  return changesSince({ ...fixtureLastGo, criteria: [before] }, report).criteria[0]?.kind;
}

const wasAt = (low: number | null, high: number | null) => ({
  observed: { ...now.observed, value: 100, interval: [low, high] as const },
});

describe('changesSince', () => {
  it.each([
    ['the same', kindWith({}), undefined],
    ['an interval that touches', kindWith(wasAt(140, 148)), undefined],
    ['slower beyond both intervals', kindWith(wasAt(120, 140)), 'worse'],
    ['faster beyond both intervals', kindWith(wasAt(160, 170)), 'better'],
    ['more, where more is wanted', kindWith(wasAt(120, 140), { op: '>' }), 'better'],
    ['an interval open on the side that would tell', kindWith(wasAt(120, null)), undefined],
    ['nothing observed then', kindWith({ observed: undefined as never }), undefined],
    ['a failure', kindWith({}, { outcome: 'fail' }), 'worse-outcome'],
    ['a pass after a doubt', kindWith({ outcome: 'inconclusive' }), 'better-outcome'],
    ['another limit', kindWith({ limit: { op: '<', value: 250, unit: 'ms' } }), 'other-limit'],
    ['another criterion then', kindWith({ criterion: 'other' }), 'new'],
    [
      'an exact value that rose',
      kindWith({ observed: { statistic: 'p95', value: 100, unit: 'ms', samples: 1 } }),
      'worse',
    ],
    ['another statistic', kindWith({ observed: { statistic: 'p99', value: 1, unit: 'ms', samples: 1 } }), undefined],
  ])('tells %s', (_, kind, expected) => {
    expect(kind).toBe(expected);
  });
});
