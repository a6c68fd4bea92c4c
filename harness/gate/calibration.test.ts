import { expect, it } from 'vitest';
import { stands } from './calibration.ts';

const startedAt = '2026-11-28T08:00:00.000Z';
const at = (time: string) => new Date(`2026-11-28T${time}Z`);

it.each([
  ['a quiet one, all day', { isQuiet: true, brief: false, now: at('23:59:59') }, true],
  ['a noisy one, for a run that has time', { isQuiet: false, brief: false, now: at('08:00:01') }, false],
  [
    'a noisy one of the last hour, for a run that has only a minute',
    { isQuiet: false, brief: true, now: at('08:59:59') },
    true,
  ],
  ['a noisy one that is older', { isQuiet: false, brief: true, now: at('09:00:00') }, false],
])('a calibration stands or is made again: %s', (_, question, expected) => {
  expect(stands({ startedAt }, question)).toBe(expected);
});
