/** The browser to measure with, for the commands that need one. */
import { dirname, resolve } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '../../setup/browser.mjs';
import { mistakes } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';

interface BrowserFlags {
  readonly config: string;
  readonly browser?: string;
}

/** Its executable. Throws an OperatorMistake when there is none. */
export function browserFor(
  policy: { readonly browser: { readonly executablePath?: string | undefined } },
  flags: BrowserFlags,
  shell: Shell,
): string {
  const explicit = flags.browser ?? policy.browser.executablePath;
  const found = findBrowser({
    ...(explicit === undefined ? {} : { explicit: resolve(dirname(flags.config), explicit) }),
    env: { ...shell.env },
    playwrightPath: chromium.executablePath(),
  });
  if (found === null) throw mistakes.noBrowser();
  return found.path;
}
