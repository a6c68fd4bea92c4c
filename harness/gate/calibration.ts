/** The machine's calibration for today: as it is kept, or made now. */
import { hostname } from 'node:os';
import { machineOf, toolVersion } from '../lib/environment.ts';
import type { Shell } from '../lib/shell.ts';
import { calibration, type Evidence } from '../model/evidence.ts';
import { calibrate } from '../sources/machine/calibrate.ts';
import type { CollectOptions, Probe } from '../sources/probe.ts';
import { type Policy, sourceOf } from '../sources/registry.ts';
import { calibrationCacheOf } from '../store/calibrations.ts';

export interface CalibrateTodayOptions {
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** Whether a calibration found the machine quiet, so that it may stand for the day. */
  readonly isQuiet: (machine: Evidence) => boolean;
  readonly onProgress: (text: string) => void;
}

type Measured = Pick<Policy, 'criteria' | 'browser' | 'bounds'>;

/** Whether a time is judged at all. */
export function needsCalibration({ criteria }: Pick<Policy, 'criteria'>): boolean {
  return timedBy({ criteria }).size > 0;
}

/** Bounded runs accept a noisy calibration this old: it can block a fail, never make a pass. */
const NOISY_FOR_MS = 60 * 60_000;

/**
 * Today's, if this machine was found quiet with the same set-up; otherwise a new one. Where time is short, a noisy one of the
 * last hour does as well, and a new one is brief.
 */
export async function calibrateToday(
  policy: Measured,
  { browserPath, shell, signal, isQuiet, onProgress }: CalibrateTodayOptions,
): Promise<Evidence> {
  const timed = timedBy(policy);
  const loads = timed.has('requests');
  const path = timed.has('pages') ? browserPath : null;
  const { machineClass, os, node } = machineOf();
  const { version, commit } = toolVersion();
  const machine = [hostname(), machineClass, os, node, version, commit];
  const cache = calibrationCacheOf(shell.env, [...machine, String(path), String(loads), ...policy.browser.args]);
  const brief = policy.bounds !== undefined;
  const kept = cache.today(shell.now());
  if (kept !== null && stands(kept, { isQuiet: isQuiet(kept), brief, now: shell.now() })) {
    onProgress(`as calibrated at ${kept.startedAt}`);
    return kept;
  }
  const browser = path === null ? null : { path, settings: policy.browser };
  const fresh = await calibrate({ browser, loads, brief, shell, signal, onProgress });
  if (!brief && fresh.qualityIssues.length === 0) cache.save(fresh);
  return fresh;
}

/**
 * Whether a calibration of today need not be made again.
 * @internal Exported for its tests.
 */
export function stands(
  { startedAt }: Pick<Evidence, 'startedAt'>,
  { isQuiet, brief, now }: { readonly isQuiet: boolean; readonly brief: boolean; readonly now: Date },
): boolean {
  return isQuiet || (brief && now.getTime() - Date.parse(startedAt) < NOISY_FOR_MS);
}

/** What of the machine disturbs the times that are judged. */
function timedBy({ criteria }: Pick<Policy, 'criteria'>): ReadonlySet<'pages' | 'requests'> {
  const probes = criteria.filter(({ statistic }) => statistic.kind === 'percentile').map(({ probe }) => probe);
  // What no source says of itself may be disturbed as a page is.
  return new Set(probes.map((probe) => sourceOf(probe)?.times ?? 'pages'));
}

/** The calibration as a probe of a gate; none where no time is judged, or somebody has it already. */
export function calibrationProbes(policy: Policy, options: CollectOptions): Probe[] {
  const { machine } = options;
  if (machine === null || !needsCalibration(policy)) return [];
  return [
    {
      title: 'Calibrate this machine',
      phase: 'calibrate',
      brings: [calibration.probe],
      run: async (say) => [machine ?? (await calibrateToday(policy, { ...options, onProgress: say }))],
    },
  ];
}
