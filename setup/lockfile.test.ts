import { describe, expect, it } from 'vitest';
import { agrees } from './lockfile.mjs';

const forThisMachine = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };
const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/native': forThisMachine,
  'node_modules/other-platform': { ...forThisMachine, os: ['plan9'] },
  'node_modules/other-libc': { ...forThisMachine, libc: ['musl'] },
};
const native = { 'node_modules/native': { version: '1.0.0' } };
const a = {
  ...native,
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
};

describe('what is installed', () => {
  it.each([
    ['every package but those for other platforms', a],
    [
      'a package whose integrity the lockfile does not know',
      { ...a, 'node_modules/native': { version: '1.0.0', integrity: 'sha512-n' } },
    ],
    ['one more that somebody tries out', { ...a, 'node_modules/b': { version: '1.0.0', extraneous: true } }],
  ])('agrees with the lockfile: %s', (_, installed) => {
    expect(agrees(locked, installed)).toBe(true);
  });

  it.each([
    ['a package is missing', native],
    ['a native binary for this machine is missing', { 'node_modules/a': a['node_modules/a'] }],
    ['a package has another version', { ...native, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['a package has other content', { ...native, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
    ['a package is no longer locked', { ...a, 'node_modules/b': { version: '1.0.0' } }],
  ])('does not agree when %s', (_, installed) => {
    expect(agrees(locked, installed)).toBe(false);
  });
});
