/** `rampgate doctor`: is this machine and this target fit to measure, what is missing, and how to get it. */
import { dirname, resolve } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '../../setup/browser.mjs';
import { calibrateToday, needsCalibration } from '../calibrate-today.ts';
import { choosePolicy } from '../config/choose-policy.ts';
import { loadConfig } from '../config/load-config.ts';
import { machineOf, toolVersion } from '../environment.ts';
import { exitCodes } from '../exit-codes.ts';
import { isQuiet, machineNoiseOf } from '../judgement/machine-noise.ts';
import { OperatorMistake } from '../mistakes.ts';
import type { LoadPolicy, Policy } from '../policy.ts';
import { askOnce } from '../probes/load/ask-once.ts';
import { machineNoiseText } from '../report/wording.ts';
import type { Shell } from '../shell.ts';
import { type LiveTarget, openTarget } from '../target.ts';
import { needsBrowser } from './browser-for.ts';
import { interruptible } from './interruptible.ts';
import { type Diagnosis, renderDoctor } from './render-doctor.ts';
import { showProgress } from './show-progress.ts';

export interface DoctorFlags {
  readonly config: string;
  readonly profile: string;
  readonly target?: string;
  readonly browser?: string;
}

/** Looks at everything a gate would need, and measures nothing of the target; resolves to the exit code. */
export async function doctorCommand(flags: DoctorFlags, shell: Shell): Promise<number> {
  const config = await loadConfig(resolve(shell.cwd, flags.config));
  const policy = choosePolicy(config.rollout, config.hash, flags);
  const interruption = interruptible(shell);
  try {
    const browser = await diagnoseBrowser(policy, flags, shell);
    const machine = await diagnoseMachine(policy, browser.path, { shell, signal: interruption.signal });
    const all = [diagnoseRampgate(), browser.diagnosis, ...machine, ...(await diagnoseTarget(policy, shell))];
    shell.out(renderDoctor(all, shell.terminal));
    if (interruption.signal.aborted) return exitCodes.interrupted;
    return all.some(({ state }) => state === 'not ready') ? exitCodes.inconclusive : exitCodes.go;
  } finally {
    interruption.release();
  }
}

function diagnoseRampgate(): Diagnosis {
  const { version, commit } = toolVersion();
  const { node, os, machineClass } = machineOf();
  return { what: 'Rampgate', state: 'ready', found: `${version} (${commit}), Node ${node}, ${os}, ${machineClass}` };
}

interface FoundBrowser {
  readonly path: string | null;
  readonly diagnosis: Diagnosis;
}

async function diagnoseBrowser(policy: Policy, flags: DoctorFlags, shell: Shell): Promise<FoundBrowser> {
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
    diagnosis: { what, state: 'ready', found: `${version.trim()}, ${found.path} (${found.source})` },
  };
}

async function diagnoseMachine(
  policy: Policy,
  browserPath: string | null,
  { shell, signal }: { readonly shell: Shell; readonly signal: AbortSignal },
): Promise<readonly Diagnosis[]> {
  if (!needsCalibration(policy)) return [];
  const progress = showProgress(shell.terminal);
  const machine = await progress('Calibrate this machine', (onProgress) =>
    calibrateToday(policy, { browserPath, shell, signal, isQuiet, onProgress }),
  );
  const noise = machineNoiseText(machineNoiseOf([machine]));
  if (isQuiet(machine)) return [{ what: 'machine', state: 'ready', found: noise }];
  const advice =
    'end what else runs on it, or measure on another one: nothing nearer to its limit than this is decided';
  const found = [noise, ...machine.doubts.map(({ message }) => message)].join(' ');
  return [{ what: 'machine', state: 'not ready', found: `noisy. ${found}`, advice }];
}

async function diagnoseTarget(policy: Policy, shell: Shell): Promise<readonly Diagnosis[]> {
  const what = `target ${policy.target.name}`;
  let target: LiveTarget;
  try {
    target = await openTarget(policy.target, { shell, loads: policy.loads.length > 0 });
  } catch (error) {
    if (!(error instanceof OperatorMistake)) throw error;
    const [found = '', ...advice] = error.message.split('\n');
    return [{ what, state: 'not ready', found, advice: advice.join(' ') }];
  }
  try {
    const { web, api, release } = target.identity;
    const reached: Diagnosis = { what, state: 'ready', found: `${web}, API ${api}, release ${release}` };
    const loads = await Promise.all(policy.loads.map((load) => diagnoseLoad(load, { policy, api, shell })));
    return [reached, ...loads, ...notCovered(policy)];
  } finally {
    await target.close();
  }
}

async function diagnoseLoad(
  load: LoadPolicy,
  { policy, api, shell }: { readonly policy: Policy; readonly api: string; readonly shell: Shell },
): Promise<Diagnosis> {
  const what = `load ${load.name}`;
  const asked = await askOnce(load, { api, target: policy.target, shell });
  return asked.fit
    ? { what, state: 'ready', found: asked.found }
    : { what, state: 'not ready', found: asked.found, advice: 'until then what rests on it is inconclusive' };
}

/** What the rollout asks for and this run would not look at. */
function notCovered({ leftOut }: Policy): readonly Diagnosis[] {
  return leftOut.map(({ id, reason }) => ({ what: id, state: 'not configured', found: reason }));
}
