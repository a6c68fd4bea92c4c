import { expect, it } from 'vitest';
import type { Control, Evidence } from '../model/evidence.ts';
import { notProven } from './not-proven.ts';

const at = { startedAt: '2026-11-24T10:00:00.000Z', finishedAt: '2026-11-24T10:00:01.000Z' };
const qualityIssues: Extract<Evidence, { status: 'unavailable' }>['qualityIssues'] = [
  { code: 'interrupted', message: 'stopped' },
];

function control(name: string, outcome: Control['outcome']): Control {
  return { name, planted: 'an error', outcome, message: `${name} says why` };
}

it('lists what was not tried and what did not show, also of a probe that brought nothing', () => {
  const evidence: readonly Evidence[] = [
    {
      ...at,
      probe: 'a',
      status: 'unavailable',
      qualityIssues,
      controls: [control('x', 'seen'), control('y', 'not-seen')],
    },
    { ...at, probe: 'b', status: 'unavailable', qualityIssues },
    { ...at, probe: 'c', status: 'unavailable', qualityIssues, controls: [control('z', 'not-tried')] },
  ];
  expect(notProven(evidence)).toEqual([
    { probe: 'a', control: 'y', reason: 'not seen: y says why' },
    { probe: 'c', control: 'z', reason: 'not tried: z says why' },
  ]);
});
