/**
 * The smallest regression that is caught in 95 of 100 tries, for each time that the gate judges: by the gate itself, by a
 * threshold as k6 has them, and by a person with a stopwatch. From a saved run of a healthy target: its samples are
 * resampled, delayed and judged. `npm run bench:smallest-regression -- reports/latest 100`. Seeded;
 * asserts nothing. `bench:expect-timeout` measures what an `expect` with a time-out catches.
 */
import { resolve } from 'node:path';
import { judge } from '../harness/judgement/judge.ts';
import { machineNoiseOf } from '../harness/judgement/machine-noise.ts';
import { percentile } from '../harness/lib/percentile.ts';
import type { BaselineRun } from '../harness/model/baseline.ts';
import type { Criterion } from '../harness/model/criterion.ts';
import type { Evidence, Measurement } from '../harness/model/evidence.ts';
import { readRun } from '../harness/store/read-run.ts';
import { delayed, valuesOf } from './delay-evidence.ts';
import { print, table } from './print-results.ts';
import { gaussian, randomFrom } from './random.ts';
import { resample } from './resample.ts';

const SEED = 20_261_128;
const CAUGHT = 0.95;
/** Steps of the search, in milliseconds. */
const STEP_MS = 1;
/**
 * How exactly a person times what they start themselves and stop when they see it: 0.10 s standard deviation (Manual timing
 * in physics experiments: Error and uncertainty, American Journal of Physics 87 (2019) 110, from 4,304 timekeepers).
 */
const PERSON_SD_MS = 100;

const [folder = 'reports/latest', count = '100'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const tries = Number(count);
const { plan, evidence } = readRun(resolve(folder));

/** Whether a resampled run with this delay is caught. */
type Catch = (delayMs: number, seed: number) => boolean;

const criteria = plan.criteria.flatMap((criterion): Criterion[] => {
  const { statistic } = criterion;
  if (statistic.kind === 'change') return [{ ...criterion, statistic: { ...statistic, baseline: [itself()] } }];
  return statistic.kind === 'percentile' ? [criterion] : [];
});
const results = criteria.map((criterion) => {
  const base = measuredFor(criterion, evidence);
  const isAbsolute = criterion.statistic.kind === 'percentile';
  const limitMs = criterion.limit.value;
  return {
    criterion: criterion.id,
    limitMs,
    isMs: base === undefined ? Number.NaN : percentile(valuesOf(base), percentOf(criterion)),
    gate: smallest((delayMs, seed) => judgedFail(criterion, delayMs, seed)),
    k6:
      isAbsolute && criterion.probe.startsWith('load-') ? smallest((ms, seed) => overLimit(criterion, ms, seed)) : null,
    person: isAbsolute ? smallest((delayMs, seed) => timedOver(criterion, delayMs, seed)) : null,
  };
});
print(
  `The smallest regression caught in ${CAUGHT * 100} of 100 tries, from ${plan.run.id}`,
  table(
    ['criterion', 'limit', 'it is', 'the gate', 'k6 threshold', 'a person, once'],
    results.map(({ criterion, limitMs, isMs, gate, k6, person }) => [
      criterion,
      `${limitMs} ms`,
      Number.isNaN(isMs) ? '–' : `${Math.round(isMs)} ms`,
      ms(gate),
      ms(k6),
      ms(person),
    ]),
  ),
  results,
);

function ms(value: number | null): string {
  if (value === null) return '–';
  return Number.isFinite(value) ? `+${Math.round(value)} ms` : 'not at all';
}

/** By halving; infinite where not even a delay of 2 s is caught. */
function smallest(isCaught: Catch): number {
  const shareCaught = (delayMs: number): number =>
    Array.from({ length: tries }, (_, index) => isCaught(delayMs, SEED + index)).filter(Boolean).length / tries;
  let [low, high] = [0, 2000];
  if (shareCaught(high) < CAUGHT) return Number.POSITIVE_INFINITY;
  while (high - low > STEP_MS) {
    const middle = (low + high) / 2;
    if (shareCaught(middle) >= CAUGHT) high = middle;
    else low = middle;
  }
  return high;
}

function judgedFail(criterion: Criterion, delayMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const tried = evidence.map((one) => delayed(resample(one, random), delayMs, criterion.sli));
  return judge([criterion], tried, plan.errorBudget)[0]?.outcome === 'fail';
}

/** Compares the percentile itself with the limit, without an interval. */
function overLimit(criterion: Criterion, delayMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const drawn = measuredFor(
    criterion,
    evidence.map((one) => resample(one, random)),
  );
  return drawn !== undefined && percentile(valuesOf(drawn), percentOf(criterion)) + delayMs >= criterion.limit.value;
}

/** One sample, timed by hand. */
function timedOver(criterion: Criterion, delayMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const measured = measuredFor(criterion, evidence);
  const values = measured === undefined ? [] : valuesOf(measured);
  const seen = values[Math.floor(random() * values.length)] ?? Number.NaN;
  return seen + delayMs + PERSON_SD_MS * gaussian(random) >= criterion.limit.value;
}

function measuredFor({ sli }: Criterion, all: readonly Evidence[]): Measurement | undefined {
  return all.flatMap((one) => (one.status === 'collected' ? one.measurements : [])).find((one) => one.sli === sli);
}

function percentOf({ statistic }: Criterion): number {
  return 'p' in statistic ? statistic.p : 50;
}

/** The run itself as its accepted baseline. */
function itself(): BaselineRun {
  const { id, startedAt, target } = plan.run;
  return {
    id,
    startedAt,
    release: target.release,
    browser: '',
    gateSha256: '',
    accepted: { at: startedAt, by: 'the bench', why: 'to compare with' },
    machineNoise: machineNoiseOf(evidence),
    measurements: evidence.flatMap((one) => (one.status === 'collected' ? one.measurements : [])),
  };
}
