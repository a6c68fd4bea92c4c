/** What the configuration says of the loads, and what a run asks of them. */
import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import { duration, name } from '../../lib/fields.ts';
import { unknownName } from '../../lib/known-name.ts';
import { durationMs, parseDurationMs } from '../../lib/quantities.ts';
import type { MixFunction } from '../../model/load-mix.ts';
import type { Budget } from '../source.ts';

const positive = z.number().positive();

const load = z.strictObject({
  /** Arrivals per second. */
  rate: positive,
  for: duration,
  /** What that long does not decide is loaded again, as long, until so long: a multiple of `for`. */
  atMost: duration.optional(),
  warmUp: duration.default('2s'),
  timeout: duration.default('5s'),
  /** Text that every good answer contains: a fast empty answer is not a good one. */
  expectBody: z.string().min(1),
  /** Answer header that tells a cache hit from a miss, where the target has one. */
  cacheHeader: z.string().optional(),
  mix: z.custom<MixFunction>((value) => typeof value === 'function', 'must be a function that returns the load mix'),
});

const loadBudget = z.strictObject({
  rate: positive.optional(),
  for: duration.optional(),
  atMost: duration.optional(),
  warmUp: duration.optional(),
});

export const loadKeys = {
  rollout: { load: z.record(name, load) },
  target: {},
  profile: {
    load: z.record(name, loadBudget).default({}),
    /** Puts all loads on at once, which takes the time of the longest; together they keep under `safety.maxRate`. */
    loadsAtOnce: z.boolean().default(false),
  },
};

type Load = z.output<typeof load>;
type Loads = Readonly<Record<string, Load>>;
type LoadBudget = z.output<typeof loadBudget>;

export interface LoadProfile {
  readonly load: Readonly<Record<string, LoadBudget>>;
  readonly loadsAtOnce: boolean;
}

export interface LoadTarget {
  readonly cacheHeader?: string | null | undefined;
  readonly limiter?: { readonly distinctBy: string } | undefined;
}

export interface LoadRollout {
  readonly load: Loads;
  readonly profiles: Readonly<Record<string, LoadProfile>>;
  readonly safety: { readonly maxRate: number; readonly maxRequests: number };
}

export interface LoadPolicy {
  readonly name: string;
  readonly ratePerSecond: number;
  /** Of one stage; what is decided after a stage needs no further one. */
  readonly durationMs: number;
  /** Stages at the most. */
  readonly stages: number;
  readonly warmUpMs: number;
  readonly timeoutMs: number;
  readonly expectBody: string;
  readonly cacheHeader?: string;
  /** A query parameter that makes each request another one, for a target that refuses repeated ones. */
  readonly distinctBy?: string;
  readonly mix: MixFunction;
}

/** Every load with the profile's budget, asked by the target's conventions. */
export function loadsToPutOn(
  { load: all }: Pick<LoadRollout, 'load'>,
  { profile, target }: { readonly profile: LoadProfile; readonly target: LoadTarget },
): LoadPolicy[] {
  return Object.entries(all).map(([key, one]) => loadPolicy(key, one, { budget: profile.load[key], target }));
}

function loadPolicy(
  key: string,
  one: Load,
  { budget, target }: { readonly budget: LoadBudget | undefined; readonly target: LoadTarget },
): LoadPolicy {
  // A load that looks for no header does not look for the target's either.
  const cacheHeader = one.cacheHeader && (target.cacheHeader === undefined ? one.cacheHeader : target.cacheHeader);
  return {
    name: key,
    ratePerSecond: budget?.rate ?? one.rate,
    durationMs: durationMs(budget?.for ?? one.for),
    stages: loadStages(one, budget),
    warmUpMs: durationMs(budget?.warmUp ?? one.warmUp),
    timeoutMs: durationMs(one.timeout),
    expectBody: one.expectBody,
    ...(cacheHeader == null ? {} : { cacheHeader }),
    ...defined({ distinctBy: target.limiter?.distinctBy }),
    mix: one.mix,
  };
}

/** In how many stages at the most. A profile that says how long a stage is says how many there are, too. */
export function loadStages(one: Load, budget: LoadBudget | undefined): number {
  const stage = budget?.for ?? one.for;
  const atMost = budget?.atMost ?? (budget?.for === undefined ? one.atMost : undefined) ?? stage;
  return durationMs(atMost) / durationMs(stage);
}

/** What one stage takes; null for a load that there is not. */
export function requestsOf(rollout: Pick<LoadRollout, 'load'>, profile: LoadProfile, key: string): Budget | null {
  const one = rollout.load[key];
  if (one === undefined) return null;
  const rate = profile.load[key]?.rate ?? one.rate;
  const seconds = (parseDurationMs(profile.load[key]?.for ?? one.for) ?? 0) / 1000;
  return {
    samples: Math.floor(rate * seconds),
    words: `${rate}/s × ${seconds} s = ${Math.floor(rate * seconds)} requests`,
  };
}

/** All requests that a load may make, with its warm-up and all stages. */
export function mostRequests({ load: all }: Pick<LoadRollout, 'load'>, profile: LoadProfile, key: string): number {
  const one = all[key];
  if (one === undefined) return 0;
  const budget = profile.load[key];
  const lastsMs =
    durationMs(budget?.warmUp ?? one.warmUp) + durationMs(budget?.for ?? one.for) * loadStages(one, budget);
  return Math.ceil((budget?.rate ?? one.rate) * (lastsMs / 1000));
}

/** Profiles that name other loads, loads whose last stage would be cut short, and loads beyond `safety`. */
export function loadContradictions(rollout: LoadRollout): string[] {
  const inProfiles = Object.entries(rollout.profiles);
  return [
    ...inProfiles.flatMap(([profile, own]) =>
      Object.keys(own.load).flatMap((id) => unknownName(`profiles.${profile}.load`, id, Object.keys(rollout.load))),
    ),
    ...Object.entries(rollout.load).flatMap(([key, one]) => uneven(`load.${key}`, one, undefined)),
    ...inProfiles.flatMap(([profile, own]) =>
      Object.entries(own.load).flatMap(([of, budget]) => {
        const one = rollout.load[of];
        return one === undefined ? [] : uneven(`profiles.${profile}.load.${of}`, one, budget);
      }),
    ),
    ...inProfiles.flatMap(([profile]) => [...tooFastTogether(rollout, profile), ...unsafe(rollout, profile)]),
  ];
}

function uneven(path: string, one: Load, budget: LoadBudget | undefined): string[] {
  const stages = loadStages(one, budget);
  if (stages >= 1 && Number.isInteger(stages)) return [];
  const atMost = budget?.atMost ?? one.atMost;
  return [`${path}.atMost: ${atMost} is not a multiple of the ${budget?.for ?? one.for} of one stage`];
}

function unsafe({ load: all, profiles, safety }: LoadRollout, profileName: string): string[] {
  const profile = profiles[profileName];
  if (profile === undefined) return [];
  return Object.entries(all).flatMap(([key, one]) => {
    const rate = profile.load[key]?.rate ?? one.rate;
    const requests = (requestsOf({ load: all }, profile, key)?.samples ?? 0) * loadStages(one, profile.load[key]);
    const where = `load.${key} in profile ${profileName}`;
    if (rate > safety.maxRate) return [`${where}: ${rate}/s is more than safety.maxRate allows (${safety.maxRate}/s)`];
    if (requests > safety.maxRequests)
      return [`${where}: ${requests} requests are more than safety.maxRequests (${safety.maxRequests})`];
    return [];
  });
}

function tooFastTogether({ profiles, load: all, safety: { maxRate } }: LoadRollout, profileName: string): string[] {
  const profile = profiles[profileName];
  if (profile?.loadsAtOnce !== true) return [];
  const rate = Object.entries(all).reduce((sum, [key, { rate: usual }]) => sum + (profile.load[key]?.rate ?? usual), 0);
  if (rate <= maxRate) return [];
  return [
    `profiles.${profileName}.loadsAtOnce: together they are ${rate}/s, more than safety.maxRate allows (${maxRate}/s)`,
  ];
}
