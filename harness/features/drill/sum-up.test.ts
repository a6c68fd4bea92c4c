import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../model/criterion.ts';
import type { CellState, DrilledFault, DrillReport, Expectation } from './drill-report.ts';
import { sumUp } from './sum-up.ts';

type Cell = readonly [criterion: string, expected: Expectation, state: CellState];

function faultOf(name: string, cells: readonly Cell[], rollback: DrilledFault['rollback'] = null): DrilledFault {
  return {
    name,
    imitates: '',
    size: null,
    harmless: false,
    startedAt: '',
    tookMs: 0,
    run: null,
    cells: cells.map(([criterion, expected, state]) => ({ criterion, expected, state, outcome: null, message: '' })),
    rollback,
    notExercised: [],
  };
}

function reportOf(faults: readonly DrilledFault[], given: Partial<DrillReport['drill']> = {}): DrillReport {
  const drill = { planned: faults.length, interrupted: false, ...given } as DrillReport['drill'];
  const criteria = ['a', 'b'].map((id) => ({ id, title: id })) as unknown as Criterion[];
  return sumUp({ drill, criteria, faults, sizes: [] });
}

describe('sumUp', () => {
  it.each<[DrillReport['verdict'], readonly Cell[]]>([
    [
      'proved',
      [
        ['a', 'red', 'fired'],
        ['b', 'spared', 'quiet'],
      ],
    ],
    [
      'not-proved',
      [
        ['a', 'red', 'fired'],
        ['b', 'red', 'missed'],
      ],
    ],
    [
      'not-proved',
      [
        ['a', 'red', 'fired'],
        ['b', 'spared', 'false'],
      ],
    ],
    [
      'unmeasured',
      [
        ['a', 'red', 'unmeasured'],
        ['b', 'spared', 'quiet'],
      ],
    ],
    [
      'not-proved',
      [
        ['a', 'red', 'unmeasured'],
        ['b', 'red', 'missed'],
      ],
    ],
  ])('says %s of %j', (verdict, cells) => {
    expect(reportOf([faultOf('f', cells)]).verdict).toBe(verdict);
  });

  it('does not call proved what was not done', () => {
    const faults = [faultOf('f', [['a', 'red', 'fired']])];
    expect(reportOf(faults, { planned: 2 }).verdict).toBe('unmeasured');
    expect(reportOf(faults, { interrupted: true }).verdict).toBe('unmeasured');
  });

  it('does not accept another rollback plan, but leaves it alone where something was not seen', () => {
    const wrong = { expected: 'both', actual: 'backend' } as const;
    expect(reportOf([faultOf('f', [['a', 'red', 'fired']], wrong)]).verdict).toBe('not-proved');
    expect(reportOf([faultOf('f', [['a', 'red', 'unmeasured']], wrong)]).verdict).toBe('unmeasured');
  });

  it('proves a criterion that was red wherever it had to be and nowhere else', () => {
    const { criteria } = reportOf([
      faultOf('f', [
        ['a', 'red', 'fired'],
        ['b', 'spared', 'quiet'],
      ]),
      faultOf('g', [['a', 'red', 'fired']]),
    ]);
    expect(criteria.map(({ state, provedBy }) => [state, provedBy])).toEqual([
      ['proved', ['f', 'g']],
      ['not-drilled', []],
    ]);
  });

  it.each<[string, Cell]>([
    ['missed one fault', ['a', 'red', 'missed']],
    ['was red without a reason', ['a', 'spared', 'false']],
    ['was not left open where it had to be', ['a', 'open', 'missed']],
  ])('does not prove a criterion that %s', (_, cell) => {
    const { criteria } = reportOf([faultOf('f', [['a', 'red', 'fired']]), faultOf('g', [cell])]);
    expect(criteria[0]?.state).toBe('not-proved');
  });

  it('neither proves nor disproves a criterion that could not be measured with one fault', () => {
    const faults = [faultOf('f', [['a', 'red', 'fired']]), faultOf('g', [['a', 'red', 'unmeasured']])];
    expect(reportOf(faults).criteria[0]?.state).toBe('unmeasured');
  });

  it('does not call a criterion drilled that nothing was to turn red', () => {
    expect(reportOf([faultOf('f', [['a', 'open', 'fired']])]).criteria[0]?.state).toBe('not-drilled');
  });
});
