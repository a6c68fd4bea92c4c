/** Paired measurements of two targets in turn: from simulated noise, or drawn from saved comparisons. */
import type { EvidencePair } from '../harness/judgement/comparison/paired-measurements.ts';
import { criterionOf, evidenceOf, sampleOf, timingsOf } from '../harness/judgement/evidence.fixture.ts';
import type { Criterion } from '../harness/model/criterion.ts';
import type { Evidence, Timings } from '../harness/model/evidence.ts';
import { randomFrom } from './random.ts';

const USUAL_MS = 240;
export const VISITS = 4;
const CRITERIA = 12;

export const criteria: readonly Criterion[] = Array.from({ length: CRITERIA }, (_, index) =>
  criterionOf({
    id: `criterion.${index + 1}`,
    sli: `sli.${index + 1}`,
    limit: { op: '<', value: 500, unit: 'ms' },
    minSamples: 15,
  }),
);

/** The factor on the usual time of one visit. */
type Noise = (visit: {
  readonly progress: number;
  readonly ofBlock: number;
  readonly isBusy: boolean;
  random: () => number;
}) => number;

/** A visit's own spread, skewed as page loads are. */
const ownSpread = (random: () => number): number => 0.95 + 0.05 * random() - 0.03 * Math.log(1 - random());

/** The spread of first paints on a virtual machine of two cores: up to 1.8 times as long, or as short. */
const spreadByAFifth = (random: () => number): number => Math.exp(0.4 * (random() + random() + random() - 1.5));

export const noises: { readonly [name: string]: Noise } = {
  'a machine at rest': ({ random }) => ownSpread(random),
  'a neighbour in bursts': ({ random, isBusy }) => ownSpread(random) * (isBusy ? 1.1 + 0.6 * random() : 1),
  'visits that spread by a fifth, and a neighbour': ({ random, isBusy }) =>
    ownSpread(random) * spreadByAFifth(random) * (isBusy ? 1.1 + 0.6 * random() : 1),
  'a browser of its own in each block': ({ random, ofBlock }) => ownSpread(random) * (1 + 0.05 * ofBlock),
  'slower by 30 % to the end': ({ random, progress }) => ownSpread(random) * (1 + 0.3 * progress),
};

export interface Simulation {
  readonly noise: string;
  readonly blocks: number;
  readonly seed: number;
  /** How many times as long one criterion takes after as before. */
  readonly slower: number;
}

/** The blocks of one comparison; only the first criterion is slower. */
export function simulatedPairs({ noise, blocks, seed, slower }: Simulation): EvidencePair[] {
  const random = randomFrom(seed);
  const factor = noises[noise];
  if (factor === undefined) throw new Error(`there is no noise called ${noise}`);
  // A neighbour is busy for a third of the time, and stays so for some visits.
  let isBusy = false;
  return Array.from({ length: blocks }, (_, block): EvidencePair => {
    const ofBlock = { before: random() - 0.5, after: random() - 0.5 };
    const visits = criteria.map(() => ({ before: [] as number[], after: [] as number[] }));
    for (const [index, valuesMs] of visits.entries()) {
      for (let visit = 0; visit < VISITS; visit += 1) {
        // A B, B A, as the visits to both take turns.
        for (const side of (block + visit) % 2 === 0
          ? (['before', 'after'] as const)
          : (['after', 'before'] as const)) {
          if (random() < (isBusy ? 0.3 : 0.15)) isBusy = !isBusy;
          const valueMs = USUAL_MS * factor({ progress: block / blocks, ofBlock: ofBlock[side], isBusy, random });
          valuesMs[side].push(side === 'after' && index === 0 ? valueMs * slower : valueMs);
        }
      }
    }
    return { before: [evidenceOn('before', visits)], after: [evidenceOn('after', visits)] };
  });
}

function evidenceOn(
  side: 'before' | 'after',
  visits: readonly { readonly before: readonly number[]; readonly after: readonly number[] }[],
): Evidence {
  const timings = criteria.map(
    ({ sli }, index): Timings => ({ ...timingsOf((visits[index]?.[side] ?? []).map((ms) => sampleOf(ms))), sli }),
  );
  return evidenceOf(timings);
}

/** Blocks drawn without replacement, in the order in which they were measured. */
export function drawn(
  pairs: readonly EvidencePair[],
  { blocks, seed }: { readonly blocks: number; readonly seed: number },
): EvidencePair[] {
  const random = randomFrom(1000 + seed);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(blocks, pairs.length)) chosen.add(Math.floor(random() * pairs.length));
  return pairs.filter((_, index) => chosen.has(index));
}

/** Swaps before and after by chance in each block; the times after are `slower` times as long. */
export function relabelled(
  pairs: readonly EvidencePair[],
  { seed, slower }: Pick<Simulation, 'seed' | 'slower'>,
): EvidencePair[] {
  const random = randomFrom(seed);
  return pairs.map(({ before, after }) => {
    const [was, is] = random() < 0.5 ? [before, after] : [after, before];
    return { before: was, after: slower === 1 ? is : is.map((one) => slowed(one, slower)) };
  });
}

function slowed(evidence: Evidence, slower: number): Evidence {
  if (evidence.status === 'unavailable') return evidence;
  const measurements = evidence.measurements.map((one) =>
    one.kind === 'timings'
      ? { ...one, samples: one.samples.map((sample) => ({ ...sample, valueMs: sample.valueMs * slower })) }
      : one,
  );
  return { ...evidence, measurements };
}
