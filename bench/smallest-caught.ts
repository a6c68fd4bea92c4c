/**
 * The smallest regression that is caught in 95 of 100 tries, for each time that the gate judges: by the gate itself, by a
 * threshold as k6 has them, and by a person with a stopwatch. From a saved run of a healthy target: its samples are drawn
 * again, all of them made later by as much, and judged. `npm run bench:smallest-caught -- reports/latest 100`. Seeded;
 * asserts nothing. What an `expect` with a time-out catches, `bench:expect-limit` measures.
 */
import { resolve } from 'node:path';
import { judge } from '../harness/judgement/judge.ts';
import { machineNoiseOf } from '../harness/judgement/machine-noise.ts';
import { percentile } from '../harness/lib/percentile.ts';
import type { BaselineRun } from '../harness/model/baseline.ts';
import type { Criterion } from '../harness/model/criterion.ts';
import type { Evidence, Measurement } from '../harness/model/evidence.ts';
import { readRun } from '../harness/store/read-run.ts';
import { drawnAgain } from './drawn-again.ts';
import { laterBy, valuesOf } from './later-by.ts';
import { print, randomFrom, table } from './summary.ts';

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

/** Whether a try with everything so much later is caught. */
type Catch = (laterMs: number, seed: number) => boolean;

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
    gate: smallest((laterMs, seed) => judgedFail(criterion, laterMs, seed)),
    k6:
      isAbsolute && criterion.probe.startsWith('load-') ? smallest((ms, seed) => overLimit(criterion, ms, seed)) : null,
    person: isAbsolute ? smallest((laterMs, seed) => timedOver(criterion, laterMs, seed)) : null,
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

/** By halving; infinite where not even four times the limit more is caught. */
function smallest(isCaught: Catch): number {
  const shareCaught = (laterMs: number): number =>
    Array.from({ length: tries }, (_, index) => isCaught(laterMs, SEED + index)).filter(Boolean).length / tries;
  let [low, high] = [0, 2000];
  if (shareCaught(high) < CAUGHT) return Number.POSITIVE_INFINITY;
  while (high - low > STEP_MS) {
    const middle = (low + high) / 2;
    if (shareCaught(middle) >= CAUGHT) high = middle;
    else low = middle;
  }
  return high;
}

function judgedFail(criterion: Criterion, laterMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const tried = evidence.map((one) => laterBy(drawnAgain(one, random), laterMs, criterion.sli));
  return judge([criterion], tried, plan.errorBudget)[0]?.outcome === 'fail';
}

/** The percentile as it is, without an interval, beside the limit. */
function overLimit(criterion: Criterion, laterMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const drawn = measuredFor(
    criterion,
    evidence.map((one) => drawnAgain(one, random)),
  );
  return drawn !== undefined && percentile(valuesOf(drawn), percentOf(criterion)) + laterMs >= criterion.limit.value;
}

/** One look, timed by hand. */
function timedOver(criterion: Criterion, laterMs: number, seed: number): boolean {
  const random = randomFrom(seed);
  const measured = measuredFor(criterion, evidence);
  const values = measured === undefined ? [] : valuesOf(measured);
  const seen = values[Math.floor(random() * values.length)] ?? Number.NaN;
  return seen + laterMs + PERSON_SD_MS * normal(random) >= criterion.limit.value;
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function measuredFor({ sli }: Criterion, all: readonly Evidence[]): Measurement | undefined {
  return all.flatMap((one) => (one.status === 'collected' ? one.measurements : [])).find((one) => one.sli === sli);
}

function percentOf({ statistic }: Criterion): number {
  return 'p' in statistic ? statistic.p : 50;
}

/** The run as it was, as if somebody had accepted it. */
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
