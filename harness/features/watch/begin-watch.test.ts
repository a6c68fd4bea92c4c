import { describe, expect, it } from 'vitest';
import { askedOf, flagsToGoOn } from './begin-watch.ts';

const begun = {
  out: 'reports',
  config: 'our.config.ts',
  web: 'http://localhost:1',
  only: ['a.b'],
  every: '10s',
  for: '1h',
};

describe('a watch that goes on', () => {
  it('is asked for as it was when it began, without typing it again', () => {
    const flags = flagsToGoOn({ resume: 'latest', out: 'reports', json: true }, askedOf(begun));
    expect(flags).toEqual({ ...begun, resume: 'latest', json: true });
  });

  it('takes what may change, such as an address, from what is typed now', () => {
    const flags = flagsToGoOn({ resume: 'latest', out: 'reports', web: 'http://localhost:2' }, askedOf(begun));
    expect([flags.web, flags.every]).toEqual(['http://localhost:2', '10s']);
  });

  it.each([
    ['for', { for: '2h' }, '--for 2h cannot be said of a watch that goes on: it was begun with --for 1h.'],
    [
      'stage',
      { stage: 'canary' },
      '--stage canary cannot be said of a watch that goes on: it was begun without --stage.',
    ],
    ['only', { only: ['c.d'] }, 'it was begun with --only a.b'],
  ])('refuses another --%s, which its plan has settled', (_flag, typed, message) => {
    expect(() => flagsToGoOn({ resume: 'latest', out: 'reports', ...typed }, askedOf(begun))).toThrow(message);
    expect(flagsToGoOn({ resume: 'latest', out: 'reports', for: '1h', only: ['a.b'] }, askedOf(begun)).for).toBe('1h');
  });
});
