/** The settings of a watch, from configuration and flags, and their contradictions. */

import { sourceNames } from '../../config/contradictions.ts';
import type { Rollout } from '../../config/rollout.ts';
import { watchSchema } from '../../config/watch.ts';
import { knownName, unknownName } from '../../lib/known-name.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { durationMs, parseDurationMs, parseLimit } from '../../lib/quantities.ts';
import type { Limit } from '../../model/criterion.ts';
import { evidenceName, sourceOf } from '../../sources/registry.ts';
import type { WatchedRate, WatchStage } from './model.ts';

export interface WatchPolicy {
  readonly durationMs: number;
  readonly everyMs: number;
  /** By the name of the evidence; null: once. */
  readonly rhythm: ReadonlyMap<string, number | null>;
  readonly falseAlerts: number;
  readonly goneAfterMs: number;
  readonly rates: readonly WatchedRate[];
  readonly stage: WatchStage | null;
  /** The command that goes on to the next stage, once confirmed; null without one. */
  readonly ramp: readonly [string, ...string[]] | null;
}

export interface WatchChoice {
  readonly for?: string;
  readonly every?: string;
  readonly stage?: string;
}

/** The configured settings with the flags on top. Throws an OperatorMistake where a flag is wrong. */
export function watchPolicy(rollout: Rollout, choice: WatchChoice, sources: readonly string[]): WatchPolicy {
  const settings = settingsOf(rollout);
  const stageName = choice.stage === undefined ? null : knownStage(choice.stage, settings.stages);
  const chosen = stageName === null ? undefined : settings.stages[stageName];
  const everyMs = lengthOf('--every', choice.every, settings.every);
  const forMs = lengthOf('--for', choice.for, chosen?.for ?? settings.for);
  if (forMs < everyMs) throw mistakes.badFlag('--for', choice.for ?? settings.for, 'at least as long as --every');
  const rhythm = sources.map((source) => {
    const own = sampleOf(settings.sample, source);
    const isOnce = own === 'once' || (own === undefined && sourceOf(source)?.watch?.isOnce === true);
    // A short watch must see sources that are sampled rarely as well.
    return [
      source,
      isOnce ? null : Math.max(everyMs, Math.min(forMs / 2, own === undefined ? 0 : durationMs(own))),
    ] as const;
  });
  return {
    durationMs: forMs,
    everyMs,
    rhythm: new Map(rhythm),
    falseAlerts: settings.falseAlerts,
    goneAfterMs: durationMs(settings.goneAfter),
    rates: settings.rates.map(rateOf),
    stage:
      chosen === undefined || stageName === null
        ? null
        : { name: stageName, title: chosen.title, next: chosen.next ?? null },
    ramp: chosen?.ramp ?? null,
  };
}

/** The configuration names a source as `browser:cold-start`. */
function sampleOf(sample: NonNullable<Rollout['watch']>['sample'], evidence: string): string | undefined {
  return Object.entries(sample).find(([from]) => evidenceName(from) === evidence)?.[1];
}

function knownStage(given: string, stages: NonNullable<Rollout['watch']>['stages']): string {
  const known = Object.keys(stages);
  if (known.length === 0) throw mistakes.noStages(given);
  return knownName('stage', given, known);
}

function lengthOf(flag: string, given: string | undefined, configured: string): number {
  if (given === undefined) return durationMs(configured);
  const ms = parseDurationMs(given);
  if (ms === null || ms < 1000)
    throw mistakes.badFlag(flag, given, 'a duration with its unit, such as 2h, 10min or 30s');
  return ms;
}

function rateOf({ from, per, alert, ...same }: NonNullable<Rollout['watch']>['rates'][number]): WatchedRate {
  return { ...same, probe: evidenceName(from), perMs: durationMs(per), alert: checked(alert) };
}

function checked(text: string): Limit {
  const parsed = parseLimit(text);
  if (parsed === null) throw new Error(`a checked limit does not parse: ${text}`);
  return parsed;
}

/**
 * The rollout as a watch sees it: its profile without what the watch leaves out. Throws an OperatorMistake where the watch's part
 * of the configuration contradicts itself; other commands do not check that.
 */
export function rolloutToWatch(rollout: Rollout, path: string): Rollout {
  const { profile, without } = settingsOf(rollout);
  const chosen = rollout.profiles[knownName('profile', profile, Object.keys(rollout.profiles))];
  const problems = contradictionsOfWatch(rollout);
  if (problems.length > 0) throw mistakes.configInvalid(path, problems);
  if (chosen === undefined) throw new Error('a checked name is missing');
  const watched = { ...chosen, without: { ...chosen.without, ...without } };
  return { ...rollout, profiles: { ...rollout.profiles, [profile]: watched } };
}

function contradictionsOfWatch(rollout: Rollout): string[] {
  const { sample, rates, without } = settingsOf(rollout);
  const sources = sourceNames(rollout);
  const ids = rollout.criteria.map(({ id }) => id);
  return [
    ...Object.keys(sample).flatMap((source) => unknownName('watch.sample', source, sources)),
    ...Object.keys(without).flatMap((id) => unknownName('watch.without', id, ids)),
    ...rates.flatMap(({ id, from, alert }) => [
      ...unknownName(`watch.rates.${id}.from`, from, sources),
      ...(alert.startsWith('>') && parseLimit(alert)?.unit === 'count'
        ? []
        : [`watch.rates.${id}.alert: "${alert}" must be a count that is too many, such as "> 5"`]),
    ]),
  ];
}

function settingsOf({ watch }: Rollout): NonNullable<Rollout['watch']> {
  return watch ?? watchSchema.parse({});
}
