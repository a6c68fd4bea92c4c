/**
 * Error rates of comparisons in turn, simulated: how often equal criteria are called different, and how often a slower one is
 * found. Beside them, the rates of a test per criterion on the same samples. Seeded; asserts nothing.
 * `npm run bench:comparison-errors -- reports/comparisons/ID …` does the same with the saved
 * blocks of comparisons of a target with itself.
 */
import { readComparison } from '../harness/features/compare/read-comparison.ts';
import { compare } from '../harness/judgement/comparison/compare.ts';
import type { EvidencePair } from '../harness/judgement/comparison/paired-measurements.ts';
import { shiftBetween } from '../harness/judgement/differences.ts';
import type { ComparedCriterion } from '../harness/model/comparison.ts';
import type { Criterion } from '../harness/model/criterion.ts';
import type { Evidence } from '../harness/model/evidence.ts';
import { print, table } from './print-results.ts';
import {
  drawn,
  noises,
  relabelled,
  criteria as simulatedCriteria,
  simulatedPairs,
  VISITS,
} from './simulated-comparisons.ts';

const COMPARISONS = 200;
const sizes = [1.1, 1.2] as const;
const seeds = Array.from({ length: COMPARISONS }, (_, index) => index + 1);
const options = {
  budget: { falseGo: 0.01, falseNoGo: 0.01 },
  negligible: { ofValue: 0.05, ofLimit: 0.01 },
  refuse: () => null,
};

/** Decides which criteria differ. */
interface Rule {
  readonly name: string;
  readonly different: (criteria: readonly Criterion[], pairs: readonly EvidencePair[]) => readonly boolean[];
}

const rules: readonly Rule[] = [
  {
    name: 'in turn, as compare does',
    different: (criteria, pairs) => inTurn(criteria, pairs).map(({ outcome }) => outcome === 'different'),
  },
  {
    name: 'all visits together, p < 0.05 each',
    different: (criteria, pairs) => criteria.map(({ sli }) => isShifted(sli, pairs)),
  },
];

function inTurn(criteria: readonly Criterion[], pairs: readonly EvidencePair[]): ComparedCriterion[] {
  return compare(criteria, { design: 'in-turn', pairs }, options);
}

/** By Mann and Whitney's test: the shift's interval leaves zero out where the test is significant. */
function isShifted(sli: string, pairs: readonly EvidencePair[]): boolean {
  const all = (side: 'before' | 'after') => pairs.flatMap((pair) => valuesOf(sli, pair[side]));
  const [lower, upper] = shiftBetween({ before: all('before'), after: all('after') }, 0.95)?.interval ?? [0, 0];
  return lower > 0 || upper < 0;
}

function valuesOf(sli: string, evidence: readonly Evidence[]): number[] {
  return evidence
    .flatMap((one) => (one.status === 'collected' ? one.measurements : []))
    .flatMap((one) => (one.sli === sli && one.kind === 'timings' ? one.samples.map(({ valueMs }) => valueMs) : []));
}

interface PairSource {
  readonly name: string;
  readonly criteria: readonly Criterion[];
  readonly pairs: (seed: number, slower: number) => readonly EvidencePair[];
}

function pairSources(): PairSource[] {
  const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  if (folders.length > 0) return savedSources(folders);
  return Object.keys(noises).flatMap((noise) =>
    [16, 24].map((blocks) => ({
      name: `${noise}, ${blocks} blocks`,
      criteria: simulatedCriteria,
      pairs: (seed: number, slower: number) => simulatedPairs({ noise, blocks, seed, slower }),
    })),
  );
}

/** As many blocks as one comparison has, half as many more, and twice as many, drawn from all saved blocks. */
function savedSources(folders: readonly string[]): PairSource[] {
  const saved = folders.map(readComparison);
  const all = saved.flatMap(({ pairs }) => pairs);
  const blocks = Math.max(...saved.map(({ pairs }) => pairs.length));
  const timed = (saved[0]?.plan.criteria ?? []).filter(
    ({ statistic, probe }) => statistic.kind === 'percentile' && probe.startsWith('browser-'),
  );
  return [blocks, 1.5 * blocks, 2 * blocks]
    .map(Math.floor)
    .filter((count) => count <= all.length)
    .map((count) => ({
      name: `${count} of ${all.length} saved blocks`,
      criteria: timed,
      pairs: (seed: number, slower: number) => relabelled(drawn(all, { blocks: count, seed }), { seed, slower }),
    }));
}

function rowsOf({ name, criteria, pairs }: PairSource): string[][] {
  return rules.map((rule) => {
    const same = seeds.map((seed) => rule.different(criteria, pairs(seed, 1)).filter(Boolean).length);
    const per100 = (100 * same.reduce((sum, count) => sum + count, 0)) / (COMPARISONS * criteria.length);
    const any = same.filter((count) => count > 0).length;
    const found = sizes.map((slower) =>
      share(seeds.filter((seed) => rule.different(criteria, pairs(seed, slower))[0] === true).length),
    );
    return [name, rule.name, per100.toFixed(2), share(any), ...found];
  });
}

function share(count: number): string {
  return `${((100 * count) / COMPARISONS).toFixed(1)} %`;
}

const rows = pairSources().flatMap(rowsOf);
const head = [
  'measured in turn',
  'rule',
  'false per 100 criteria',
  'false comparisons',
  ...sizes.map((size) => `+${Math.round(100 * size - 100)} % found`),
];
print(`Comparisons (${COMPARISONS} each, ${VISITS} visits a block)`, table(head, rows), rows);
