import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../model/evidence.ts';
import type { Observation, WatchEvent } from '../model.ts';
import { startWatch } from './advance.ts';
import { evaluateWatch } from './evaluate-watch.ts';
import {
  ended,
  feed,
  healthy,
  instant,
  minute,
  planOf,
  sampleOf,
  timings,
  type World,
  watched,
  watchOf,
} from './simulated.fixture.ts';

const alertsOf = (events: readonly WatchEvent[]) =>
  events.flatMap((event) => (event.kind === 'alert' ? [event.alert] : []));

/** What is said in the first hour of a watch of two. */
function firstHour(worldAt: (atMs: number) => World, seed: number): readonly WatchEvent[] {
  return feed(startWatch(planOf()), watchOf(worldAt, seed, 60 * minute)).events;
}

/** From minute 40 on, until `untilMs`. */
function faulty(fault: Partial<World>, untilMs = Number.POSITIVE_INFINITY): (atMs: number) => World {
  return (atMs) => (atMs >= 40 * minute && atMs < untilMs ? { ...healthy, ...fault } : healthy);
}

describe('a watch of two hours', () => {
  it('raises at most one false alert in 100 healthy watches, stalls of the machine and all', () => {
    const alerts: string[] = [];
    for (let seed = 1; seed <= 100; seed += 1) {
      alerts.push(...alertsOf(watched(() => healthy, seed).events).map(({ id }) => `${id} in watch ${seed}`));
    }
    expect(alerts.length, alerts.join(', ')).toBeLessThanOrEqual(1);
  });

  it('is a success when every row is met', () => {
    const report = evaluateWatch(watched(() => healthy, 3).state, null);
    expect(report.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(report).toMatchObject({ standing: 'success', advice: null, alerts: [], gaps: [] });
    expect(report.successCriteria.map(({ outcome }) => outcome)).toEqual(Array<string>(6).fill('pass'));
    expect(report.rollback.scope).toBe('none');
  });

  // The last column: from how many half minutes on it can be told from chance at all, by a rule that knows when it began and how
  // bad it is, and has the same share of false alerts. A paint is two visits in two minutes.
  it.each([
    ['a tenth of the answers fail', { errorShare: 0.1 }, 'diff.error-rate', 3],
    ['a third of the answers fail', { errorShare: 0.33 }, 'diff.error-rate', 1],
    ['every answer fails', { errorShare: 1 }, 'diff.error-rate', 1],
    ['half of the answers are slow', { slowShare: 0.5 }, 'diff.latency-p95', 2],
    ['the cache is off', { hitShare: 0 }, 'diff.cache-hit-rate', 2],
    ['errors pour in', { errorsPerMinute: 30 }, 'errors-per-minute', 4],
    ['the page paints late', { paintMs: 1500 }, 'viewer.paint', 36],
  ] as const)(
    'when %s from minute 40 on, it is told within two sampling intervals of when it can be',
    (_, fault, id, seen) => {
      for (let seed = 1; seed <= 5; seed += 1) {
        const [alert, ...others] = alertsOf(firstHour(faulty(fault), seed));
        expect(others.map((one) => one.id)).toEqual([]);
        expect(alert).toMatchObject({ id, recoveredAt: null });
        const raisedAfter = ((alert?.raisedAtMs ?? 0) - 40 * minute) / (minute / 2);
        expect(raisedAfter).toBeGreaterThanOrEqual(0);
        expect(raisedAfter).toBeLessThanOrEqual(seen + 1);
        // Within a sample or two of when it began.
        expect(Math.abs((alert?.sinceMs ?? 0) - 40 * minute)).toBeLessThanOrEqual(4 * minute);
      }
    },
  );

  it.each([
    ['all answers fail in one sample', { errorShare: 1 }],
    ['all answers are slow in one sample', { slowShare: 1 }],
    ['nothing is cached in one sample', { hitShare: 0 }],
    ['errors pour in for a minute', { errorsPerMinute: 50 }],
  ] as const)('raises none for a blip: %s', (_, fault) => {
    // Alone: with a stall right after it, it would be none.
    const world = (atMs: number): World => ({ ...faulty(fault, 40.5 * minute)(atMs), stalls: 0 });
    for (let seed = 1; seed <= 5; seed += 1) {
      expect(alertsOf(firstHour(world, seed))).toEqual([]);
    }
  });

  it('says with an alert since when, with what values, and the rollback plan; and when it is over', () => {
    const { state, events } = watched(faulty({ errorShare: 0.5 }, 50 * minute), 5);
    const [alert] = alertsOf(events);
    expect(alert).toMatchObject({
      id: 'diff.error-rate',
      title: '/diff: error rate',
      since: instant(40 * minute),
      raisedAt: instant(41 * minute),
      scope: 'backend',
      rollback: { scope: 'backend', steps: [{ title: 'Roll the API back', command: 'kubectl rollout undo' }] },
      advice: 'Look at the log.',
    });
    expect(alert?.message).toMatch(/^it was \d+\.\d % since 14:40:00 UTC \(\d+ of 240\); the alert limit is > 2 %$/);
    expect(alert?.values.at(-1)?.at).toBe(instant(41 * minute));
    const recovered = events.find(({ kind }) => kind === 'recovered');
    expect(recovered).toMatchObject({ alert: { id: 'diff.error-rate' } });
    const over = state.alerts[0]?.recoveredAtMs ?? 0;
    expect(over).toBeGreaterThanOrEqual(50 * minute);
    expect(over).toBeLessThanOrEqual(55 * minute);
    // It did not remain within its limit.
    const report = evaluateWatch(state, null);
    expect(report).toMatchObject({ standing: 'failed', rollback: { scope: 'backend' } });
    expect(report.findings.find(({ criterion }) => criterion === 'diff.error-rate')?.message).toMatch(
      /^it was beyond its alert limit from 14:40:00 UTC to 14:5\d:\d\d UTC; /,
    );
    expect(report.successCriteria.find(({ id }) => id === 'S3')?.outcome).toBe('fail');
  });

  it('can be raised again after it was over', () => {
    const twice = (atMs: number): World => {
      const isBad = (atMs >= 30 * minute && atMs < 40 * minute) || atMs >= 80 * minute;
      return isBad ? { ...healthy, errorShare: 0.6 } : healthy;
    };
    const { state } = watched(twice, 2);
    expect(state.alerts.map(({ recoveredAt }) => recoveredAt !== null)).toEqual([true, false]);
  });

  it('does not take silence for success', () => {
    const report = evaluateWatch(feed(startWatch(planOf()), [ended(120 * minute)]).state, null);
    expect(report.standing).toBe('inconclusive');
    expect(report.findings.every(({ outcome }) => outcome === 'inconclusive')).toBe(true);
    expect(report.gaps.map(({ source }) => source)).toEqual(['load-diff', 'browser-viewer', 'sentry-issues']);
  });

  it('does not take too little exposure for success', () => {
    const plan = planOf({ durationMs: 3 * minute });
    const report = evaluateWatch(watched(() => healthy, 1, plan).state, null);
    expect(report.standing).toBe('inconclusive');
    expect(report.findings.map(({ reason }) => reason)).toContain('too-few-samples');
  });

  it('keeps a bounded state, however long it goes on', () => {
    const size = (untilMs: number): number =>
      JSON.stringify(
        feed(
          startWatch(planOf({ durationMs: untilMs })),
          watchOf(() => healthy, 1, untilMs),
        ).state,
      ).length;
    expect(size(16 * 60 * minute)).toBeLessThan(1.5 * size(4 * 60 * minute));
  });
});

describe('what a watch survives', () => {
  const first = watchOf(() => healthy, 4, 30 * minute);
  const rest = watchOf(() => healthy, 4).filter(({ atMs }) => atMs >= 45 * minute);

  it('a restart in the middle: the journal told again leads to the same state, and the gap is reported', () => {
    const lived = feed(startWatch(planOf()), first).state;
    const again = feed(startWatch(planOf()), JSON.parse(JSON.stringify(first)) as Observation[]).state;
    expect(again).toEqual(lived);
    const gap: Observation = {
      kind: 'gap',
      at: instant(45 * minute),
      atMs: 45 * minute,
      why: 'not-running',
      lastedMs: 15.5 * minute,
    };
    const { state, events } = feed(again, [gap, ...rest, ended(120 * minute)]);
    expect(evaluateWatch(state, null).gaps).toMatchObject([
      { source: null, from: instant(29.5 * minute), why: 'not-running' },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'gap' }));
  });

  it('an interruption: it is not decided, and goes on', () => {
    const stopped: Observation = { kind: 'end', at: instant(30 * minute), atMs: 30 * minute, why: 'interrupted' };
    const { state } = feed(startWatch(planOf()), [...first, stopped]);
    expect(evaluateWatch(state, null)).toMatchObject({ standing: 'inconclusive', watch: { ended: 'interrupted' } });
    const gap: Observation = {
      kind: 'gap',
      at: instant(45 * minute),
      atMs: 45 * minute,
      why: 'not-running',
      lastedMs: 15 * minute,
    };
    expect(feed(state, [gap]).state.ended).toBeNull();
  });

  it.each([
    ['a machine that slept', 'asleep', 10 * minute, 'the machine slept for 10 min 00 s'],
    [
      'a clock that was set',
      'clock-set',
      -3600_000,
      'the clock was set back by 1 h 00 min; intervals do not depend on it',
    ],
    ['a machine that was too busy', 'late', 2 * minute, 'the machine was too busy to sample for 2 min 00 s'],
  ] as const)('%s is a gap, and no alert', (_, why, lastedMs, message) => {
    const gap: Observation = { kind: 'gap', at: instant(30 * minute), atMs: 30 * minute, why, lastedMs };
    const { state, events } = feed(startWatch(planOf()), [...first, gap]);
    expect(state.gaps).toMatchObject([{ why, lastedMs, message }]);
    expect(alertsOf(events)).toEqual([]);
  });

  const silentFor = (fromMs: number, untilMs: number): Observation[] => {
    const all: Observation[] = [];
    for (let atMs = fromMs; atMs < untilMs; atMs += minute / 2) {
      all.push({ kind: 'silent', at: instant(atMs), atMs, why: 'connect ECONNREFUSED' });
    }
    return all;
  };
  const after = (ms: number): Observation[] => watchOf(() => healthy, 4).filter(({ atMs }) => atMs >= ms);

  it('a target that is gone for a moment: a gap, and no alert', () => {
    const { state, events } = feed(startWatch(planOf()), [
      ...first,
      ...silentFor(30 * minute, 31 * minute),
      ...after(31 * minute),
    ]);
    expect(alertsOf(events)).toEqual([]);
    expect(state.gaps).toMatchObject([
      { why: 'silent', lastedMs: minute, message: 'the target did not answer for 1 min 00 s' },
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['silent', 'answers-again']));
  });

  it('a target that stays away: an alert about both layers, until it answers again', () => {
    const { state, events } = feed(startWatch(planOf()), [
      ...first,
      ...silentFor(30 * minute, 35 * minute),
      ...after(35 * minute),
      ended(120 * minute),
    ]);
    expect(alertsOf(events)).toMatchObject([
      { id: 'target', since: instant(30 * minute), raisedAt: instant(31.5 * minute), rollback: { scope: 'both' } },
    ]);
    expect(state.alerts).toMatchObject([{ recoveredAt: instant(35 * minute) }]);
    expect(evaluateWatch(state, null).standing).toBe('success');
    const answers: Observation = { kind: 'answers', at: instant(36 * minute), atMs: 36 * minute };
    const back = feed(startWatch(planOf()), [...first, ...silentFor(30 * minute, 35 * minute), answers, answers]);
    expect(back.state).toMatchObject({ silent: null, alerts: [{ recoveredAt: instant(36 * minute) }] });
    const gone = evaluateWatch(
      feed(startWatch(planOf()), [...first, ...silentFor(30 * minute, 35 * minute)]).state,
      null,
    );
    expect(gone).toMatchObject({ standing: 'failed', gaps: [] });
    expect(gone.because).toContain('An alert stands: demo answers; the target does not answer');
  });

  it('a source that goes blind: said once, reported as a gap, and never taken for good', () => {
    const blind = (atMs: number): Observation => {
      const at = instant(atMs);
      const evidence: Evidence = {
        status: 'unavailable',
        probe: 'load-diff',
        startedAt: at,
        finishedAt: at,
        qualityIssues: [{ code: 'probe-crashed', message: 'the load could not be put on' }],
      };
      return { kind: 'sample', source: 'load-diff', at, atMs, evidence };
    };
    const { state, events } = feed(startWatch(planOf()), [
      ...first,
      blind(30 * minute),
      blind(30.5 * minute),
      blind(31 * minute),
      ...after(30 * minute).filter(
        (one) => one.atMs >= 32 * minute || (one.kind === 'sample' && one.source !== 'load-diff'),
      ),
    ]);
    expect(events.filter(({ kind }) => kind === 'lost')).toHaveLength(1);
    expect(state.gaps).toMatchObject([{ source: 'load-diff', why: 'unseen', from: instant(29.5 * minute) }]);
    expect(state.gaps[0]?.message).toBe('load-diff: nothing came for 2 min 30 s (the load could not be put on)');
    expect(state.sources['load-diff']).toMatchObject({ lost: 3, lastQualityIssue: null });
  });
});

describe('what a sample says', () => {
  it('counts what waited in vain as longer than the limit', () => {
    const loss = { reason: 'never-painted' as const, waitedMs: 4000, message: 'not painted', at: instant(0) };
    const slow = { ...timings('viewer.paint', []), losses: [loss, loss] };
    const samples = Array.from({ length: 20 }, (_, index) =>
      sampleOf('browser-viewer', [slow as ReturnType<typeof timings>], index * 2 * minute),
    );
    const { events } = feed(startWatch(planOf()), samples);
    expect(alertsOf(events)).toMatchObject([{ id: 'viewer.paint' }]);
  });

  it('says which checks failed', () => {
    const check = { name: 'pytest', ok: false, expected: 'exit code 0', actual: 'exit code 1' };
    const sample = sampleOf(
      'commands-tests',
      [{ kind: 'checks', sli: 'tests', how: '', unit: 'count', checks: [check] }],
      0,
    );
    const { state, events } = feed(startWatch(planOf()), [sample]);
    expect(events).toContainEqual({ kind: 'failed-check', at: instant(0), id: 'tests', checks: [check] });
    expect(evaluateWatch(state, null)).toMatchObject({ standing: 'failed', because: 'Failed: Tests.' });
  });

  it('takes nothing from a measurement of another kind', () => {
    const { state } = feed(startWatch(planOf()), [sampleOf('commands-tests', [timings('tests', [1])], 0)]);
    expect(state.points['tests']?.checked).toBeNull();
  });

  it('does not take a doubted sample for good, but a failure that the doubt cannot have caused for one', () => {
    const unreliable = (code: 'load-stopped' | 'generator-saturated', numerator: number): Observation[] =>
      [0, 1, 2].map((index) => {
        const of = { numerator: 'failed', denominator: 'requests' };
        const measured = {
          kind: 'ratio',
          sli: 'diff.error-rate',
          how: '',
          unit: 'ratio',
          numerator,
          denominator: 80,
          of,
        } as const;
        const sample = sampleOf('load-diff', [measured], index * 30_000);
        if (sample.kind !== 'sample' || sample.evidence.status !== 'collected') throw new Error('not a sample');
        return {
          ...sample,
          evidence: { ...sample.evidence, qualityIssues: [{ code, message: 'the load was not as intended' }] },
        };
      });
    const failing = feed(startWatch(planOf()), unreliable('load-stopped', 60));
    expect(alertsOf(failing.events)).toMatchObject([{ id: 'diff.error-rate' }]);
    const busy = feed(startWatch(planOf()), unreliable('generator-saturated', 60));
    expect(alertsOf(busy.events)).toEqual([]);
    const [, rate] = evaluateWatch(busy.state, null).findings;
    expect(rate).toMatchObject({
      outcome: 'inconclusive',
      message: 'nothing was seen of it: the load was not as intended',
    });
  });
});

describe('a stage of the ramp', () => {
  const stage = { name: 'canary', title: 'Canary', next: 'all of the traffic' };
  const plan = planOf({
    watch: { ...planOf().watch, stage },
    durationMs: 5 * minute,
    successCriteria: [],
    criteria: planOf().criteria.filter(({ probe }) => probe === 'load-diff'),
  });

  it('goes on when everything that can raise an alert was seen, and nothing did', () => {
    const report = evaluateWatch(watched(() => healthy, 1, plan).state, null);
    expect(report).toMatchObject({ standing: 'success', advice: 'go-on' });
  });

  it('holds when too little was seen', () => {
    const report = evaluateWatch(watched(() => healthy, 1, { ...plan, durationMs: minute }).state, null);
    expect(report).toMatchObject({ standing: 'inconclusive', advice: 'hold' });
  });

  it('goes on where a rate is all that can raise an alert, once it was seen', () => {
    const alone = { ...plan, criteria: [] };
    const seen = evaluateWatch(watched(() => healthy, 1, alone).state, null);
    expect(seen).toMatchObject({ standing: 'success', advice: 'go-on' });
    const unseen = evaluateWatch(feed(startWatch(alone), [ended(5 * minute)]).state, null);
    expect(unseen).toMatchObject({ advice: 'hold', because: 'Not decided: JavaScript errors per minute.' });
    const none = evaluateWatch(feed(startWatch({ ...alone, rates: [] }), [ended(5 * minute)]).state, null);
    expect(none.because).toBe('Not decided: nothing was watched that could raise an alert.');
  });

  it('goes back on an alert', () => {
    const report = evaluateWatch(watched(() => ({ ...healthy, errorShare: 0.3 }), 1, plan).state, null);
    expect(report).toMatchObject({ standing: 'failed', advice: 'go-back', rollback: { scope: 'backend' } });
  });
});
