/** Which values of a criterion may be compared, and why others may not. Pure. */
import type { SeriesKey } from './run-store.ts';
import type { RunHead, StoredCriterion, StoredRun } from './stored-run.ts';

/** The parts of a key that all criteria of a run have in common; the browser's build only its evidence knows. */
export type RunKey = Pick<SeriesKey, 'rollout' | 'target' | 'environment' | 'profile' | 'machineClass' | 'toolMajor'>;

export function runKey(
  run: Pick<StoredRun, 'rollout' | 'target' | 'environment' | 'profile' | 'machineClass' | 'toolVersion'>,
): RunKey {
  const { rollout, target, environment, profile, machineClass, toolVersion } = run;
  return { rollout, target, environment, profile, machineClass, toolMajor: Number.parseInt(toolVersion, 10) };
}

/** The key of a criterion in a run; null where nothing was observed. */
export function seriesKey(run: RunHead, finding: StoredCriterion): SeriesKey | null {
  const { criterion, inBrowser, statistic, unit } = finding;
  if (statistic === null) return null;
  return { ...runKey(run), criterion, browser: inBrowser ? run.browser : null, statistic, unit };
}

const words: { readonly [part in keyof SeriesKey]: string } = {
  rollout: 'another rollout',
  criterion: 'another criterion',
  target: 'another target',
  environment: 'another environment',
  profile: 'another profile',
  machineClass: 'another machine class',
  browser: 'another browser build',
  toolMajor: 'another major version of Rampgate',
  statistic: 'another statistic',
  unit: 'another unit',
};

/** Why two values may not be compared, one reason for each part that both have and that differs. */
export function whyNotComparable(one: Partial<SeriesKey>, other: Partial<SeriesKey>): string[] {
  return (Object.keys(words) as (keyof SeriesKey)[])
    .filter((part) => part in one && part in other && one[part] !== other[part])
    .map((part) => `${words[part]}: ${textOf(one[part])}, not ${textOf(other[part])}`);
}

function textOf(value: string | number | null | undefined): string {
  return value === null ? 'none' : String(value);
}
