/** Criteria and measurements of a simulated gate: one p75 under test among the criteria of a whole rollout. */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { decide } from '../harness/judgement/decide.ts';
import { criterionOf, evidenceOf, onMachine, sampleOf, timingsOf } from '../harness/judgement/evidence.fixture.ts';
import { judge } from '../harness/judgement/judge.ts';
import { normalQuantile } from '../harness/judgement/normal-quantile.ts';
import type { Criterion, Limit } from '../harness/model/criterion.ts';
import type { Evidence, Measurement } from '../harness/model/evidence.ts';
import type { Verdict } from '../harness/model/outcome.ts';
import { gaussian, type Random } from './random.ts';
import { draws, scaled } from './sample-shapes.ts';

export const LIMIT_MS = 300;
/** How often a gate looks at most, as in the shipped configuration. */
export const STAGES = 3;
export const budget = { falseGo: 0.01, falseNoGo: 0.01 };

const ms = (value: number): Limit => ({ op: '<', value, unit: 'ms' });
const ratio = (op: '<' | '>', value: number): Limit => ({ op, value, unit: 'ratio' });

/** One p75 under test, and what the shipped rollout judges beside it. */
export const criteria: readonly Criterion[] = [
  criterion('under-test', { statistic: { kind: 'percentile', p: 75 }, limit: ms(LIMIT_MS) }),
  criterion('grouped', { statistic: { kind: 'percentile', p: 75 }, limit: ms(300), groups: ['a', 'b', 'c'] }),
  criterion('list', { statistic: { kind: 'percentile', p: 75 }, limit: ms(100), longestTask: ms(50) }),
  criterion('file', { statistic: { kind: 'percentile', p: 75 }, limit: ms(200) }),
  criterion('latency', { statistic: { kind: 'percentile', p: 95 }, limit: ms(200) }),
  criterion('errors', { statistic: { kind: 'ratio' }, limit: ratio('<', 0.005) }),
  criterion('other-errors', { statistic: { kind: 'ratio' }, limit: ratio('<', 0.005) }),
  criterion('hits', { statistic: { kind: 'ratio' }, limit: ratio('>', 0.6) }),
];

function criterion(id: string, given: Pick<Criterion, 'statistic' | 'limit'> & Partial<Criterion>): Criterion {
  const looks = given.statistic.kind === 'percentile' && given.statistic.p === 75 ? STAGES : 1;
  return criterionOf({ id, sli: id, minSamples: 1, looks, ...given });
}

/** The verdict of a gate that measured this, on a machine without noise. */
export function verdictOf(measurements: readonly Measurement[], judged = criteria): Verdict {
  return decide(judge(judged, gateEvidence(measurements), budget));
}

export function gateEvidence(measurements: readonly Measurement[]): readonly Evidence[] {
  return onMachine([evidenceOf(measurements)]);
}

/** What the other criteria measure, each at this part of its limit. */
export function healthy(random: Random, part: number): Measurement[] {
  const near = (limit: number, count: number): number[] => scaled('normal', { random, count, p75: part * limit });
  const happens = (probability: number, count: number): number =>
    draws(count, () => Number(random() < probability)).reduce((total, one) => total + one, 0);
  // As healthy applications have them, or right at the limit.
  const [failing, hitting] = part < 0.9 ? [0.00005, 0.95] : [part * 0.005, 0.6 / part];
  const p95 = Math.exp(0.2 * normalQuantile(0.95));
  return [
    sampled('grouped', near(300, 63), ['a', 'b', 'c']),
    sampled('list', near(100, 30)),
    sampled('file', near(200, 30)),
    distribution(
      'latency',
      draws(1500, () => (part * 200 * Math.exp(0.2 * gaussian(random))) / p95),
    ),
    counted('errors', happens(failing, 1500), 1500),
    counted('other-errors', happens(failing, 1400), 1400),
    counted('hits', happens(hitting, 1050), 1050),
  ];
}

export function sampled(sli: string, values: readonly number[], groups: readonly string[] = []): Measurement {
  const samples = values.map((valueMs, index) => {
    const group = groups[index % Math.max(1, groups.length)];
    return sampleOf(valueMs, group === undefined ? {} : { group });
  });
  return timingsOf(samples, { sli, uncertaintyMs: 0 });
}

function distribution(sli: string, values: readonly number[]): Measurement {
  const perSecond = 50;
  const slices = draws(values.length / perSecond, (second) => second).map((second) => {
    const within = values.slice(second * perSecond, (second + 1) * perSecond);
    return { second, histogram: histogramOf(within), count: within.length };
  });
  const whole = { histogram: histogramOf(values), count: values.length, timeouts: 0, slices };
  return { kind: 'distribution', sli, how: 'bench', unit: 'ms', uncertaintyMs: 0, ...whole };
}

function histogramOf(values: readonly number[]): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 60_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of values) histogram.recordValue(Math.max(1, Math.round(value * 1000)));
  return encodeIntoCompressedBase64(histogram);
}

function counted(sli: string, numerator: number, denominator: number): Measurement {
  const of = { numerator: 'of them', denominator: 'all' };
  return { kind: 'ratio', sli, how: 'bench', unit: 'ratio', numerator, denominator, of };
}
