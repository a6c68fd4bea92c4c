/**
 * Measures two targets in turn, in blocks. The visits to both take turns (A B, B A, A B …), so that whatever comes over the
 * machine for some seconds comes over both; all else is measured on one and then on the other, who comes first changes.
 */

import { collect } from '../../gate/collect.ts';
import type { EvidencePair } from '../../judgement/comparison/paired-measurements.ts';
import { defined } from '../../lib/defined.ts';
import type { Progress } from '../../lib/progress.ts';
import { redactorFor } from '../../lib/redact.ts';
import { openRequestMeter } from '../../lib/request-meter.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import type { Policy } from '../../sources/registry.ts';
import type { BlockFolder, ComparisonFolder } from './comparison-folder.ts';
import type { MeasuredInTurn } from './conclude-comparison.ts';
import { openInterleaver, type SideName } from './interleaver.ts';

export interface OpenSide {
  readonly policy: Policy;
  readonly target: LiveTarget;
}

export type Sides = { readonly [side in SideName]: OpenSide };

export interface InTurnOptions {
  readonly folder: ComparisonFolder;
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly blocks: BlockPlan;
}

/** So many, or as many as fit into a time: an even number, so that each comes first as often as the other. */
export type BlockPlan = { readonly count: number } | { readonly budgetMs: number };

/** Ends early, with the blocks that are whole, when somebody interrupts or a target stops answering. */
export async function measureInTurn(sides: Sides, options: InTurnOptions): Promise<MeasuredInTurn> {
  const { shell, blocks } = options;
  const startedMs = shell.now().getTime();
  const pairs: EvidencePair[] = [];
  let planned = 'count' in blocks ? blocks.count : 2;
  for (let block = 1; block <= planned; block += 1) {
    const pair = await measureBlock(sides, { ...options, block, planned });
    if (pair === null) return { pairs, planned, endedEarly: 'somebody interrupted it' };
    pairs.push(pair);
    const gone = whyGone(pair);
    if (gone !== null) return { pairs, planned, endedEarly: gone };
    if ('budgetMs' in blocks)
      planned = Math.max(planned, blocksWithin(blocks.budgetMs, shell.now().getTime() - startedMs, block));
  }
  return { pairs, planned, endedEarly: null };
}

/** As many as the time is enough for, going by those that were measured: known after two, and not changed later. */
function blocksWithin(budgetMs: number, tookMs: number, measured: number): number {
  if (measured !== 2) return 0;
  return 2 * Math.floor((budgetMs * measured) / tookMs / 2);
}

type Block = InTurnOptions & { readonly block: number; readonly planned: number };

/** Null where somebody interrupts: a block that was cut short says nothing of what is missing. */
async function measureBlock(given: Sides, context: Block): Promise<EvidencePair | null> {
  const { block, folder, signal } = context;
  const sides = block === 1 ? given : { before: afterFirst(given.before), after: afterFirst(given.after) };
  const order: readonly [SideName, SideName] = block % 2 === 1 ? ['before', 'after'] : ['after', 'before'];
  const into = folder.block(block);
  const brought: { [side in SideName]: Evidence[] } = { before: [], after: [] };
  const isVisited = sides.before.policy.scenarios.length > 0;
  if (isVisited) {
    const visits = await visitInTurn(sides, { ...context, into, first: order[0] });
    for (const side of order) brought[side].push(...visits[side]);
  }
  for (const side of order) {
    const rest = withoutVisits(sides[side]);
    if (isVisited && asksNothing(rest.policy)) continue;
    brought[side].push(...(await measureSide(rest, { ...context, into, side })));
  }
  if (signal.aborted) return null;
  into.finish();
  return brought;
}

type IntoBlock = Block & { readonly into: BlockFolder };

async function visitInTurn(
  sides: Sides,
  context: IntoBlock & { readonly first: SideName },
): Promise<{ readonly [side in SideName]: readonly Evidence[] }> {
  const { block, planned, progress, first } = context;
  return progress(`Block ${block} of ${planned}, visits in turn`, async (say) => {
    const interleaver = await openInterleaver(first);
    const visit = async (side: SideName): Promise<readonly Evidence[]> => {
      const turnsAt = interleaver.addressOf(side);
      try {
        return await collectFrom(visitsOnly(sides[side]), { ...context, side, turnsAt, say });
      } finally {
        interleaver.leave(side);
      }
    };
    try {
      const [before, after] = await Promise.all([visit('before'), visit('after')]);
      return { before, after };
    } finally {
      await interleaver.close();
    }
  });
}

async function measureSide(
  side: OpenSide,
  context: IntoBlock & { readonly side: SideName },
): Promise<readonly Evidence[]> {
  const { block, planned, progress } = context;
  return progress(`Block ${block} of ${planned}, ${context.side}`, (say) => collectFrom(side, { ...context, say }));
}

interface SideContext extends IntoBlock {
  readonly side: SideName;
  readonly turnsAt?: string;
  readonly say: (text: string) => void;
}

function collectFrom({ policy, target }: OpenSide, context: SideContext): Promise<Evidence[]> {
  const { into, side, turnsAt, say, browserPath, shell, signal } = context;
  return collect(policy, {
    target,
    folder: into[side],
    browserPath,
    shell,
    signal,
    ...defined({ turnsAt }),
    redactor: redactorFor(shell.env),
    progress: (title, work) => {
      say(title);
      return work(() => undefined);
    },
    stillOpen: () => new Set(),
    startedAt: shell.now(),
    // What a comparison takes is so many blocks; a ceiling of requests is a gate's.
    meter: openRequestMeter(shell, null),
    acceptedBundle: null,
    acceptedContracts: {},
    isQuiet: () => false,
    // In turn, both sides have the same machine: how far apart two runs of the same may lie does not matter.
    machine: null,
  });
}

function visitsOnly({ policy, target }: OpenSide): OpenSide {
  return { target, policy: { ...policy, checks: [], loads: [], bundle: null } };
}

function withoutVisits({ policy, target }: OpenSide): OpenSide {
  return { target, policy: { ...policy, scenarios: [] } };
}

function asksNothing({ checks, loads, bundle }: Policy): boolean {
  return checks.length === 0 && loads.length === 0 && bundle === null;
}

const provedBefore = 'it was proved in the first block';

/** What is counted whole is counted once, and what proves that a probe sees is planted once. */
function afterFirst({ policy, target }: OpenSide): OpenSide {
  const withoutControls = {
    browser: provedBefore,
    cache: provedBefore,
    timing: provedBefore,
    ...policy.target.withoutControls,
  };
  return { target, policy: { ...policy, checks: [], bundle: null, target: { ...policy.target, withoutControls } } };
}

function whyGone({ before, after }: EvidencePair): string | null {
  const gone = [...before, ...after]
    .flatMap(({ qualityIssues }) => qualityIssues)
    .find(({ code }) => code === 'target-unreachable');
  return gone?.message ?? null;
}
