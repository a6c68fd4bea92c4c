/**
 * The verdict's error rates, simulated: whole gates over sample shapes as they come, with one criterion truly at a stated
 * distance from its limit and the others well within theirs. Beside Rampgate's rule, what other tools decide on the same
 * samples. Seeded; asserts nothing.
 */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { decide } from '../harness/judgement/decide.ts';
import { shiftBetween } from '../harness/judgement/differences.ts';
import { onMachine } from '../harness/judgement/evidence.fixture.ts';
import { judge } from '../harness/judgement/judge.ts';
import { normalQuantile } from '../harness/judgement/normal-quantile.ts';
import { studentQuantile } from '../harness/judgement/student-t.ts';
import { probesToAskAgain } from '../harness/judgement/undecided.ts';
import { percentile } from '../harness/lib/percentile.ts';
import type { Criterion, Limit } from '../harness/model/criterion.ts';
import type { Evidence, Measurement, TimingSample } from '../harness/model/evidence.ts';
import type { Verdict } from '../harness/model/outcome.ts';
import { print, randomFrom, table } from './summary.ts';

const LIMIT_MS = 300;
/** Of one stage; as the shipped configuration has it, three at the most. */
const SAMPLES = 30;
const STAGES = 3;
const GATES = 300;
const SEED = 20_261_124;
const budget = { falseGo: 0.01, falseNoGo: 0.01 };
/** True p75 over the limit. */
const distances = [0.5, 0.8, 0.9, 0.95, 1.05, 1.1, 1.2, 1.5] as const;

type Random = () => number;

/** Draws one run of samples; their scale does not matter, it is set by the true p75. */
type Shape = (random: Random, count: number) => number[];

const shapes: { readonly [name: string]: Shape } = {
  normal: (random, count) => draws(count, () => 1 + 0.1 * gaussian(random)),
  bimodal: (random, count) =>
    draws(count, () => (random() < 0.7 ? 1 + 0.05 * gaussian(random) : 1.6 + 0.05 * gaussian(random))),
  'heavy tail': (random, count) => draws(count, () => Math.exp(0.35 * gaussian(random))),
  drifting: (random, count) => draws(count, (index) => 0.9 + (0.2 * index) / (count - 1) + 0.08 * gaussian(random)),
  autocorrelated: (random, count) => {
    let state = gaussian(random);
    return draws(count, () => {
      state = 0.6 * state + 0.8 * gaussian(random);
      return 1 + 0.1 * state;
    });
  },
  outliers: (random, count) => draws(count, () => (random() < 0.05 ? 5 : 1) * (1 + 0.1 * gaussian(random))),
};

interface Rule {
  readonly name: string;
  readonly decide: (drawn: Drawing) => Decided;
}

interface Drawing {
  /** The run to decide on, stage by stage. */
  readonly stages: readonly (readonly number[])[];
  /** One of the same kind that is exactly at the limit, for those who compare. */
  readonly before: readonly number[];
  readonly random: Random;
}

interface Decided {
  readonly verdict: Verdict;
  readonly samples: number;
}

const rules: readonly Rule[] = [
  { name: 'Rampgate, a whole gate in stages', decide: inStages },
  { name: 'the same, all samples at once', decide: atOnce },
  { name: 'k6: p75 against the limit', decide: onOneStage((after) => pointwise(percentile(after, 75))) },
  { name: 'Lighthouse CI: median', decide: onOneStage((after) => pointwise(percentile(after, 50))) },
  { name: 'Lighthouse CI: optimistic', decide: onOneStage((after) => pointwise(Math.min(...after))) },
  { name: 'Kayenta: Mann-Whitney 98 %, 0.25', decide: onOneStage(kayenta) },
  { name: 'tachometer: difference of means', decide: onOneStage(tachometer) },
];

function onOneStage(verdict: (after: readonly number[], before: readonly number[]) => Verdict): Rule['decide'] {
  return ({ stages: [first = []], before }) => ({ verdict: verdict(first, before), samples: first.length });
}

/** Looks after each stage, as the gate does, and goes on only while more samples could decide something. */
function inStages({ stages, random }: Drawing): Decided {
  const others = healthy(random, 0.5);
  let values: readonly number[] = [];
  for (const stage of stages) {
    values = [...values, ...stage];
    const measurements = [timings('under-test', values), ...others];
    const isOpen = probesToAskAgain(sampling, onMachine([evidenceOf(measurements)])).size > 0;
    if (!isOpen || values.length === SAMPLES * STAGES)
      return { verdict: verdictOf(measurements), samples: values.length };
  }
  throw new Error('there are no stages');
}

function atOnce({ stages, random }: Drawing): Decided {
  const values = stages.flat();
  const single = criteria.map((one) => ({ ...one, looks: 1 }));
  const findings = judge(
    single,
    onMachine([evidenceOf([timings('under-test', values), ...healthy(random, 0.5)])]),
    budget,
  );
  return { verdict: decide(findings), samples: values.length };
}

function pointwise(value: number): Verdict {
  return value < LIMIT_MS ? 'go' : 'no-go';
}

/** "High" when the interval of the shift lies above a quarter of its estimate, as its classifier does. */
function kayenta(after: readonly number[], before: readonly number[]): Verdict {
  const shift = shiftBetween({ before, after }, 0.98);
  if (shift === null) return 'inconclusive';
  return shift.interval[0] > 0.25 * Math.abs(shift.estimate) ? 'no-go' : 'go';
}

function tachometer(after: readonly number[], before: readonly number[]): Verdict {
  const [a, b] = [momentsOf(after), momentsOf(before)];
  const half = studentQuantile(0.975, after.length + before.length - 2) * Math.hypot(a.error, b.error);
  const difference = a.mean - b.mean;
  if (difference - half > 0) return 'no-go';
  return difference + half < 0 ? 'go' : 'inconclusive';
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

// ------------------------------------------------------------------------------------ a whole gate

const ms = (value: number): Limit => ({ op: '<', value, unit: 'ms' });
const ratio = (op: '<' | '>', value: number): Limit => ({ op, value, unit: 'ratio' });

/** The shipped rollout's questions: one p75 under test, and all that is judged beside it. */
const criteria: readonly Criterion[] = [
  criterion('under-test', { statistic: { kind: 'percentile', p: 75 }, limit: ms(LIMIT_MS) }),
  criterion('grouped', { statistic: { kind: 'percentile', p: 75 }, limit: ms(300), groups: ['a', 'b', 'c'] }),
  criterion('list', { statistic: { kind: 'percentile', p: 75 }, limit: ms(100), longestTask: ms(50) }),
  criterion('file', { statistic: { kind: 'percentile', p: 75 }, limit: ms(200) }),
  criterion('latency', { statistic: { kind: 'percentile', p: 95 }, limit: ms(200) }),
  criterion('errors', { statistic: { kind: 'ratio' }, limit: ratio('<', 0.005) }),
  criterion('other-errors', { statistic: { kind: 'ratio' }, limit: ratio('<', 0.005) }),
  criterion('hits', { statistic: { kind: 'ratio' }, limit: ratio('>', 0.6) }),
];

const sampling = { criteria, waivers: [], errorBudget: budget, startedAt: new Date(0).toISOString() };

function criterion(id: string, given: Pick<Criterion, 'statistic' | 'limit'> & Partial<Criterion>): Criterion {
  const words = { title: id, rationale: id, advice: id, checklist: [] };
  const looks = given.statistic.kind === 'percentile' && given.statistic.p === 75 ? STAGES : 1;
  const common = { probe: 'bench', scope: 'backend', severity: 'blocking', minSamples: 1, groups: [], looks } as const;
  return { id, sli: id, ...common, ...words, ...given };
}

function verdictOf(measurements: readonly Measurement[]): Verdict {
  return decide(judge(criteria, onMachine([evidenceOf(measurements)]), budget));
}

function evidenceOf(measurements: readonly Measurement[]): Evidence {
  const at = new Date(0).toISOString();
  const base = {
    probe: 'bench',
    startedAt: at,
    finishedAt: at,
    facts: {},
    tools: {},
    attachments: [],
    qualityIssues: [],
  };
  return { ...base, status: 'collected', measurements };
}

/** Everything but the criterion under test, at this part of its limit. */
function healthy(random: Random, part: number): Measurement[] {
  const near = (limit: number, count: number): number[] => scaled('normal', { random, count, p75: part * limit });
  const happens = (probability: number, count: number): number =>
    draws(count, () => Number(random() < probability)).reduce((total, one) => total + one, 0);
  // As healthy applications have them, or right at the limit.
  const [failing, hitting] = part < 0.9 ? [0.00005, 0.95] : [part * 0.005, 0.6 / part];
  const p95 = Math.exp(0.2 * normalQuantile(0.95));
  return [
    timings('grouped', near(300, 63), ['a', 'b', 'c']),
    timings('list', near(100, 30)),
    timings('file', near(200, 30)),
    distribution(
      'latency',
      draws(1500, () => (part * 200 * Math.exp(0.2 * gaussian(random))) / p95),
    ),
    counted('errors', happens(failing, 1500), 1500),
    counted('other-errors', happens(failing, 1400), 1400),
    counted('hits', happens(hitting, 1050), 1050),
  ];
}

function timings(sli: string, values: readonly number[], groups: readonly string[] = []): Measurement {
  const samples = values.map((valueMs, index): TimingSample => {
    const group = groups[index % Math.max(1, groups.length)];
    return {
      valueMs,
      at: '',
      longTasksMs: [],
      layoutShift: 0,
      requests: [],
      ...(group === undefined ? {} : { group }),
    };
  });
  return { kind: 'timings', sli, how: 'bench', unit: 'ms', uncertaintyMs: 0, samples, losses: [] };
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

// ------------------------------------------------------------------------------------- randomness

function draws<T>(count: number, draw: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => draw(index));
}

/** Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The p75 of a shape as it was defined, from many runs of it. */
const trueP75 = new Map(
  Object.entries(shapes).map(([name, shape]) => {
    const random = randomFrom(SEED);
    return [
      name,
      percentile(
        draws(4000, (run) => run).flatMap(() => shape(random, SAMPLES)),
        75,
      ),
    ] as const;
  }),
);

interface Drawn {
  readonly random: Random;
  readonly count: number;
  readonly p75: number;
}

function scaled(name: string, { random, count, p75 }: Drawn): number[] {
  const scale = p75 / (trueP75.get(name) ?? Number.NaN);
  return (shapes[name]?.(random, count) ?? []).map((value) => Math.max(0.1, value * scale));
}

// ----------------------------------------------------------------------------------------- results

type LoadRecorder = { [verdict in Verdict | 'samples']: number };

const none = (): LoadRecorder => ({ go: 0, inconclusive: 0, 'no-go': 0, samples: 0 });

const cells = new Map<string, LoadRecorder>();
for (const name of Object.keys(shapes)) {
  for (const distance of distances) {
    console.error(`${name}, true p75 at ${distance} of the limit`);
    const random = randomFrom(SEED + name.length * 1000 + distance * 100);
    for (let gate = 0; gate < GATES; gate += 1) {
      const stages = draws(STAGES, () => scaled(name, { random, count: SAMPLES, p75: distance * LIMIT_MS }));
      const before = scaled(name, { random, count: SAMPLES, p75: LIMIT_MS });
      for (const rule of rules) {
        const key = `${rule.name}|${name}|${distance}`;
        const loadRecorder = cells.get(key) ?? none();
        const decided = rule.decide({ stages, before, random });
        loadRecorder[decided.verdict] += 1;
        loadRecorder.samples += decided.samples;
        cells.set(key, loadRecorder);
      }
    }
  }
}

/** Every criterion just within its limit: the hardest case in which nothing is wrong. */
function brink(): LoadRecorder {
  const loadRecorder = none();
  const random = randomFrom(SEED);
  for (let gate = 0; gate < 3 * GATES; gate += 1) {
    const after = scaled('normal', { random, count: SAMPLES, p75: 0.999 * LIMIT_MS });
    loadRecorder[verdictOf([timings('under-test', after), ...healthy(random, 0.999)])] += 1;
  }
  return loadRecorder;
}

const atTheBrink = brink();

function sum(rule: string, distance: number, names: readonly string[]): LoadRecorder {
  return names.reduce((total, name) => {
    const cell = cells.get(`${rule}|${name}|${distance}`) ?? none();
    return {
      go: total.go + cell.go,
      inconclusive: total.inconclusive + cell.inconclusive,
      'no-go': total['no-go'] + cell['no-go'],
      samples: total.samples + cell.samples,
    };
  }, none());
}

const gatesOf = (loadRecorder: LoadRecorder): number =>
  loadRecorder.go + loadRecorder.inconclusive + loadRecorder['no-go'];
const percent = (part: number, loadRecorder: LoadRecorder): string => ((100 * part) / gatesOf(loadRecorder)).toFixed(1);

const names = Object.keys(shapes);
const wrongOf = (loadRecorder: LoadRecorder, distance: number): number =>
  distance < 1 ? loadRecorder['no-go'] : loadRecorder.go;
const rows = (of: (loadRecorder: LoadRecorder, distance: number) => number): string[][] =>
  rules.map(({ name }) => [
    name,
    ...distances.map((distance) => {
      const loadRecorder = sum(name, distance, names);
      return percent(of(loadRecorder, distance), loadRecorder);
    }),
  ]);
const head = ['true p75 / limit', ...distances.map(String)];
const [ours] = rules;
const text = [
  `${GATES} gates for each of ${names.length} shapes (${names.join(', ')})`,
  `${SAMPLES} samples of the p75 under test, for Rampgate up to ${STAGES} times as many`,
  '',
  'Wrong verdicts, in %: no-go below 1, go above',
  table(head, rows(wrongOf)),
  '',
  'Inconclusive, in %',
  table(
    head,
    rows((loadRecorder) => loadRecorder.inconclusive),
  ),
  '',
  'Samples used, on average',
  table(
    head,
    rules.slice(0, 3).map(({ name }) => [
      name,
      ...distances.map((distance) => {
        const loadRecorder = sum(name, distance, names);
        return (loadRecorder.samples / gatesOf(loadRecorder)).toFixed(0);
      }),
    ]),
  ),
  '',
  'Rampgate by shape: wrong / inconclusive, in %',
  table(
    head,
    names.map((name) => [
      name,
      ...distances.map((distance) => {
        const loadRecorder = sum(ours?.name ?? '', distance, [name]);
        return `${percent(wrongOf(loadRecorder, distance), loadRecorder)}/${percent(loadRecorder.inconclusive, loadRecorder)}`;
      }),
    ]),
  ),
  '',
  `All criteria at 0.999 of their limits: no-go in ${percent(atTheBrink['no-go'], atTheBrink)} % of ${3 * GATES} gates (budget 1 %).`,
].join('\n');
print('Error rates of the verdict', text, { cells: Object.fromEntries(cells), atTheBrink });
