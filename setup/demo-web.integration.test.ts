import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoWeb, hashOfSources } from './demo-web.mjs';
import { showProgress } from './progress.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

/** A clone with a small web part, in which shell commands stand for `node vite build demo/web --outDir $4 --emptyOutDir`. */
function cloneThatBuildsWith(commands: string) {
  const root = newFolder();
  const files = {
    'package-lock.json': '{}',
    'demo/contract.ts': '',
    'demo/web/src/main.tsx': 'first',
    'demo/web/dist/index.html': 'old',
  };
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  write(root, 'node_modules/node/bin/node', `#!/bin/sh\n${commands}\n`);
  chmodSync(join(root, 'node_modules/node/bin/node'), 0o755);
  return { root, env: process.env, progress: showProgress({ write: () => true }) };
}

function write(root: string, path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

const goodBuild = 'mkdir -p "$5" && echo new > "$5/index.html"';

describe('the demo’s web part', () => {
  it('is built when it was not, and then is ready', async () => {
    const clone = cloneThatBuildsWith(goodBuild);
    expect(demoWeb.isReady(clone)).toBe(false);
    await demoWeb.makeReady(clone);
    expect(demoWeb.isReady(clone)).toBe(true);
    expect(readFileSync(join(clone.root, 'demo/web/dist/index.html'), 'utf8')).toBe('new\n');
    expect(existsSync(join(clone.root, 'demo/web/.dist-building'))).toBe(false);
  });

  it.each(['demo/web/src/main.tsx', 'demo/web/src/added.ts', 'demo/contract.ts', 'package-lock.json'])(
    'is built again when %s changes',
    async (path) => {
      const clone = cloneThatBuildsWith(goodBuild);
      await demoWeb.makeReady(clone);
      write(clone.root, path, 'changed');
      expect(demoWeb.isReady(clone)).toBe(false);
    },
  );

  it('keeps what was built before when the build fails', async () => {
    const clone = cloneThatBuildsWith('mkdir -p "$5"; echo half > "$5/index.html"; echo "Unexpected token"; exit 1');
    await expect(demoWeb.makeReady(clone)).rejects.toThrow(/exit code 1.*\n.*Unexpected token/);
    expect(readFileSync(join(clone.root, 'demo/web/dist/index.html'), 'utf8')).toBe('old');
  });

  it('does not depend on what was built', () => {
    const clone = cloneThatBuildsWith(goodBuild);
    const before = hashOfSources(clone.root);
    write(clone.root, 'demo/web/dist/more.js', 'more');
    expect(hashOfSources(clone.root)).toBe(before);
  });
});
