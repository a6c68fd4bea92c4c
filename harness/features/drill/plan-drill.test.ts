import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { isHarmless, planDrill, unjudgedFaults } from './plan-drill.ts';

const criteria = [
  { id: 'diff.latency', from: 'load:diff' },
  { id: 'diff.errors', from: 'load:diff' },
  { id: 'cold.visible', from: 'browser:cold' },
  { id: 'cold.errors', from: 'browser:cold' },
  { id: 'contract', from: 'checks:contract' },
];

function faultOf(name: string, about: Partial<Fault>): Fault {
  const nothing = { turnsRed: [], leavesOpen: [], spares: [], rollback: 'backend', size: null } as const;
  return { name, imitates: 'something', ...nothing, ...about };
}

const slow = faultOf('slow', { turnsRed: ['diff.latency', 'cold.visible'] });
const blind = faultOf('blind', { leavesOpen: ['contract', 'not-there-yet'] });
const harmless = faultOf('harmless', { spares: ['diff.errors'] });
const faults = [slow, blind, harmless];

const cellsOf = (question: Partial<Parameters<typeof planDrill>[0]>) =>
  planDrill({ faults, criteria, ...question }).map(({ fault, cells }) => [
    fault.name,
    cells.map(({ criterion, expected }) => `${criterion} ${expected}`),
  ]);

describe('planDrill', () => {
  it('judges all that rests on the same evidence as what a fault is about', () => {
    expect(cellsOf({})).toEqual([
      ['slow', ['diff.latency red', 'diff.errors spared', 'cold.visible red', 'cold.errors spared']],
      ['blind', ['contract open']],
      ['harmless', ['diff.latency spared', 'diff.errors spared']],
    ]);
  });

  it('asks a comparison about the faults that name it, and no other', () => {
    const changed = { id: 'diff.change', from: 'load:diff', compares: true };
    const drifting = faultOf('drifting', { turnsRed: ['diff.latency', 'diff.change'] });
    expect(cellsOf({ faults: [slow, drifting], criteria: [...criteria.slice(0, 2), changed] })).toEqual([
      ['slow', ['diff.latency red', 'diff.errors spared']],
      ['drifting', ['diff.latency red', 'diff.errors spared', 'diff.change red']],
    ]);
  });

  it('names what a fault is about and nothing exercises', () => {
    expect(planDrill({ faults: [blind], criteria })[0]?.notExercised).toEqual(['not-there-yet']);
  });

  it('names the faults of which nothing is judged, if they were asked for', () => {
    const all = [...faults, faultOf('early', { turnsRed: ['not-there-yet'] })];
    expect(planDrill({ faults: all.slice(3), criteria })).toEqual([]);
    expect(unjudgedFaults({ faults: all, criteria })).toEqual(['early']);
    expect(unjudgedFaults({ faults: all, criteria, only: [{ fault: 'slow', size: null }] })).toEqual([]);
    expect(unjudgedFaults({ faults: all, criteria, fast: { slow: ['diff.latency'] } })).toEqual([]);
    expect(unjudgedFaults({ faults: all, criteria, about: ['contract'] })).toEqual(['early']);
  });

  it('takes only the faults that are asked for, with their sizes', () => {
    const [planned, ...others] = planDrill({ faults, criteria, only: [{ fault: 'slow', size: 80 }] });
    expect(planned).toMatchObject({ fault: { name: 'slow' }, size: 80, whole: true });
    expect(others).toEqual([]);
  });

  it('looks only at the evidence of the criteria that are asked for, and then knows less than the whole rollback plan', () => {
    const [planned, ...others] = planDrill({ faults, criteria, about: ['cold.visible'] });
    expect(planned?.cells.map(({ criterion }) => criterion)).toEqual(['cold.visible', 'cold.errors']);
    expect(planned?.whole).toBe(false);
    expect(others).toEqual([]);
  });

  it('in its fast form looks at the named faults by the criteria named with them', () => {
    expect(cellsOf({ fast: { slow: ['diff.latency'], harmless: ['diff.errors'] } })).toEqual([
      ['slow', ['diff.latency red', 'diff.errors spared']],
      ['harmless', ['diff.latency spared', 'diff.errors spared']],
    ]);
  });

  it('calls a fault harmless that nothing must notice', () => {
    expect(faults.map(isHarmless)).toEqual([false, false, true]);
  });
});
