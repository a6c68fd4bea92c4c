import { describe, expect, it } from 'vitest';
import { browserNight, outlierNight, redNights, simulatedNights, stepNight } from '../../../checks/simulated-nights.ts';
import { whyNotAcceptable } from '../../store/accept.ts';
import { decisionAt, runOf } from '../../store/runs.fixture.ts';
import type { StoredRun } from '../../store/stored-run.ts';
import { assembleHistory } from './assemble-history.ts';
import type { CriterionHistory, Series } from './model.ts';

const rollout = 'a rollout';

/** As the nightly rule has it: a run that is go joins the baseline. */
function historyOf(runs: readonly StoredRun[]) {
  const accepted = runs
    .filter((run) => whyNotAcceptable(run) === null)
    .map((run) => ({ ...decisionAt(run.finishedAt, run), kind: 'nightly' as const }));
  return assembleHistory({ rollout, runs, accepted });
}

function criterionOf(runs: readonly StoredRun[], id: string): CriterionHistory {
  const found = historyOf(runs).criteria.find(({ criterion }) => criterion === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function onlySeries({ series }: CriterionHistory): Series {
  const [only, ...others] = series;
  if (only === undefined || others.length > 0) throw new Error(`${series.length} series`);
  return only;
}

const nightOf = (startedAt: string): number => Number(startedAt.slice(8, 10));

describe('thirty simulated nights', () => {
  const cold = 'cold-start.diff-visible';

  it('find the step by night 24, at night 20 or its neighbour, with its release', () => {
    const { changes, points } = onlySeries(criterionOf(simulatedNights(24), cold));
    expect(changes).toHaveLength(1);
    const [step] = changes ?? [];
    expect(step).toMatchObject({ kind: 'step', direction: 'worse' });
    expect(Math.abs(nightOf(step?.first.startedAt ?? '') - stepNight)).toBeLessThanOrEqual(1);
    expect(step?.first.release).toBe(`r${nightOf(step?.first.startedAt ?? '')}`);
    expect(step?.relative).toBeCloseTo(0.12, 1);
    expect(points).toHaveLength(24);
  });

  it('never take the outlier for a change, in whichever night they are asked', () => {
    for (let night = 1; night <= 30; night += 1) {
      const { series } = criterionOf(simulatedNights(night), cold);
      const near = series
        .flatMap(({ changes }) => changes ?? [])
        .filter(({ first }) => Math.abs(nightOf(first.startedAt) - outlierNight) <= 2);
      expect(near, `night ${night}`).toEqual([]);
    }
  });

  it('tell the drift as a drift that began', () => {
    const { changes } = onlySeries(criterionOf(simulatedNights(26), 'large-diff.list-visible'));
    expect(changes).toMatchObject([{ kind: 'drift', direction: 'worse' }]);
    const [drift] = changes ?? [];
    expect(Math.abs(nightOf(drift?.first.startedAt ?? '') - 10)).toBeLessThanOrEqual(4);
  });

  it('start a new series with the new browser build, and compare nothing across', () => {
    const { series } = criterionOf(simulatedNights(), cold);
    expect(series.map(({ browser }) => browser)).toEqual(['Chromium 156', 'Chromium 157']);
    const [before, after] = series;
    expect(after?.apart).toEqual(['another browser build: Chromium 157, not Chromium 156']);
    expect(nightOf(after?.points[0]?.startedAt ?? '')).toBe(browserNight);
    expect(after?.points).toHaveLength(4);
    expect(after?.changes).toBeNull();
    expect(before?.changes).toHaveLength(1);
    expect(before?.baseline?.run).toBe(before?.points.at(-1)?.run);
  });

  it('go on in one series where no browser measured', () => {
    const { points, changes } = onlySeries(criterionOf(simulatedNights(), 'diff.latency-p95'));
    expect(points).toHaveLength(30);
    expect(changes).toEqual([]);
  });

  it('never have a red night for a baseline, nor take the red nights for a change', () => {
    for (const red of redNights) {
      const { baseline, points } = onlySeries(criterionOf(simulatedNights(red), 'diff.latency-p95'));
      expect(points.at(-1)).toMatchObject({ verdict: 'no-go', outcome: 'fail' });
      expect(nightOf(baseline?.acceptedAt ?? '')).toBe(red - 1);
    }
  });
});

describe('a history', () => {
  it('says of a run without a value why it has none', () => {
    const { criteria } = assembleHistory({ rollout, runs: [runOf({ id: 'one' })], accepted: [] });
    expect(criteria.find(({ criterion }) => criterion === 'silent')).toMatchObject({
      series: [],
      silent: [{ run: 'one', outcome: 'inconclusive', reason: 'no-evidence' }],
    });
  });

  it.each([
    ['machine class', { machineClass: 'another machine' }],
    ['major version', { toolVersion: '1.0.0' }],
  ])('starts a new series for another %s', (_what, given) => {
    const runs = [runOf({ id: 'a' }), runOf({ id: 'b', startedAt: '2026-11-24T00:00:00.000Z', ...given })];
    const [one] = assembleHistory({ rollout, runs, accepted: [], criterion: 'diff.latency-p95' }).criteria;
    expect(one?.series).toHaveLength(2);
    expect(one?.series[1]?.apart).toHaveLength(1);
  });

  it('starts a new series for another unit', () => {
    const [first, second] = [runOf({ id: 'a' }), runOf({ id: 'b', startedAt: '2026-11-24T00:00:00.000Z' })];
    const inRatio = second.criteria.map((one) => ({ ...one, unit: 'ratio' as const }));
    const runs = [first, { ...second, criteria: inRatio }];
    const [one] = assembleHistory({ rollout, runs, accepted: [], criterion: 'diff.latency-p95' }).criteria;
    expect(one?.series.map(({ unit }) => unit)).toEqual(['ms', 'ratio']);
  });

  it('keeps targets and profiles apart, and runs of two machines that take turns in two series', () => {
    const turns = Array.from({ length: 24 }, (_, at) =>
      runOf({
        id: `run-${at}`,
        startedAt: new Date(Date.UTC(2026, 9, 1 + at)).toISOString(),
        machineClass: at % 2 === 0 ? 'fast' : 'slow',
        criteria: runOf({ id: '' }).criteria.map((one) => ({ ...one, value: at % 2 === 0 ? 100 : 200 })),
      }),
    );
    const elsewhere = runOf({ id: 'elsewhere', target: 'staging', environment: 'staging.example.com' });
    const { criteria } = assembleHistory({
      rollout,
      runs: [...turns, elsewhere],
      accepted: [],
      criterion: 'diff.latency-p95',
    });
    expect(criteria.map(({ target }) => target)).toEqual(['staging', 'demo']);
    expect(criteria[1]?.series.map(({ changes, points }) => [points.length, changes])).toEqual([
      [12, []],
      [12, []],
    ]);
  });

  it('calls more of what should be much better', () => {
    const runs = Array.from({ length: 20 }, (_, at) =>
      runOf({
        id: `run-${String(at).padStart(2, '0')}`,
        startedAt: new Date(Date.UTC(2026, 9, 1 + at)).toISOString(),
        criteria: runOf({ id: '' }).criteria.map((one) => ({
          ...one,
          unit: 'ratio' as const,
          value: at < 10 ? 0.6 : 0.8,
          limit: { op: '>', value: 0.5, unit: 'ratio' } as const,
        })),
      }),
    );
    const [one] = assembleHistory({ rollout, runs, accepted: [], criterion: 'diff.latency-p95' }).criteria;
    expect(one?.series[0]?.changes).toMatchObject([{ direction: 'better', first: { run: 'run-10' } }]);
  });

  it('is empty of no run', () => {
    expect(assembleHistory({ rollout, runs: [], accepted: [] })).toMatchObject({ runs: 0, span: null, criteria: [] });
  });
});
