import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browser, ensureBrowser } from './ensure-browser.mjs';
import { showProgress } from './progress.mjs';
import { temporaryFolders } from './temporary-folders.ts';

const newFolder = temporaryFolders();

interface Machine {
  /** Shell commands that stand for `playwright install chromium`. */
  readonly download: string;
  /** Shell commands that stand for `apt-get`; without them there is none. */
  readonly apt?: string;
}

/** A clone and a PATH of its own, on which nothing is but what a test puts there. */
function machine({ download, apt }: Machine) {
  const root = newFolder();
  const bin = join(root, 'bin');
  const playwrightPath = join(root, 'playwright-chrome');
  script(
    join(root, 'node_modules/node/bin/node'),
    `[ "$1" = --eval ] && echo ${playwrightPath} && exit 0\n${download}`,
  );
  script(join(bin, 'sudo'), 'shift; exec "$@"');
  if (apt !== undefined) script(join(bin, 'apt-get'), apt);
  for (const tool of ['env', 'cp', 'chmod'])
    symlinkSync(existsSync(`/bin/${tool}`) ? `/bin/${tool}` : `/usr/bin/${tool}`, join(bin, tool));
  const browserToCopy = script(join(root, 'a-browser'), 'echo Chromium 1');
  const clone = { root, env: { PATH: bin, FROM: browserToCopy }, progress: showProgress({ write: () => true }) };
  return { clone, playwrightPath, installedPath: join(bin, 'chromium') };
}

function script(path: string, commands: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${commands}\n`);
  chmodSync(path, 0o755);
  return path;
}

const noDownload = 'echo "getaddrinfo ENOTFOUND" >&2; exit 1';

describe.skipIf(process.platform !== 'linux')('a machine without a browser', () => {
  it('gets the one that Playwright downloads', async () => {
    const { clone, playwrightPath } = machine({ download: 'cp "$FROM" "${0%/node_modules*}/playwright-chrome"' });
    expect(await ensureBrowser(clone, { places: [] })).toEqual({ path: playwrightPath, source: 'playwright' });
  });

  it('remembers Playwright’s own, so that the next set-up need not ask', async () => {
    const { clone } = machine({ download: 'cp "$FROM" "${0%/node_modules*}/playwright-chrome"' });
    await ensureBrowser(clone, { places: [] });
    expect(browser.isReady(clone)).toBe(true);
  });

  it('gets one from the system’s packages when the download fails', async () => {
    const apt = 'case "$*" in *"install -y chromium") cp "$FROM" "${0%/*}/chromium";; esac';
    const { clone, installedPath } = machine({ download: noDownload, apt });
    expect(await ensureBrowser(clone, { places: [] })).toEqual({ path: installedPath, source: 'installed' });
  });

  it('is told what was tried and three ways out when nothing helps', async () => {
    const { clone } = machine({ download: noDownload, apt: 'echo "E: no candidate"; exit 100' });
    const message = await ensureBrowser(clone, { places: [] }).catch(String);
    for (const part of ['ENOTFOUND', '"apt-get update" gave exit code 100', 'E: no candidate', '1. ', '2. ', '3. '])
      expect(message).toContain(part);
  });

  it('is told so when a browser was downloaded that does not start', async () => {
    const { clone } = machine({
      download:
        'cp "$FROM" "${0%/node_modules*}/playwright-chrome"; echo "exit 127" >> "${0%/node_modules*}/playwright-chrome"',
    });
    const message = await ensureBrowser(clone, { places: [] }).catch(String);
    expect(message).toContain('playwright-chrome --version" gave exit code 127');
  });
});

describe('a browser named in the environment', () => {
  it('that is not there stops set-up, rather than being replaced', () => {
    const { clone } = machine({ download: noDownload });
    const named = { ...clone, env: { RAMPGATE_CHROMIUM: '/nowhere/chrome' } };
    expect(() => browser.isReady(named)).toThrow('RAMPGATE_CHROMIUM');
  });
});
