import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding, ReasonCode } from '../../model/finding.ts';
import type { Outcome } from '../../model/outcome.ts';
import { besideControl, canProve, controlCriterion, planControl } from './beside-control.ts';
import type { CellState, ControlCriterion, ControlState, Expectation } from './drill-report.ts';
import type { Fault, PlannedRun } from './fault.ts';

const fault: Fault = {
  name: 'f',
  imitates: 'something',
  size: null,
  turnsRed: ['a'],
  leavesOpen: [],
  spares: [],
  rollback: 'backend',
};
const harmless: Fault = { ...fault, turnsRed: [], spares: ['a'] };

function plannedOf(expected: Expectation, of: Fault = fault): PlannedRun {
  return { fault: of, size: null, cells: [{ criterion: 'a', expected }], whole: true, notExercised: [] };
}

function controlOf(state: ControlState, reason: ReasonCode = 'too-few-samples'): ControlCriterion {
  const outcome = state === 'red' ? 'fail' : 'inconclusive';
  return { criterion: 'a', outcome, state, reason, unreliable: false, message: 'as it is' };
}

interface Case {
  readonly expected: Expectation;
  readonly state: CellState;
  readonly outcome: Outcome;
  readonly reason?: ReasonCode;
  readonly before: ControlCriterion;
  readonly of?: Fault;
  /** A probe doubts what the fault left. */
  readonly unreliable?: boolean;
}

/** The state of the only cell, beside the control. */
function beside({ expected, state, outcome, reason = 'interval-beyond-limit', before, of = fault, unreliable }: Case) {
  const cell = { criterion: 'a', expected, state, outcome, message: 'with the fault' };
  const findings = [{ criterion: 'a', sli: 'a', reason, evidence: ['evidence/p.json'] } as unknown as Finding];
  const qualityIssues = unreliable === true ? [{ code: 'rate-limited', message: '' }] : [];
  const evidence = [{ probe: 'p', qualityIssues } as unknown as Evidence];
  return besideControl([cell], { findings, evidence, control: [before], fault: of })[0];
}

describe('a finding beside the run without a fault', () => {
  it.each<[string, Case, CellState]>([
    [
      'fires where it is green without the fault',
      { expected: 'red', state: 'fired', outcome: 'fail', before: controlOf('ready', 'interval-within-limit') },
      'fired',
    ],
    [
      'fires where it only had too few samples without the fault',
      { expected: 'red', state: 'fired', outcome: 'fail', before: controlOf('ready') },
      'fired',
    ],
    [
      'proves nothing where it is red without the fault',
      { expected: 'red', state: 'fired', outcome: 'fail', before: controlOf('red') },
      'unmeasured',
    ],
    [
      'is red although nothing of it could be seen before: the fault is what is seen',
      { expected: 'red', state: 'fired', outcome: 'fail', before: controlOf('blind') },
      'fired',
    ],
    [
      'is not missed where it is blind by itself',
      { expected: 'red', state: 'missed', outcome: 'inconclusive', before: controlOf('blind', 'no-evidence') },
      'unmeasured',
    ],
    [
      'is missed where it could see',
      { expected: 'red', state: 'missed', outcome: 'pass', before: controlOf('ready') },
      'missed',
    ],
    [
      'is no false alarm where it is red without the fault',
      { expected: 'spared', state: 'false', outcome: 'fail', before: controlOf('red') },
      'quiet',
    ],
    [
      'is a false alarm where it is not',
      { expected: 'spared', state: 'false', outcome: 'fail', before: controlOf('ready') },
      'false',
    ],
    [
      'does not tell whether a harmless fault was spared where it is red without it',
      { expected: 'spared', state: 'false', outcome: 'fail', before: controlOf('red'), of: harmless },
      'unmeasured',
    ],
    [
      'is open for another reason than without the fault',
      {
        expected: 'open',
        state: 'fired',
        outcome: 'inconclusive',
        reason: 'evidence-doubted',
        before: controlOf('ready'),
      },
      'fired',
    ],
    [
      'is open because a probe doubts, and had too few samples without the fault: a drill always has',
      {
        expected: 'open',
        state: 'fired',
        outcome: 'inconclusive',
        reason: 'too-few-samples',
        before: controlOf('ready', 'too-few-samples'),
        unreliable: true,
      },
      'fired',
    ],
    [
      'proves nothing where it is open for want of samples alone',
      {
        expected: 'open',
        state: 'fired',
        outcome: 'inconclusive',
        reason: 'too-few-samples',
        before: controlOf('ready', 'too-few-samples'),
      },
      'unmeasured',
    ],
    [
      'proves nothing where it is open for the same reason without the fault',
      {
        expected: 'open',
        state: 'fired',
        outcome: 'inconclusive',
        reason: 'no-evidence',
        before: controlOf('blind', 'no-evidence'),
      },
      'unmeasured',
    ],
  ])('%s', (_, given, state) => {
    expect(beside(given)?.state).toBe(state);
  });

  it('says what it is like without the fault', () => {
    const cell = beside({ expected: 'red', state: 'fired', outcome: 'fail', before: controlOf('red') });
    expect(cell?.message).toBe('It fails without a fault as well: as it is');
  });

  it('proves nothing where it was not judged without the fault', () => {
    const cell = { criterion: 'a', expected: 'red', state: 'fired', outcome: 'fail', message: '' } as const;
    expect(besideControl([cell], { findings: [], evidence: [], control: [], fault })[0]?.state).toBe('unmeasured');
  });
});

describe('whether a fault can prove anything', () => {
  it('is so as long as one of what it must change is not red by itself', () => {
    expect(canProve(plannedOf('red'), [controlOf('ready')])).toBe(true);
    expect(canProve(plannedOf('red'), [controlOf('red')])).toBe(false);
    expect(canProve(plannedOf('open'), [controlOf('red')])).toBe(false);
    expect(canProve(plannedOf('spared', harmless), [controlOf('ready')])).toBe(true);
    expect(canProve(plannedOf('spared', harmless), [controlOf('red')])).toBe(false);
  });
});

it('tells red from blind from what can be proved', () => {
  const finding = { criterion: 'a', message: 'm', reason: 'too-few-samples', evidence: [] } as unknown as Finding;
  const seen = { ...finding, observed: {} } as unknown as Finding;
  const stateOf = (one: Finding, outcome: Outcome) => controlCriterion({ ...one, outcome }, []).state;
  expect(stateOf(seen, 'fail')).toBe('red');
  expect(stateOf(seen, 'pass')).toBe('ready');
  expect(stateOf(seen, 'inconclusive')).toBe('ready');
  expect(stateOf(finding, 'inconclusive')).toBe('blind');
});

it('looks at everything once that the faults look at', () => {
  const control = planControl([plannedOf('red'), plannedOf('open')]);
  expect(control.cells).toEqual([{ criterion: 'a', expected: 'spared' }]);
  expect(control.fault).toMatchObject({ name: 'no-fault', rollback: 'none' });
});
