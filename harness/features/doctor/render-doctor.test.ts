import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../sources/diagnosis.ts';
import { isFit, renderDoctor } from './render-doctor.ts';

const ready: Diagnosis = { what: 'browser', state: 'ready', found: 'Chromium 156' };
const blind: Diagnosis = { what: 'log api', state: 'blind', found: 'there is no such file', advice: 'say where it is' };
const unknown = (what: string): Diagnosis => ({ what, state: 'not known', found: 'needs the target' });

describe('what the doctor prints', () => {
  it('goes section by section, says what is alike once, and ends with the verdict', () => {
    const sections = [
      { title: 'This machine', diagnoses: [ready] },
      { title: 'Target x', diagnoses: [] },
      { title: 'What the gate asks', diagnoses: [unknown('load diff'), blind, unknown('load deployments')] },
      { title: 'Not checked', diagnoses: [{ what: 'a.b', state: 'left out', found: 'Is it there?' } as const] },
    ];
    expect(renderDoctor(sections, { width: 80, colour: false })).toBe(`This machine
  ready           browser: Chromium 156.

What the gate asks
  not known       load diff, load deployments: needs the target.
  blind           log api: there is no such file. To do: say where it is.

Not checked
  left out        a.b: Is it there?

Not fit to measure: load diff, log api, load deployments.
`);
  });

  it('says in one line that all is well', () => {
    expect(renderDoctor([{ title: 'This machine', diagnoses: [ready] }], { width: 80, colour: false })).toMatch(
      /\n\nFit to measure\.\n$/,
    );
  });

  it('stays within the columns there are', () => {
    const long = { ...blind, found: 'one word after another '.repeat(20).trim() };
    const lines = renderDoctor([{ title: 'What the gate asks', diagnoses: [long] }], {
      width: 60,
      colour: false,
    }).split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(60);
  });
});

describe('being fit to measure', () => {
  it.each([
    ['ready', true],
    ['not needed', true],
    ['not configured', true],
    ['left out', true],
    ['missing', true],
    ['not ready', false],
    ['blind', false],
    ['not known', false],
  ] as const)('with something %s is %s', (state, fit) => {
    expect(isFit([ready, { ...ready, state }])).toBe(fit);
  });
});
