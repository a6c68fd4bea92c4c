import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import shipped from '../../../rampgate.config.ts';
import { parseRollout } from '../../config/load-config.ts';
import { realShell } from '../../lib/shell.ts';
import type { CheckFunction } from '../../model/check.ts';
import type { LiveTarget } from '../../model/live-target.ts';
import { openComparisonFolder } from './comparison-folder.ts';
import { comparisonPolicy } from './comparison-policy.ts';
import type { SideName } from './interleaver.ts';
import { type BlockPlan, measureInTurn } from './measure-in-turn.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-in-turn-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

interface Shape {
  readonly blocks: BlockPlan;
  /** What the clock goes on by with every side that is measured. */
  readonly sideTakesMs?: number;
  /** Somebody interrupts after so many sides. */
  readonly interruptAfter?: number;
  /** The target after does not answer any more after so many sides. */
  readonly goneAfter?: number;
}

/** Measures two targets that are asked one question each block, on a clock of its own. */
async function measure({ blocks, sideTakesMs = 1000, interruptAfter = Infinity, goneAfter = Infinity }: Shape) {
  let nowMs = Date.parse('2026-11-28T03:00:00.000Z');
  const order: string[] = [];
  const interruption = new AbortController();
  const asks: CheckFunction = async ({ check }) => {
    check('contract.openapi', { name: 'it answers', expected: 'yes', actual: 'yes', how: 'asked' });
  };
  const rollout = parseRollout({ ...shipped, checks: { ...shipped.checks, contract: asks } }, 'a.config.ts');
  const config = { path: 'a.config.ts', hash: 'sha256:0', text: '{}', rollout };
  const policy = comparisonPolicy(config, { word: 'demo', profile: 'pre-ramp', only: ['contract.openapi'] });
  const target = (side: SideName): LiveTarget => ({
    identity: { name: 'demo', web: 'http://localhost:1', api: 'http://localhost:2', release: side },
    clocks: [],
    logs: {},
    sentry: null,
    whyUnreachable: async () => (side === 'after' && order.length > goneAfter ? 'connection refused' : null),
    close: async () => undefined,
  });
  const measured = await measureInTurn(
    { before: { policy, target: target('before') }, after: { policy, target: target('after') } },
    {
      folder: openComparisonFolder(reports, new Date(nowMs)),
      browserPath: null,
      shell: { ...realShell(), now: () => new Date(nowMs) },
      progress: async (title, work) => {
        order.push(title);
        if (order.length > interruptAfter) interruption.abort();
        nowMs += sideTakesMs;
        return work(() => undefined);
      },
      signal: interruption.signal,
      blocks,
    },
  );
  return { ...measured, order };
}

describe('two targets measured in turn', () => {
  it('come first in turn', async () => {
    const { order, planned, endedEarly } = await measure({ blocks: { count: 3 } });
    expect(order.map((title) => title.replace(/Block (\d) of 3, /, '$1 '))).toEqual([
      '1 before',
      '1 after',
      '2 after',
      '2 before',
      '3 before',
      '3 after',
    ]);
    expect({ planned, endedEarly }).toEqual({ planned: 3, endedEarly: null });
  });

  it('are asked once for what is counted whole', async () => {
    const { pairs } = await measure({ blocks: { count: 2 } });
    expect(pairs.map(({ before, after }) => [before, after].map((side) => side.map(({ probe }) => probe)))).toEqual([
      [['checks-contract'], ['checks-contract']],
      [[], []],
    ]);
  });

  it.each([
    ['as many as fit, each first as often as the other', 60_000, 5000, 6],
    ['an odd block less', 79_000, 5000, 6],
    ['two at the least', 1000, 5000, 2],
  ])('within a budget are %s', async (_, budgetMs, sideTakesMs, blocks) => {
    const { pairs, planned } = await measure({ blocks: { budgetMs }, sideTakesMs });
    expect([pairs.length, planned]).toEqual([blocks, blocks]);
  });

  it('keep the blocks that are whole when somebody interrupts', async () => {
    const { pairs, endedEarly } = await measure({ blocks: { count: 5 }, interruptAfter: 5 });
    expect(pairs).toHaveLength(2);
    expect(endedEarly).toBe('somebody interrupted it');
  });

  it('end where one does not answer any more, with its reason', async () => {
    const { pairs, endedEarly } = await measure({ blocks: { count: 5 }, goneAfter: 1 });
    expect(pairs).toHaveLength(1);
    expect(endedEarly).toBe('the target stopped answering: connection refused');
  });
});
