/**
 * The gate's false alarms on real evidence: a saved run of a healthy target, its samples drawn again with replacement, and
 * judged as often as asked. `npm run bench:resampled -- reports/latest 200`. Seeded; asserts nothing.
 */
import { resolve } from 'node:path';
import { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { readRun } from '../harness/archive/read-run.ts';
import { decide } from '../harness/judgement/decide.ts';
import { bothSides } from '../harness/judgement/errors.ts';
import { judge } from '../harness/judgement/judge.ts';
import { ratioInterval } from '../harness/judgement/ratio-interval.ts';
import {
  calibration,
  type Distribution,
  type Evidence,
  type Measurement,
  type Ratio,
  type Timings,
} from '../harness/model.ts';
import { print, randomFrom, table } from './summary.ts';

/** Neighbouring seconds are drawn together, so that what they have in common stays. */
const BLOCK_SECONDS = 5;
const SEED = 20_261_124;

const [folder = 'reports/latest', count = '200'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const gates = Number(count);
const { plan, evidence } = readRun(resolve(folder));
const random = randomFrom(SEED);

const verdicts = { go: 0, inconclusive: 0, 'no-go': 0 };
const open = new Map<string, number>();
for (let gate = 0; gate < gates; gate += 1) {
  const findings = judge(plan.criteria, evidence.map(drawnAgain), plan.errorBudget);
  verdicts[decide(findings)] += 1;
  for (const { criterion, outcome, severity } of findings) {
    if (outcome !== 'pass' && severity === 'blocking') open.set(criterion, (open.get(criterion) ?? 0) + 1);
  }
}

const rows = (['no-go', 'inconclusive', 'go'] as const).map((verdict) => {
  const [lower, upper] = ratioInterval({ numerator: verdicts[verdict], denominator: gates }, bothSides(0.95));
  const share = `${((100 * verdicts[verdict]) / gates).toFixed(1)}`;
  return [verdict, String(verdicts[verdict]), share, `${(100 * lower).toFixed(1)} to ${(100 * upper).toFixed(1)}`];
});
const text = [
  `${gates} gates from the evidence of ${plan.run.id} (it was ${decide(judge(plan.criteria, evidence, plan.errorBudget))})`,
  '',
  table(['verdict', 'gates', '%', '95 % interval'], rows),
  ...(open.size === 0
    ? []
    : [
        '',
        table(
          ['not passed', 'gates'],
          [...open].map(([id, times]) => [id, String(times)]),
        ),
      ]),
].join('\n');
print('False alarms on resampled evidence', text, { verdicts, open: Object.fromEntries(open) });

/** The machine is the same one each time. */
function drawnAgain(one: Evidence): Evidence {
  return one.status === 'unavailable' || one.probe === calibration.probe
    ? one
    : { ...one, measurements: one.measurements.map(measuredAgain) };
}

function measuredAgain(measurement: Measurement): Measurement {
  switch (measurement.kind) {
    case 'timings':
      return timingsAgain(measurement);
    case 'distribution':
      return distributionAgain(measurement);
    case 'ratio':
      return ratioAgain(measurement);
    // Seen is seen: there is nothing to draw.
    case 'occurrences':
    case 'checks':
    case 'growth':
      return measurement;
  }
}

/** Each group as often as it was. */
function timingsAgain(timings: Timings): Timings {
  const groups = Map.groupBy(timings.samples, ({ group }) => group);
  return { ...timings, samples: [...groups.values()].flatMap((samples) => samples.map(() => oneOf(samples))) };
}

function distributionAgain(distribution: Distribution): Distribution {
  const slices = secondsAgain(distribution.slices);
  const [first, ...others] = slices.map(({ histogram }) => decodeFromCompressedBase64(histogram));
  if (first === undefined) return distribution;
  for (const other of others) first.add(other);
  return { ...distribution, histogram: encodeIntoCompressedBase64(first), count: first.totalCount, slices };
}

function ratioAgain(ratio: Ratio): Ratio {
  const slices = secondsAgain(ratio.slices ?? []);
  const sum = (of: 'numerator' | 'denominator'): number => slices.reduce((total, slice) => total + slice[of], 0);
  return slices.length === 0
    ? ratio
    : { ...ratio, slices, numerator: sum('numerator'), denominator: sum('denominator') };
}

function secondsAgain<Slice extends { readonly second: number }>(slices: readonly Slice[]): Slice[] {
  const drawn: Slice[] = [];
  while (drawn.length < slices.length) {
    const from = Math.floor(random() * Math.max(1, slices.length - BLOCK_SECONDS + 1));
    drawn.push(...slices.slice(from, from + Math.min(BLOCK_SECONDS, slices.length - drawn.length)));
  }
  return drawn.map((slice, second) => ({ ...slice, second }));
}

function oneOf<T>(items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to draw from');
  return item;
}
