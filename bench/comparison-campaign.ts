/**
 * Whole comparisons while another process burns one core in bursts: the demo against itself, and against itself with its first
 * diff about ten percent later. Takes hours: `npm run bench:comparison-campaign -- --rounds 20`.
 * Comparisons are saved below --out, so that a campaign that was stopped can be resumed.
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
import { print, table } from './print-results.ts';

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
/** How long the page holds its first diff back; rendering it then takes one frame more. */
const heldBackMs = Number(values['held-back']);

/** Busy for one to five seconds, quiet for as long, until its parent process ends. */
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

/** Resolves when the process has ended; its result is in the saved report. */
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

/** All finished comparisons of a kind, judged again from their blocks by today's rule. */
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
