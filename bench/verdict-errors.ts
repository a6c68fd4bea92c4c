/**
 * Error rates of the verdict, simulated: whole gates over several shapes of samples, with one criterion truly at a stated
 * distance from its limit and the others well within theirs. Beside Rampgate's rule, what other tools decide on the same
 * samples. Seeded; asserts nothing.
 */
import type { Verdict } from '../harness/model/outcome.ts';
import { print, table } from './print-results.ts';
import { randomFrom } from './random.ts';
import { draws, SAMPLES, SEED, scaled, shapes } from './sample-shapes.ts';
import { healthy, LIMIT_MS, STAGES, sampled, verdictOf } from './simulated-gate.ts';
import { rules } from './verdict-rules.ts';

const GATES = 300;
/** True p75 over the limit. */
const distances = [0.5, 0.8, 0.9, 0.95, 1.05, 1.1, 1.2, 1.5] as const;

/** How many gates came to each verdict, and how many samples they took. */
type Counts = { [verdict in Verdict | 'samples']: number };

const none = (): Counts => ({ go: 0, inconclusive: 0, 'no-go': 0, samples: 0 });

const cells = new Map<string, Counts>();
for (const name of Object.keys(shapes)) {
  for (const distance of distances) {
    console.error(`${name}, true p75 at ${distance} of the limit`);
    const random = randomFrom(SEED + name.length * 1000 + distance * 100);
    for (let gate = 0; gate < GATES; gate += 1) {
      const stages = draws(STAGES, () => scaled(name, { random, count: SAMPLES, p75: distance * LIMIT_MS }));
      const before = scaled(name, { random, count: SAMPLES, p75: LIMIT_MS });
      for (const rule of rules) {
        const key = `${rule.name}|${name}|${distance}`;
        const counts = cells.get(key) ?? none();
        const decided = rule.decide({ stages, before, random });
        counts[decided.verdict] += 1;
        counts.samples += decided.samples;
        cells.set(key, counts);
      }
    }
  }
}

/** Every criterion just within its limit: the hardest case in which nothing is wrong. */
function justWithinLimits(): Counts {
  const counts = none();
  const random = randomFrom(SEED);
  for (let gate = 0; gate < 3 * GATES; gate += 1) {
    const after = scaled('normal', { random, count: SAMPLES, p75: 0.999 * LIMIT_MS });
    counts[verdictOf([sampled('under-test', after), ...healthy(random, 0.999)])] += 1;
  }
  return counts;
}

const atTheBrink = justWithinLimits();

function sum(rule: string, distance: number, names: readonly string[]): Counts {
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

const gatesOf = (counts: Counts): number => counts.go + counts.inconclusive + counts['no-go'];
const percent = (part: number, counts: Counts): string => ((100 * part) / gatesOf(counts)).toFixed(1);

const names = Object.keys(shapes);
const wrongOf = (counts: Counts, distance: number): number => (distance < 1 ? counts['no-go'] : counts.go);
const rows = (of: (counts: Counts, distance: number) => number): string[][] =>
  rules.map(({ name }) => [
    name,
    ...distances.map((distance) => {
      const counts = sum(name, distance, names);
      return percent(of(counts, distance), counts);
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
    rows((counts) => counts.inconclusive),
  ),
  '',
  'Samples used, on average',
  table(
    head,
    rules.slice(0, 3).map(({ name }) => [
      name,
      ...distances.map((distance) => {
        const counts = sum(name, distance, names);
        return (counts.samples / gatesOf(counts)).toFixed(0);
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
        const counts = sum(ours?.name ?? '', distance, [name]);
        return `${percent(wrongOf(counts, distance), counts)}/${percent(counts.inconclusive, counts)}`;
      }),
    ]),
  ),
  '',
  `All criteria at 0.999 of their limits: no-go in ${percent(atTheBrink['no-go'], atTheBrink)} % of ${3 * GATES} gates (budget 1 %).`,
].join('\n');
print('Error rates of the verdict', text, { cells: Object.fromEntries(cells), atTheBrink });
