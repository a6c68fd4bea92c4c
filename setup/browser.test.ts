import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from './browser.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

const folder = newFolder();
const absent = join(folder, 'absent');

function executable(name: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

const given = executable('given');
const ours = executable('ours');
const chromePath = executable('chrome-path');
const playwrightPath = executable('playwright');
const onPath = executable('bin/chromium');
const usual = executable('opt/chrome');
const PATH = `${absent}:${join(folder, 'bin')}`;
const env = { RAMPGATE_CHROMIUM: ours, CHROME_PATH: chromePath, PATH };

describe('findBrowser', () => {
  it.each([
    ['configuration', given, { explicit: given, env, playwrightPath, places: [usual] }],
    ['RAMPGATE_CHROMIUM', ours, { env, playwrightPath, places: [usual] }],
    ['CHROME_PATH', chromePath, { env: { CHROME_PATH: chromePath, PATH }, playwrightPath, places: [usual] }],
    ['playwright', playwrightPath, { env: { PATH }, playwrightPath, places: [usual] }],
    ['installed', onPath, { env: { PATH }, playwrightPath: absent, places: [usual] }],
    ['installed', usual, { env: { PATH: absent }, places: [absent, usual] }],
  ])('takes the one named by %s first', (source, path, search) => {
    expect(findBrowser(search)).toEqual({ path, source });
  });

  it('finds nothing where there is nothing', () => {
    expect(findBrowser({ env: {}, playwrightPath: absent, places: [absent] })).toBeNull();
  });

  it('treats an empty variable as one that is not set', () => {
    expect(findBrowser({ env: { RAMPGATE_CHROMIUM: '', PATH }, places: [] })?.source).toBe('installed');
  });

  it.each([
    ['configuration', { explicit: absent, env }],
    ['RAMPGATE_CHROMIUM', { env: { ...env, RAMPGATE_CHROMIUM: absent } }],
    ['CHROME_PATH', { env: { CHROME_PATH: absent, PATH } }],
    ['RAMPGATE_CHROMIUM', { env: { RAMPGATE_CHROMIUM: folder, PATH } }],
  ])('refuses one named by %s that is not there, rather than taking another', (source, search) => {
    expect(() => findBrowser(search)).toThrow(new RegExp(`named by ${source} .*${folder}`));
  });
});

describe('browserFlags', () => {
  it('gives up the sandbox for root alone', () => {
    expect(browserFlags().includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });
});
