/** What the configuration says of the scenarios, and what a run asks of them. */
import { z } from 'zod';
import { name } from '../../lib/fields.ts';
import { unknownName } from '../../lib/known-name.ts';
import type { Budget } from '../source.ts';

const count = z.number().int().positive();

const scenario = z.strictObject({
  visits: count,
  rounds: count.default(1),
  /** What these visits do not decide is visited again, as often, until so many: a multiple of `visits`. */
  atMost: count.optional(),
});

export const browserKeys = {
  rollout: { scenarios: z.record(name, scenario) },
  target: {},
  profile: {
    /** Sampling budgets of this profile, over those of the rollout. */
    scenarios: z.record(name, scenario).default({}),
  },
};

type Scenarios = Readonly<Record<string, z.output<typeof scenario>>>;

export interface BrowserProfile {
  readonly scenarios: Scenarios;
}

export interface BrowserRollout {
  readonly scenarios: Scenarios;
  readonly profiles: Readonly<Record<string, BrowserProfile>>;
}

export interface ScenarioPolicy {
  readonly name: string;
  /** Visits of one stage; what is decided after a stage needs no further one. */
  readonly visits: number;
  readonly rounds: number;
  /** Stages at the most. */
  readonly stages: number;
}

/** Every scenario with the profile's budget. */
export function scenariosToVisit({ scenarios }: BrowserProfile, profile: BrowserProfile): ScenarioPolicy[] {
  return Object.entries({ ...scenarios, ...profile.scenarios }).map(([key, one]) => ({
    name: key,
    visits: one.visits,
    rounds: one.rounds,
    stages: scenarioStages(one),
  }));
}

/** In how many stages of equal size a scenario is visited at the most, so that each look has the same share of the errors. */
export function scenarioStages({ visits, atMost = visits }: Scenarios[string]): number {
  return atMost / visits;
}

/** What one stage takes; null for a scenario that there is not. */
export function visitsOf(rollout: BrowserProfile, profile: BrowserProfile, key: string): Budget | null {
  const budget = profile.scenarios[key] ?? rollout.scenarios[key];
  if (budget === undefined) return null;
  const samples = budget.visits * budget.rounds;
  return { samples, words: `${budget.visits} visits × ${budget.rounds} rounds = ${samples} samples` };
}

/** Profiles that name other scenarios, and budgets whose last stage would be cut short. */
export function browserContradictions({ scenarios, profiles }: BrowserRollout): string[] {
  const inProfiles = Object.entries(profiles);
  return [
    ...inProfiles.flatMap(([profile, own]) =>
      Object.keys(own.scenarios).flatMap((id) =>
        unknownName(`profiles.${profile}.scenarios`, id, Object.keys(scenarios)),
      ),
    ),
    ...unevenScenarios('scenarios', scenarios),
    ...inProfiles.flatMap(([profile, own]) => unevenScenarios(`profiles.${profile}.scenarios`, own.scenarios)),
  ];
}

function unevenScenarios(path: string, scenarios: Scenarios): string[] {
  return Object.entries(scenarios).flatMap(([key, one]) => {
    const stages = scenarioStages(one);
    return stages >= 1 && Number.isInteger(stages)
      ? []
      : [`${path}.${key}.atMost: ${one.atMost} is not a multiple of the ${one.visits} visits of one stage`];
  });
}
