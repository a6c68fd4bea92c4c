/**
 * Comparisons as people make them, while another process burns one core in bursts: the demo against itself, and against
 * itself with ten percent on the time to its first diff. Takes hours: `npm run bench:compare-campaign -- --rounds 20`.
 * Every comparison is kept below the folder given with --out, and counted from there, so that a campaign goes on where it ended.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ComparedPart, ComparisonReport } from '../harness/comparison-model.ts';
import { median, print, table } from './summary.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    blocks: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'reports/campaign' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const rendered = 'cold-start.diff-visible';

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

/** The rounds of one kind that are done, made up to as many as are asked for. */
async function campaign(kind: string, after: string, only: readonly string[]): Promise<ComparisonReport[]> {
  const out = join(values.out, kind);
  mkdirSync(out, { recursive: true });
  while (reportsIn(out).length < rounds) {
    const had = reportsIn(out).length;
    await runCompare(after, { out, only });
    const report = reportsIn(out).at(-1);
    if (report === undefined || reportsIn(out).length === had) throw new Error(`the comparison ${kind} left no report`);
    console.error(`${kind} ${had + 1} of ${rounds}: ${report.verdict}`);
  }
  return reportsIn(out).slice(0, rounds);
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

function reportsIn(out: string): ComparisonReport[] {
  const folder = join(out, 'comparisons');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((id) => join(folder, id, 'comparison.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as ComparisonReport);
}

function partOf({ criteria }: ComparisonReport): ComparedPart | undefined {
  return criteria.find(({ criterion }) => criterion === rendered);
}

const neighbour = spawn(process.execPath, ['-e', burner], { stdio: ['pipe', 'ignore', 'ignore'] });
try {
  const itself = await campaign('itself', 'demo', values.only);
  const usualMs = median(itself.flatMap((report) => partOf(report)?.before?.value ?? []));
  const sizeMs = Math.round(usualMs / 10);
  const slower = await campaign('slower', `demo:slow-first-diff=${sizeMs}`, [rendered]);
  const judged = itself.flatMap(({ criteria }) => criteria);
  const count = (outcome: ComparedPart['outcome']) => judged.filter((one) => one.outcome === outcome).length;
  const found = slower.map(partOf).filter((part) => part?.outcome === 'different' && part.worse === 'yes').length;
  const shifts = slower.flatMap((report) => partOf(report)?.change?.value ?? []);
  const rows = [
    ['the demo against itself: comparisons', String(itself.length)],
    ['criteria compared', String(judged.length)],
    ['same, different, undecided', `${count('same')}, ${count('different')}, ${count('undecided')}`],
    ['different per 100 criteria', ((100 * count('different')) / judged.length).toFixed(2)],
    [`${rendered} of the demo`, `${usualMs.toFixed(0)} ms`],
    [`against itself with +${sizeMs} ms: found`, `${found} of ${slower.length}`],
    ['the shift that was seen, median', `${median(shifts).toFixed(1)} ms`],
  ];
  print('Comparisons beside a process that burns one core in bursts', table(['what', 'came to'], rows), rows);
} finally {
  neighbour.stdin.end();
}
