/**
 * Comparisons as people make them, while another process burns one core in bursts: the demo against itself, and against
 * itself with ten percent on the time to its first diff. Takes hours: `npm run bench:compare-campaign -- --rounds 20`.
 * Every comparison is kept below the folder given with --out, and counted from there, so that a campaign goes on where it ended.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readComparison } from '../harness/features/compare/read-comparison.ts';
import { compare } from '../harness/judgement/comparison/compare.ts';
import { verdictOf } from '../harness/judgement/comparison/verdict-of.ts';
import { median } from '../harness/lib/percentile.ts';
import type { ComparedCriterion } from '../harness/model/comparison.ts';
import { print, table } from './summary.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    blocks: { type: 'string' },
    'held-back': { type: 'string', default: '6' },
    only: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'reports/campaign' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const rendered = 'cold-start.diff-visible';
/** The page holds its first diff back for so long, and has it to render then, which takes it a frame more. */
const heldBackMs = Number(values['held-back']);

/** Busy for one to five seconds, quiet for as long, until whoever started it is gone. */
const burner = `
  process.stdin.resume().on('end', () => process.exit());
  const burst = () => {
    const until = Date.now() + 1000 + 4000 * Math.random();
    while (Date.now() < until);
    setTimeout(burst, 1000 + 4000 * Math.random());
  };
  burst();
`;

interface Kind {
  readonly name: string;
  readonly after: string;
  readonly only: readonly string[];
}

const itself: Kind = { name: 'itself', after: 'demo', only: values.only };
const slower: Kind = { name: 'slower', after: `demo:slow-first-diff=${heldBackMs}`, only: [rendered] };

/** One more comparison of this kind. */
async function compareOnce(kind: Kind): Promise<void> {
  const { name, after, only } = kind;
  const out = join(values.out, name);
  mkdirSync(out, { recursive: true });
  const had = judgedOf(kind).length;
  await runCompare(after, { out, only });
  const judged = judgedOf(kind).at(-1);
  if (judged === undefined || judgedOf(kind).length === had) throw new Error(`the comparison ${name} left no report`);
  console.error(`${name} ${had + 1} of ${rounds}: ${verdictOf(judged)}`);
}

/** Resolves when it has ended; what it came to is in its report. */
function runCompare(
  after: string,
  { out, only }: { readonly out: string; readonly only: readonly string[] },
): Promise<void> {
  const words = ['bin/rampgate.mjs', 'compare', 'demo', after, '--out', out];
  const blocks = values.blocks === undefined ? [] : ['--blocks', values.blocks];
  const flags = only.length === 0 ? [] : ['--only', ...only];
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [...words, ...blocks, ...flags], { stdio: ['ignore', 'ignore', 'ignore'] });
    running.on('error', reject);
    running.on('exit', () => resolve());
  });
}

/** What has come to its end, judged from its blocks as the rule is today. */
function judgedOf({ name }: Kind): (readonly ComparedCriterion[])[] {
  const folder = join(values.out, name, 'comparisons');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((id) => join(folder, id))
    .filter((path) => existsSync(join(path, 'comparison.json')))
    .map((path) => {
      const { plan, pairs } = readComparison(path);
      const { criteria, errorBudget: budget, negligible } = plan;
      return compare(criteria, { design: 'in-turn', pairs }, { budget, negligible, refuse: () => null });
    });
}

function renderedIn(criteria: readonly ComparedCriterion[]): ComparedCriterion | undefined {
  return criteria.find(({ criterion }) => criterion === rendered);
}

const neighbour = spawn(process.execPath, ['-e', burner], { stdio: ['pipe', 'ignore', 'ignore'] });
try {
  // One of each in turn, so that a campaign that ends early has as many of both.
  for (let round = 1; round <= rounds; round += 1)
    for (const kind of [itself, slower]) if (judgedOf(kind).length < round) await compareOnce(kind);
} finally {
  neighbour.stdin.end();
}

const [same, changed] = [judgedOf(itself), judgedOf(slower)];
const usualMs = median(same.flatMap((one) => renderedIn(one)?.before?.value ?? []));
const judged = same.flat();
const count = (outcome: ComparedCriterion['outcome']) => judged.filter((one) => one.outcome === outcome).length;
const found = changed.map(renderedIn).filter((part) => part?.outcome === 'different' && part.worse === 'yes').length;
const shifts = changed.flatMap((one) => renderedIn(one)?.change?.value ?? []);
const rows = [
  ['the demo against itself: comparisons', String(same.length)],
  ['criteria compared', String(judged.length)],
  ['same, different, undecided', `${count('same')}, ${count('different')}, ${count('undecided')}`],
  ['different per 100 criteria', ((100 * count('different')) / judged.length).toFixed(2)],
  [`${rendered} of the demo`, `${usualMs.toFixed(0)} ms`],
  [`with its first diff held back for ${heldBackMs} ms: found`, `${found} of ${changed.length}`],
  [
    'the shift that was seen, median',
    `${median(shifts).toFixed(1)} ms, ${((100 * median(shifts)) / usualMs).toFixed(1)} %`,
  ],
];
print('Comparisons beside a process that burns one core in bursts', table(['what', 'came to'], rows), rows);
