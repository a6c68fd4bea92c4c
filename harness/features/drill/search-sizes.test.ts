import { describe, expect, it } from 'vitest';
import type { DrilledFault, SmallestSize } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';
import { bracket, nextSize, runsPerSearch, searchesOf, searchSizes } from './search-sizes.ts';

const fault: Fault = {
  name: 'slow',
  imitates: 'something',
  size: { default: 350, unit: 'ms', search: [20, 350] },
  turnsRed: ['p95'],
  leavesOpen: [],
  spares: [],
  rollback: 'backend',
};
const planned: PlannedRun = {
  fault,
  size: null,
  cells: [
    { criterion: 'p95', expected: 'red' },
    { criterion: 'errors', expected: 'spared' },
    { criterion: 'visible', expected: 'spared' },
  ],
  whole: true,
  notExercised: [],
};

/** A gate that catches everything from a size on. */
function drilledAt(size: number, threshold: number): DrilledFault {
  const outcome = size >= threshold ? 'fail' : 'inconclusive';
  return {
    name: 'slow',
    imitates: 'something',
    size: { value: size, unit: 'ms' },
    harmless: false,
    startedAt: '2026-11-24T18:00:00.000Z',
    tookMs: 1000,
    run: 'runs/one',
    cells: [{ criterion: 'p95', expected: 'red', outcome, state: 'fired', message: '' }],
    rollback: null,
    notExercised: [],
  };
}

async function searchWith(threshold: number, signal = new AbortController().signal) {
  const tried: PlannedRun[] = [];
  const found: SmallestSize[] = [];
  const search = searchSizes({
    plan: [planned],
    faults: [drilledAt(350, threshold)],
    tryOut: async (one) => {
      tried.push(one);
      return drilledAt(one.size ?? 0, threshold);
    },
    signal,
    probeOf: (id) => (id === 'visible' ? 'browser-cold' : 'load-diff'),
  });
  for await (const one of search) found.push(one);
  return { found, tried };
}

describe('searchSizes', () => {
  it('halves until a tenth of the range is left, and says both ends', async () => {
    const { found, tried } = await searchWith(130);
    expect(tried.map(({ size }) => size)).toEqual([190, 110, 150, 130]);
    expect(found).toEqual([{ criterion: 'p95', fault: 'slow', unit: 'ms', caught: 130, missed: 110, runs: 4 }]);
  });

  it('never takes more runs than it states', async () => {
    for (const threshold of [20, 21, 349, 350]) {
      const { tried } = await searchWith(threshold);
      expect(tried.length).toBeLessThanOrEqual(runsPerSearch);
    }
  });

  it('says that not even the largest was caught, without trying smaller ones', async () => {
    const { found, tried } = await searchWith(1000);
    expect(found).toEqual([{ criterion: 'p95', fault: 'slow', unit: 'ms', caught: null, missed: 350, runs: 0 }]);
    expect(tried).toEqual([]);
  });

  it('asks for no other evidence than the criterion rests on', async () => {
    const { tried } = await searchWith(130);
    expect(tried[0]?.cells.map(({ criterion }) => criterion)).toEqual(['p95', 'errors']);
  });

  it('ends when it is interrupted', async () => {
    expect((await searchWith(130, AbortSignal.abort())).found).toEqual([]);
  });

  it('is for faults with a range, and the criteria they turn red', () => {
    const without = { ...planned, fault: { ...fault, size: { default: 350, unit: 'ms' } } };
    expect(searchesOf([planned, without]).map(({ criterion }) => criterion)).toEqual(['p95']);
  });
});

describe('bracket', () => {
  it('trusts no catch below a miss', () => {
    const trials = [
      { size: 100, caught: true },
      { size: 200, caught: false },
      { size: 300, caught: true },
    ];
    expect(bracket(trials)).toEqual({ caught: 300, missed: 200 });
    expect(nextSize(fault, trials)).toBe(250);
  });
});
