/** In how many stages a probe samples at the most. They are of equal size, so that each look has the same share of the errors. */
import { durationMs } from '../lib/quantities.ts';
import type { Rollout } from './rollout.ts';

type Scenario = Rollout['scenarios'][string];
type Load = Rollout['load'][string];
export type LoadBudget = Rollout['profiles'][string]['load'][string];

export function scenarioStages({ visits, atMost = visits }: Scenario): number {
  return atMost / visits;
}

/** A profile that says how long a stage is says how many there are, too. */
export function loadStages(load: Load, budget: LoadBudget | undefined): number {
  const stage = budget?.for ?? load.for;
  const atMost = budget?.atMost ?? (budget?.for === undefined ? load.atMost : undefined) ?? stage;
  return durationMs(atMost) / durationMs(stage);
}

/** By the name of the probe. */
export function stagesOf(rollout: Rollout, profile: Rollout['profiles'][string]): ReadonlyMap<string, number> {
  const scenarios = Object.entries({ ...rollout.scenarios, ...profile.scenarios });
  const loads = Object.entries(rollout.load);
  return new Map([
    ...scenarios.map(([name, scenario]) => [`browser-${name}`, scenarioStages(scenario)] as const),
    ...loads.map(([name, load]) => [`load-${name}`, loadStages(load, profile.load[name])] as const),
  ]);
}

/** What is wrong with a configuration whose last stage would be cut short. */
export function unevenStages({ scenarios, load, profiles }: Rollout): string[] {
  const inProfiles = Object.entries(profiles);
  return [
    ...unevenScenarios('scenarios', scenarios),
    ...inProfiles.flatMap(([name, profile]) => unevenScenarios(`profiles.${name}.scenarios`, profile.scenarios)),
    ...Object.entries(load).flatMap(([name, one]) => unevenLoad(`load.${name}`, one, undefined)),
    ...inProfiles.flatMap(([name, profile]) =>
      Object.entries(profile.load).flatMap(([of, budget]) => {
        const one = load[of];
        return one === undefined ? [] : unevenLoad(`profiles.${name}.load.${of}`, one, budget);
      }),
    ),
  ];
}

function unevenScenarios(path: string, scenarios: Rollout['scenarios']): string[] {
  return Object.entries(scenarios).flatMap(([name, scenario]) =>
    isEven(scenarioStages(scenario))
      ? []
      : [`${path}.${name}.atMost: ${scenario.atMost} is not a multiple of the ${scenario.visits} visits of one stage`],
  );
}

function unevenLoad(path: string, load: Load, budget: LoadBudget | undefined): string[] {
  if (isEven(loadStages(load, budget))) return [];
  const atMost = budget?.atMost ?? load.atMost;
  return [`${path}.atMost: ${atMost} is not a multiple of the ${budget?.for ?? load.for} of one stage`];
}

function isEven(stages: number): boolean {
  return stages >= 1 && Number.isInteger(stages);
}
