/** `rampgate compare BEFORE [AFTER]`: two saved runs, or two targets measured in turn; the exit code says whether anything is worse. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { browserFor } from '../../gate/browser-for.ts';
import { defined } from '../../lib/defined.ts';
import { toolVersion } from '../../lib/environment.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { knownName } from '../../lib/known-name.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { parseDurationMs } from '../../lib/quantities.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import {
  type ComparisonReport,
  type ComparisonVerdict,
  comparisonJsonSchema,
  parseComparison,
} from '../../model/comparison.ts';
import { renderHtmlDocument } from '../../report/formats/html.ts';
import { renderMarkdownDocument } from '../../report/formats/markdown.ts';
import { renderTerminalDocument } from '../../report/formats/terminal.ts';
import { needsBrowser } from '../../sources/registry.ts';
import { readRun } from '../../store/read-run.ts';
import { assembleComparison } from './assemble-comparison.ts';
import { compareLive, type LiveSide } from './compare-live.ts';
import { compareSaved, type NamedRun } from './compare-saved.ts';
import { openComparisonFolder } from './comparison-folder.ts';
import { comparisonPolicy, targetNamed } from './comparison-policy.ts';
import { concludeComparison } from './conclude-comparison.ts';
import type { CompareFlags } from './describe-compare.ts';
import type { BlockPlan } from './measure-in-turn.ts';
import { comparisonDocument } from './page/comparison-document.ts';
import { readComparison } from './read-comparison.ts';

/** A run or a target each. */
export interface ComparedWords {
  readonly before: string;
  /** Without it, `before` is a comparison that is to be judged again. */
  readonly after: string | undefined;
}

const exitCodeOf: { readonly [verdict in ComparisonVerdict]: number } = {
  'nothing-worse': exitCodes.go,
  worse: exitCodes['no-go'],
  undecided: exitCodes.inconclusive,
};

interface Context {
  readonly config: LoadedConfig;
  readonly flags: CompareFlags;
  readonly shell: Shell;
}

/** Compares as the flags say; resolves to the exit code. */
export async function compareCommand(
  { before, after }: ComparedWords,
  flags: CompareFlags,
  shell: Shell,
): Promise<number> {
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const context = { config, flags, shell };
  const ids = config.rollout.criteria.map(({ id }) => id);
  for (const id of flags.only ?? []) knownName('criterion', id, ids);
  if (after === undefined) return judgeAgain(before, context);
  const [was, is] = [chooseSide(before, context), chooseSide(after, context)];
  if (was.kind === 'run' && is.kind === 'run') return compareRuns(was.run, is.run, context);
  if (was.kind === 'target' && is.kind === 'target') return compareTargets(was.side, is.side, context);
  throw was.kind === 'run' ? mistakes.runAndTarget(before, after) : mistakes.runAndTarget(after, before);
}

type Chosen = { readonly kind: 'run'; readonly run: NamedRun } | { readonly kind: 'target'; readonly side: LiveSide };

/** A target before a run of its name, as targets have names and runs have folders. */
function chooseSide(word: string, context: Context): Chosen {
  const { config, flags, shell } = context;
  const { rollout } = config;
  if (targetNamed(word, rollout) !== null) {
    const { profile, only } = flags;
    const policy = comparisonPolicy(config, { word, profile, ...defined({ only }) });
    return { kind: 'target', side: { name: word, policy } };
  }
  const folder = [resolve(shell.cwd, word), join(resolve(shell.cwd, flags.out), word)].find((path) =>
    existsSync(join(path, 'policy.json')),
  );
  if (folder === undefined) throw mistakes.neitherRunNorTarget(word, Object.keys(rollout.targets));
  return { kind: 'run', run: { name: word, saved: readRun(folder) } };
}

/** Writes nothing but what it prints. */
function judgeAgain(word: string, { flags, shell }: Context): number {
  const folder = [resolve(shell.cwd, word), join(resolve(shell.cwd, flags.out), 'comparisons', word)].find((path) =>
    existsSync(join(path, 'plan.json')),
  );
  if (folder === undefined) throw mistakes.noComparison(word);
  const { plan, pairs, comparisonJson } = readComparison(folder);
  const ended = comparisonJson === null ? null : parseComparison(comparisonJson).comparison;
  const endedEarly = ended === null ? 'it ended before it was judged' : ended.endedEarly;
  const planned = ended?.design.kind === 'in-turn' ? ended.design.blocks.planned : (plan.blocks ?? pairs.length);
  const { id, startedAt, tool } = plan;
  const report = assembleComparison(concludeComparison(plan, { pairs, planned, endedEarly }), {
    id,
    startedAt,
    finishedAt: ended?.finishedAt ?? startedAt,
    tool,
  });
  show(report, null, { flags, shell });
  return exitCodeOf[report.verdict];
}

function compareRuns(before: NamedRun, after: NamedRun, context: Context): number {
  const { config, flags, shell } = context;
  const { only } = flags;
  const startedAt = shell.now();
  const { negligible } = config.rollout.compare;
  const compared = compareSaved(before, after, { negligible, ...defined({ only }) });
  const folder = openComparisonFolder(resolve(shell.cwd, flags.out), startedAt);
  const report = assembleComparison(compared, madeNow(folder.id, startedAt, shell));
  publish(report, folder, context);
  return exitCodeOf[report.verdict];
}

async function compareTargets(before: LiveSide, after: LiveSide, context: Context): Promise<number> {
  const { config, flags, shell } = context;
  const { compare } = config.rollout;
  const blocks = blocksOf(flags, compare.blocks);
  const visiting = [before, after].map(({ policy }) => policy).find(needsBrowser);
  const browserPath = visiting === undefined ? null : browserFor(visiting, flags, shell);
  const startedAt = shell.now();
  const folder = openComparisonFolder(resolve(shell.cwd, flags.out), startedAt);
  const interruption = interruptible(shell);
  try {
    const compared = await compareLive(before, after, {
      folder,
      browserPath,
      shell,
      progress: showProgress(shell.terminal),
      signal: interruption.signal,
      blocks,
      negligible: compare.negligible,
      startedAt,
    });
    const report = assembleComparison(compared, madeNow(folder.id, startedAt, shell));
    publish(report, folder, context);
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf[report.verdict];
  } finally {
    interruption.release();
  }
}

function blocksOf({ blocks, budget }: CompareFlags, configured: number): BlockPlan {
  if (budget !== undefined) {
    const budgetMs = parseDurationMs(budget);
    if (budgetMs === null || blocks !== undefined)
      throw mistakes.badFlag('--budget', budget, 'a time such as 10min, without --blocks');
    return { budgetMs };
  }
  const count = blocks === undefined ? configured : Number(blocks);
  if (!Number.isInteger(count) || count < 1)
    throw mistakes.badFlag('--blocks', String(blocks), 'a whole number of blocks');
  return { count };
}

function madeNow(id: string, startedAt: Date, shell: Shell) {
  return { id, startedAt: startedAt.toISOString(), finishedAt: shell.now().toISOString(), tool: toolVersion() };
}

/** With `--json`, standard output is the document alone. */
function publish(
  report: ComparisonReport,
  folder: { readonly path: string; save(name: string, text: string): void },
  { flags, shell }: Context,
): void {
  folder.save('comparison.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('comparison.schema.json', `${JSON.stringify(comparisonJsonSchema(), null, 1)}\n`);
  folder.save('comparison.md', renderMarkdownDocument(comparisonDocument(report)));
  folder.save('comparison.html', renderHtmlDocument(comparisonDocument(report)));
  show(report, shortestPath(join(folder.path, 'comparison.html'), shell), { flags, shell });
}

function show(report: ComparisonReport, page: string | null, { flags, shell }: Pick<Context, 'flags' | 'shell'>): void {
  if (flags.json === true) shell.out(`${JSON.stringify(report, null, 2)}\n`);
  else
    shell.out(
      `\n${renderTerminalDocument(comparisonDocument(report), shell.terminal)}${page === null ? '' : `\nReport: ${page}\n`}`,
    );
}
