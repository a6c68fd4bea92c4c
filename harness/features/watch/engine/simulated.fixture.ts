/** Made-up watches for tests: a world with seeded chances, sampled as the shipped configuration would. */

import { stepOf } from '../../../judgement/rollback/steps.fixture.ts';
import type { Criterion } from '../../../model/criterion.ts';
import type { Evidence, Measurement } from '../../../model/evidence.ts';
import type { Observation, WatchEvent, WatchPlan } from '../model.ts';
import { advance, startWatch, type WatchState } from './advance.ts';

/** A generator of uniform numbers, the same for the same seed: mulberry32. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const minute = 60_000;
const began = Date.parse('2026-11-28T14:00:00.000Z');

export function instant(atMs: number): string {
  return new Date(began + atMs).toISOString();
}

const about = {
  severity: 'blocking' as const,
  groups: [],
  rationale: 'The checklist asks for it.',
  advice: 'Look at the log.',
};

const criteria: readonly Criterion[] = [
  {
    ...about,
    id: 'diff.latency-p95',
    title: '/diff: p95 latency',
    scope: 'backend',
    sli: 'diff.latency',
    probe: 'load-diff',
    statistic: { kind: 'percentile', p: 95 },
    limit: { op: '<', value: 200, unit: 'ms' },
    alert: { op: '>', value: 500, unit: 'ms' },
    minSamples: 800,
    checklist: ['S4'],
  },
  {
    ...about,
    id: 'diff.error-rate',
    title: '/diff: error rate',
    scope: 'backend',
    sli: 'diff.error-rate',
    probe: 'load-diff',
    statistic: { kind: 'ratio' },
    limit: { op: '<', value: 0.005, unit: 'ratio' },
    alert: { op: '>', value: 0.02, unit: 'ratio' },
    minSamples: 800,
    checklist: ['S3'],
  },
  {
    ...about,
    id: 'diff.cache-hit-rate',
    title: '/diff: cache hits',
    scope: 'backend',
    sli: 'diff.cache-hit-rate',
    probe: 'load-diff',
    statistic: { kind: 'ratio' },
    limit: { op: '>', value: 0.6, unit: 'ratio' },
    alert: { op: '<', value: 0.4, unit: 'ratio' },
    minSamples: 500,
    checklist: ['S5'],
  },
  {
    ...about,
    id: 'viewer.paint',
    title: 'First contentful paint',
    scope: 'frontend',
    sli: 'viewer.paint',
    probe: 'browser-viewer',
    statistic: { kind: 'percentile', p: 50 },
    limit: { op: '<', value: 500, unit: 'ms' },
    alert: { op: '>', value: 1000, unit: 'ms' },
    minSamples: 15,
    checklist: ['S7'],
  },
  {
    ...about,
    id: 'viewer.console-errors',
    title: 'Console errors',
    scope: 'frontend',
    sli: 'viewer.console-errors',
    probe: 'browser-viewer',
    statistic: { kind: 'count' },
    limit: { op: '<=', value: 0, unit: 'count' },
    minSamples: 15,
    checklist: ['S6'],
  },
  {
    ...about,
    id: 'tests',
    title: 'Tests',
    scope: 'either',
    sli: 'tests',
    probe: 'commands-tests',
    statistic: { kind: 'all' },
    limit: { op: '<=', value: 0, unit: 'count' },
    minSamples: 1,
    checklist: ['S1'],
  },
];

export function planOf(changes: Partial<WatchPlan> = {}): WatchPlan {
  return {
    watch: {
      id: '20261128T140000Z-watch-1234',
      rollout: 'sync-status',
      startedAt: instant(0),
      tool: { version: '0.1.0', commit: 'abc' },
      target: { name: 'demo', web: 'http://localhost:1', api: 'http://localhost:2', release: 'demo@1.0.0' },
      machine: '2 × processor',
      configHash: 'sha256:0',
      stage: null,
    },
    durationMs: 120 * minute,
    sources: [
      { name: 'load-diff', everyMs: minute / 2 },
      { name: 'browser-viewer', everyMs: 2 * minute },
      { name: 'sentry-issues', everyMs: minute },
      { name: 'commands-tests', everyMs: null },
    ],
    criteria,
    rates: [
      {
        id: 'errors-per-minute',
        title: 'JavaScript errors per minute',
        sli: 'sentry.errors',
        probe: 'sentry-issues',
        scope: 'frontend',
        alert: { op: '>', value: 5, unit: 'count' },
        perMs: minute,
        rationale: 'The checklist alerts above five.',
        advice: 'Open Sentry.',
      },
    ],
    successCriteria: [
      { id: 'S1', title: 'Tests' },
      { id: 'S3', title: 'Error rates' },
      { id: 'S4', title: 'Latency' },
      { id: 'S5', title: 'Cache hits' },
      { id: 'S6', title: 'No new errors' },
      { id: 'S7', title: 'Load time' },
    ],
    leftOut: [],
    waivers: [],
    errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
    rollback: {
      steps: [
        stepOf({ title: 'Roll the API back', command: 'kubectl rollout undo', verify: 'health is up' }),
        stepOf({ title: 'Redeploy the page', layer: 'frontend', command: 'gh workflow run', verify: 'it is there' }),
      ],
      values: {},
      escalation: [],
    },
    preflight: null,
    falseAlerts: 0.01,
    goneAfterMs: 90_000,
    ...changes,
  };
}

/** What is true of the target at a moment. */
export interface World {
  readonly errorShare: number;
  readonly hitShare: number;
  /** How many answers take longer than 500 ms. */
  readonly slowShare: number;
  readonly paintMs: number;
  readonly errorsPerMinute: number;
  /** How many samples meet a stall of the machine: a third of their answers are slow, all at once. */
  readonly stalls: number;
}

/** As a good release is, on a machine that now and then stalls. */
export const healthy: World = {
  errorShare: 0.0005,
  hitShare: 0.72,
  slowShare: 0.002,
  paintMs: 380,
  errorsPerMinute: 0.2,
  stalls: 0.02,
};

const PER_SAMPLE = 80;

export function sampleOf(source: string, evidence: readonly Measurement[], atMs: number): Observation {
  const at = instant(atMs);
  const collected: Evidence = {
    status: 'collected',
    probe: source,
    startedAt: at,
    finishedAt: at,
    measurements: evidence,
    facts: {},
    tools: {},
    attachments: [],
    qualityIssues: [],
  };
  return { kind: 'sample', source, at, atMs, evidence: collected };
}

/** One sample of each source that is due at a moment of a world. */
function observe(world: World, atMs: number, random: () => number): Observation[] {
  const every = (ms: number): boolean => atMs % ms === 0;
  return [
    ...(every(minute / 2) ? [loadSample(world, atMs, random)] : []),
    ...(every(2 * minute) ? [pageSample(world, atMs, random)] : []),
    ...(every(minute) ? [errorSample(world, atMs, random)] : []),
    ...(atMs === 0 ? [testsSample(atMs)] : []),
  ];
}

function hits(count: number, share: number, random: () => number): number {
  let sum = 0;
  for (let one = 0; one < count; one += 1) if (random() < share) sum += 1;
  return sum;
}

function ratio(sli: string, numerator: number, denominator: number): Measurement {
  const of = { numerator: 'of them', denominator: 'in all' };
  return { kind: 'ratio', sli, how: 'made up', unit: 'ratio', numerator, denominator, of };
}

export function timings(sli: string, valuesMs: readonly number[]): Measurement {
  const samples = valuesMs.map((valueMs) => ({
    valueMs,
    at: instant(0),
    longTasksMs: [],
    layoutShift: 0,
    requests: [],
  }));
  return { kind: 'timings', sli, how: 'made up', unit: 'ms', uncertaintyMs: 1, samples, losses: [] };
}

function loadSample(world: World, atMs: number, random: () => number): Observation {
  const slowShare = random() < world.stalls ? Math.max(0.33, world.slowShare) : world.slowShare;
  const latencies = Array.from({ length: PER_SAMPLE }, () =>
    random() < slowShare ? 510 + 200 * random() : 30 + 100 * random() ** 2,
  );
  return sampleOf(
    'load-diff',
    [
      timings('diff.latency', latencies),
      ratio('diff.error-rate', hits(PER_SAMPLE, world.errorShare, random), PER_SAMPLE),
      ratio('diff.cache-hit-rate', hits(50, world.hitShare, random), 50),
    ],
    atMs,
  );
}

function pageSample({ paintMs }: World, atMs: number, random: () => number): Observation {
  const values = [0, 1].map(() => paintMs * (0.9 + 0.3 * random()));
  return sampleOf(
    'browser-viewer',
    [
      timings('viewer.paint', values),
      {
        kind: 'occurrences',
        sli: 'viewer.console-errors',
        how: 'made up',
        unit: 'count',
        count: 0,
        exposures: 2,
        exposedTo: 'visits',
        seen: [],
      },
    ],
    atMs,
  );
}

function errorSample({ errorsPerMinute }: World, atMs: number, random: () => number): Observation {
  const count = hits(60, errorsPerMinute / 60, random);
  return sampleOf(
    'sentry-issues',
    [
      {
        kind: 'occurrences',
        sli: 'sentry.errors',
        how: 'made up',
        unit: 'count',
        count,
        exposures: 60,
        exposedTo: 'seconds',
        seen: ['WEB-1 TypeError'],
      },
    ],
    atMs,
  );
}

function testsSample(atMs: number): Observation {
  const check = { name: 'pytest', ok: true, expected: 'exit code 0', actual: 'exit code 0' };
  return sampleOf(
    'commands-tests',
    [{ kind: 'checks', sli: 'tests', how: 'made up', unit: 'count', checks: [check] }],
    atMs,
  );
}

export interface Replayed {
  readonly state: WatchState;
  readonly events: readonly WatchEvent[];
}

/** Feeds observations to the state machine, one after the other. */
export function feed(from: WatchState, observations: readonly Observation[]): Replayed {
  const events: WatchEvent[] = [];
  let state = from;
  for (const observation of observations) {
    const advanced = advance(state, observation);
    state = advanced.state;
    events.push(...advanced.events);
  }
  return { state, events };
}

/** The observations of a whole watch, in a world that may change. */
export function watchOf(worldAt: (atMs: number) => World, seed: number, untilMs = 120 * minute): Observation[] {
  const random = uniform(seed);
  const observations: Observation[] = [];
  for (let atMs = 0; atMs < untilMs; atMs += minute / 2) observations.push(...observe(worldAt(atMs), atMs, random));
  return observations;
}

export function ended(atMs: number): Observation {
  return { kind: 'end', at: instant(atMs), atMs, why: 'time' };
}

/** A whole watch in one go. */
export function watched(worldAt: (atMs: number) => World, seed: number, plan = planOf()): Replayed {
  return feed(startWatch(plan), [...watchOf(worldAt, seed, plan.durationMs), ended(plan.durationMs)]);
}
