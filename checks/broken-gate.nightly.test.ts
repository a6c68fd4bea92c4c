/** A gate that was broken in one place, and the drill that says which faults it no longer notices. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Breakage, brokenCopy, removeCopies } from './broken-copy.ts';
import { cellsThatAre, removeDrills, runDrillIn } from './run-drill.ts';

afterEach(() => {
  removeDrills();
  removeCopies();
});

interface Case extends Breakage {
  readonly what: string;
  readonly fault: string;
  readonly criterion: string;
}

const cases: readonly Case[] = [
  {
    what: 'the load takes every answer for a good one',
    file: 'harness/sources/load/classify.ts',
    text: "outcome: 'bad'",
    becomes: "outcome: 'good'",
    fault: 'diff-errors',
    criterion: 'diff.error-rate',
  },
  {
    what: 'a miss of the cache counts as a hit',
    file: 'harness/sources/load/load-recorder.ts',
    text: "if (finished.cache === 'miss') cache.misses += 1;",
    becomes: "if (finished.cache === 'miss') cache.hits += 1;",
    fault: 'cache-off',
    criterion: 'diff.cache-hit-rate',
  },
  {
    what: 'what a visit saw happen is dropped',
    file: 'harness/sources/browser/read-journal.ts',
    text: 'all.seen.push(...record.seen);',
    becomes: '',
    fault: 'refetch-on-reopen',
    criterion: 'modal-reopen.duplicate-requests',
  },
  {
    what: 'a statement that does not hold is taken for one that does',
    file: 'harness/judgement/judge-checks.ts',
    text: 'filter(({ ok }) => !ok)',
    becomes: 'filter(() => false)',
    fault: 'wrong-stats',
    criterion: 'scope-switch.stats-correct',
  },
  {
    what: 'scripts count as they were before',
    file: 'harness/sources/bundle/compare-scripts.ts',
    text: 'after: sizesIn(one) })),',
    becomes: 'after: sizesIn(former.get(one.name)) ?? sizesIn(one) })),',
    fault: 'bigger-bundle',
    criterion: 'bundle.js-growth',
  },
];

describe('a drill', () => {
  it.each(cases)('of a gate in which $what misses $fault', async ({ fault, criterion, ...breakage }) => {
    const { report, stdout, exitCode } = await runDrillIn(
      brokenCopy(breakage),
      '--fault',
      fault,
      '--criterion',
      criterion,
    );
    expect(cellsThatAre('missed', report), stdout).toEqual([`${fault}: ${criterion}`]);
    expect(exitCode).toBe(1);
  });
});
