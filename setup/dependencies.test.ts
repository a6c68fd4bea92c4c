import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agrees, npmCommand } from './dependencies.mjs';

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};
const a = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };

describe('what is installed', () => {
  it.each([
    ['every package but those for other platforms', a],
    ['a package without a known integrity', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } }],
    ['one more that somebody tries out', { ...a, 'node_modules/b': { version: '1.0.0', extraneous: true } }],
  ])('agrees with the lockfile: %s', (_, installed) => {
    expect(agrees(locked, installed)).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['a package has other content', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
    ['a package is no longer locked', { ...a, 'node_modules/b': { version: '1.0.0' } }],
  ])('does not agree when %s', (_, installed) => {
    expect(agrees(locked, installed)).toBe(false);
  });
});

describe('npmCommand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rampgate-npm-'));
  const cli = join(folder, 'npm-cli.js');
  writeFileSync(cli, '');

  it.each(['npm-cli.js', 'npx-cli.js'])('uses the npm that runs us, on its own Node (%s)', (name) => {
    const env = { npm_execpath: join(folder, name), npm_node_execpath: process.execPath };
    expect(npmCommand(env)).toEqual({ command: process.execPath, args: [cli] });
  });

  it.each([
    ['nothing ran us', {}],
    ['another package manager ran us', { npm_execpath: join(folder, 'yarn.js'), npm_node_execpath: process.execPath }],
    ['that npm is gone', { npm_execpath: '/nowhere/npm-cli.js', npm_node_execpath: process.execPath }],
    ['its Node is gone', { npm_execpath: cli, npm_node_execpath: '/nowhere/node' }],
  ])('uses the npm on PATH when %s', (_, env) => {
    expect(npmCommand(env)).toEqual({ command: 'npm', args: [] });
  });
});
