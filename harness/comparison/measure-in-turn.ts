/** Measures two targets in turn: in every block both, and who comes first changes from block to block (A B, B A, A B …). */
import type { ComparisonFolder } from '../archive/comparison-folder.ts';
import { collect } from '../collect.ts';
import type { EvidencePair } from '../judgement/comparison/material.ts';
import type { Evidence } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Progress } from '../progress.ts';
import { redactorFor } from '../redact.ts';
import { openRequestMeter } from '../request-meter.ts';
import type { Shell } from '../shell.ts';
import type { LiveTarget } from '../target.ts';
import type { MeasuredInTurn } from './conclude-comparison.ts';

export interface OpenSide {
  readonly policy: Policy;
  readonly target: LiveTarget;
}

export type Sides = { readonly [side in SideName]: OpenSide };

export type SideName = 'before' | 'after';

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
  const { shell, signal, blocks } = options;
  const startedMs = shell.now().getTime();
  const pairs: EvidencePair[] = [];
  let planned = 'count' in blocks ? blocks.count : 2;
  for (let block = 1; block <= planned; block += 1) {
    const pair = await measureBlock(sides, { ...options, block, planned });
    // A block that was cut short says nothing of the side that is missing.
    if (signal.aborted) return { pairs, planned, endedEarly: 'somebody interrupted it' };
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

async function measureBlock(sides: Sides, context: Block): Promise<EvidencePair> {
  const { block } = context;
  const order: readonly SideName[] = block % 2 === 1 ? ['before', 'after'] : ['after', 'before'];
  const brought: { [side in SideName]: readonly Evidence[] } = { before: [], after: [] };
  for (const side of order) brought[side] = await measureSide(sides[side], { ...context, side });
  return brought;
}

async function measureSide(
  { policy, target }: OpenSide,
  context: Block & { readonly side: SideName },
): Promise<readonly Evidence[]> {
  const { folder, block, planned, side, progress, browserPath, shell, signal } = context;
  return progress(`Block ${block} of ${planned}, ${side}`, (say) =>
    collect(block === 1 ? policy : afterFirst(policy), {
      target,
      folder: folder.side(block, side),
      browserPath,
      shell,
      signal,
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
    }),
  );
}

const provedBefore = 'it was proved in the first block';

/** What is counted whole is counted once, and what proves that a probe sees is planted once. */
function afterFirst(policy: Policy): Policy {
  const { target } = policy;
  const withoutControls = {
    browser: provedBefore,
    cache: provedBefore,
    timing: provedBefore,
    ...target.withoutControls,
  };
  return { ...policy, checks: [], bundle: null, target: { ...target, withoutControls } };
}

function whyGone({ before, after }: EvidencePair): string | null {
  const gone = [...before, ...after].flatMap(({ doubts }) => doubts).find(({ code }) => code === 'target-unreachable');
  return gone?.message ?? null;
}
