/** Rampgate itself, the browser, and how quiet this machine is. */
import { dirname, resolve } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '../../../setup/browser.mjs';
import { calibrateToday, needsCalibration } from '../../gate/calibration.ts';
import { isQuiet, machineNoiseOf } from '../../judgement/machine-noise.ts';
import { machineOf, toolVersion } from '../../lib/environment.ts';
import type { Shell } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import { machineNoiseText } from '../../report/wording.ts';
import type { Diagnosis } from '../../sources/diagnosis.ts';
import { needsBrowser, type Policy } from '../../sources/registry.ts';

export function examineRampgate(): Diagnosis {
  const { version, commit } = toolVersion();
  const { node, os, machineClass } = machineOf();
  return { what: 'Rampgate', state: 'ready', found: `${version} (${commit}), Node ${node}, ${os}, ${machineClass}` };
}

export interface FoundBrowser {
  /** Null: there is none, or none is needed. */
  readonly path: string | null;
  readonly diagnosis: Diagnosis;
}

export async function examineBrowser(
  policy: Policy,
  flags: { readonly config: string; readonly browser?: string },
  shell: Shell,
): Promise<FoundBrowser> {
  const what = 'browser';
  if (!needsBrowser(policy)) {
    return {
      path: null,
      diagnosis: { what, state: 'not needed', found: 'no criterion of this profile visits a page' },
    };
  }
  const explicit = flags.browser ?? policy.browser.executablePath;
  const found = findBrowser({
    ...(explicit === undefined ? {} : { explicit: resolve(dirname(flags.config), explicit) }),
    env: { ...shell.env },
    playwrightPath: chromium.executablePath(),
  });
  if (found === null) {
    const advice = 'install Chromium, or run "npx playwright install --with-deps chromium"';
    return { path: null, diagnosis: { what, state: 'not ready', found: 'none was found', advice } };
  }
  const said: string[] = [];
  const ended = await shell.start([found.path, '--version'], { onLine: (line) => said.push(line) }).ended;
  const version = said.find((line) => /\d+\.\d+/.test(line));
  if (ended.code !== 0 || version === undefined) {
    const why = ended.error ?? said.join(' ');
    return { path: null, diagnosis: { what, state: 'not ready', found: `${found.path} does not start: ${why}` } };
  }
  return {
    path: found.path,
    diagnosis: {
      what,
      state: 'ready',
      found: `${/^[^\d]*[\d.]+/.exec(version.trim())?.[0] ?? version.trim()}, ${found.path}`,
    },
  };
}

export async function examineNoise(
  policy: Policy,
  browserPath: string | null,
  { shell, signal }: { readonly shell: Shell; readonly signal: AbortSignal },
): Promise<readonly Diagnosis[]> {
  if (!needsCalibration(policy)) return [];
  const progress = showProgress(shell.terminal);
  const machine = await progress('Calibrate this machine', (onProgress) =>
    calibrateToday(policy, { browserPath, shell, signal, isQuiet, onProgress }),
  );
  const noise = machineNoiseText(machineNoiseOf([machine]))
    .replace("This machine's noise floor: ", '')
    .replace(/\.$/, '');
  if (isQuiet(machine)) return [{ what: 'noise', state: 'ready', found: noise }];
  const advice =
    'end what else runs on it, or measure on another one: nothing nearer to its limit than this is decided';
  const found = [noise, ...machine.qualityIssues.map(({ message }) => message)].join('; ');
  return [{ what: 'noise', state: 'not ready', found: `too much: ${found}`, advice }];
}
