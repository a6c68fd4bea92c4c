import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmCommand } from './npm.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

describe('npmCommand', () => {
  const folder = newFolder();
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
