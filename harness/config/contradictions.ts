/** What a configuration says that cannot all be true at once. Each with its path, all of them together. */

import { unknownName } from '../lib/known-name.ts';
import { parseLimit } from '../lib/quantities.ts';
import { filledByRun } from '../lib/template.ts';
import type { Limit } from '../model/criterion.ts';
import { sources } from '../sources/registry.ts';
import { brokenBounds } from './bounds.ts';
import { brokenChecklists } from './checklists.ts';
import { profilesNotified } from './notify.ts';
import { profilesReported, unreportedMonitor } from './reporting.ts';
import { rollbackContradictions } from './rollback.ts';
import type { Rollout } from './rollout.ts';

type CriterionInput = Rollout['criteria'][number];

/** Every contradiction as `path: what is wrong`; empty when there is none. */
export function contradictionsOf(rollout: Rollout): string[] {
  return [
    ...unknownNames(rollout),
    ...duplicateIds(rollout),
    ...incompleteTargets(rollout),
    ...sources.flatMap((source) => source.contradictions(rollout)),
    ...rollout.criteria.flatMap((criterion) => inCriterion(criterion)),
    ...Object.keys(rollout.profiles)
      // A watch adds many samples up.
      .filter((profile) => profile !== (rollout.watch?.profile ?? 'watch'))
      .flatMap((profile) => unreachableSamples(rollout, profile)),
    ...brokenBounds(rollout),
    ...brokenChecklists(rollout),
    ...unreportedMonitor(rollout.reporting),
    ...impossibleWaysBack(rollout),
  ];
}

/** What a criterion can come from, as the configuration names it: `load:diff`. */
export function sourceNames(rollout: Rollout): readonly string[] {
  return sources.flatMap((source) => source.names(rollout).map((name) => `${source.kind}:${name}`));
}

function unknownNames(rollout: Rollout): string[] {
  const ids = rollout.criteria.map((criterion) => criterion.id);
  const rows = Object.keys(rollout.successCriteria);
  const sources = sourceNames(rollout);
  return [
    ...unknownName('defaultTarget', rollout.defaultTarget, Object.keys(rollout.targets)),
    ...rollout.criteria.flatMap((criterion) => [
      ...unknownName(`criteria.${criterion.id}.from`, criterion.from, sources),
      ...criterion.checklist.flatMap((row) => unknownName(`criteria.${criterion.id}.checklist`, row, rows)),
    ]),
    ...profilesNotified(rollout.notify).flatMap(([path, one]) => unknownName(path, one, Object.keys(rollout.profiles))),
    ...profilesReported(rollout.reporting).flatMap(([path, one]) =>
      unknownName(path, one, Object.keys(rollout.profiles)),
    ),
    ...rollout.waivers.flatMap(({ criterion }, index) => unknownName(`waivers.${index}.criterion`, criterion, ids)),
    ...rollout.notExercised.flatMap(({ id, checklist }) => [
      ...(ids.includes(id) ? [`notExercised.${id}: is a criterion, so it is exercised`] : []),
      ...checklist.flatMap((row) => unknownName(`notExercised.${id}.checklist`, row, rows)),
    ]),
    ...Object.entries(rollout.targets).flatMap(([target, { without }]) =>
      Object.keys(without).flatMap((id) => unknownName(`targets.${target}.without`, id, ids)),
    ),
    ...Object.keys(rollout.compare.scenarios).flatMap((one) =>
      unknownName('compare.scenarios', one, Object.keys(rollout.scenarios)),
    ),
    ...Object.keys(rollout.compare.load).flatMap((one) => unknownName('compare.load', one, Object.keys(rollout.load))),
    ...Object.entries(rollout.profiles).flatMap(([profile, { without, minSamples }]) => [
      ...Object.keys(without).flatMap((id) => unknownName(`profiles.${profile}.without`, id, ids)),
      ...Object.keys(minSamples).flatMap((id) => unknownName(`profiles.${profile}.minSamples`, id, ids)),
    ]),
  ];
}

function duplicateIds(rollout: Rollout): string[] {
  const ids = rollout.criteria.map((criterion) => criterion.id);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((id) => `criteria.${id}: the id is used more than once; ids name one criterion each`);
}

function incompleteTargets(rollout: Rollout): string[] {
  return Object.entries(rollout.targets).flatMap(([name, { start, web, api }]) => {
    if (start !== undefined && (web !== undefined || api !== undefined)) {
      return [`targets.${name}: has a start command and addresses; a started target tells its own addresses`];
    }
    if (start === undefined && (web === undefined || api === undefined)) {
      return [`targets.${name}: needs either "start" or both "web" and "api"`];
    }
    return [];
  });
}

function inCriterion({ id, statistic, limit, alert, warn, longestTask, groups, confidence }: CriterionInput): string[] {
  const problems: string[] = [];
  const unit = unitOf(statistic, limit);
  const say = (key: string, what: string): number => problems.push(`criteria.${id}.${key}: ${what}`);
  const parsed = parseLimit(limit);
  const parsedAlert = alert === undefined ? null : parseLimit(alert);
  const parsedWarn = warn === undefined ? null : parseLimit(warn);
  const parsedTask = longestTask === undefined ? null : parseLimit(longestTask);
  if (parsed !== null && parsed.unit !== unit)
    say('limit', `"${limit}" is not a limit for "${statistic}", which is in ${unit}`);
  if (parsedAlert !== null && parsedAlert.unit !== unit) say('alert', `"${alert}" is not in ${unit} like the limit`);
  if (parsed !== null && parsedAlert !== null && !alertsBeyond(parsed, parsedAlert)) {
    say('alert', `"${alert}" must lie beyond the limit "${limit}" on its bad side`);
  }
  if (parsedWarn !== null && parsedWarn.unit !== unit) say('warn', `"${warn}" is not in ${unit} like the limit`);
  if (parsed !== null && parsedWarn !== null && !warnsWithin(parsed, parsedWarn)) {
    say('warn', `"${warn}" must lie within the limit "${limit}" and point to its bad side`);
  }
  if (parsedTask !== null && parsedTask.unit !== 'ms') say('longestTask', `"${longestTask}" must be in ms`);
  if (statistic === 'growth' && parsed?.op.startsWith('>')) {
    say('limit', `"${limit}" asks for growth; a limit on it is written with < or <=`);
  }
  if ((unit === 'count' || statistic === 'growth') && confidence !== undefined) {
    say('confidence', `goes with an interval, which "${statistic}" does not have`);
  }
  if (isChange(statistic) && (groups.length > 0 || longestTask !== undefined)) {
    say('groups', `"groups" and "longestTask" do not go with "${statistic}"`);
  } else if (unit !== 'ms' && (groups.length > 0 || longestTask !== undefined)) {
    say('groups', `"groups" and "longestTask" go with a percentile, not with "${statistic}"`);
  }
  return problems;
}

function isChange(statistic: string): boolean {
  return /^p.* vs baseline$/.test(statistic);
}

/** A change may be limited in time, or as a share of the baseline. */
function unitOf(statistic: string, limit: string): Limit['unit'] {
  if (isChange(statistic) && parseLimit(limit)?.unit === 'ratio') return 'ratio';
  if (statistic === 'ratio' || statistic === 'growth') return 'ratio';
  return statistic === 'count' || statistic.startsWith('all') ? 'count' : 'ms';
}

function alertsBeyond(limit: Limit, alert: Limit): boolean {
  const smallIsGood = limit.op.startsWith('<');
  if (smallIsGood === alert.op.startsWith('<')) return false;
  return smallIsGood ? alert.value >= limit.value : alert.value <= limit.value;
}

function warnsWithin(limit: Limit, warn: Limit): boolean {
  const smallIsGood = limit.op.startsWith('<');
  if (smallIsGood === warn.op.startsWith('<')) return false;
  return smallIsGood ? warn.value < limit.value : warn.value > limit.value;
}

/** A criterion that its profile's budget can never satisfy would be inconclusive for ever. */
function unreachableSamples(rollout: Rollout, profileName: string): string[] {
  const profile = rollout.profiles[profileName];
  if (profile === undefined) return [];
  return rollout.criteria
    .filter((criterion) => profile.without[criterion.id] === undefined)
    .flatMap((criterion) => {
      const [kind, name = ''] = criterion.from.split(':');
      const source = sources.find((one) => one.kind === kind);
      const budget = source?.budget?.(rollout, profile, name) ?? null;
      const asked = profile.minSamples[criterion.id];
      const minSamples = asked ?? criterion.minSamples;
      if (budget === null || budget.samples >= minSamples || criterion.statistic === 'all') return [];
      const where =
        asked === undefined
          ? `criteria.${criterion.id}.minSamples`
          : `profiles.${profileName}.minSamples.${criterion.id}`;
      return [`${where}: ${minSamples} can never be reached in profile ${profileName}, which takes ${budget.words}`];
    });
}

/** A target's own rollback is filled in with its own artifacts; the rollout's with those that its targets all have. */
function impossibleWaysBack(rollout: Rollout): string[] {
  const targets = Object.entries(rollout.targets);
  const sharing = targets.filter(([, target]) => target.rollback === undefined);
  const shared = partsOfAll(sharing.length > 0 ? sharing : targets);
  return [
    ...rollbackContradictions('rollback', rollout.rollback, [...filledByRun, ...shared]),
    ...targets.flatMap(([name, { rollback, artifacts }]) =>
      rollback === undefined
        ? []
        : rollbackContradictions(`targets.${name}.rollback`, rollback, [...filledByRun, ...Object.keys(artifacts)]),
    ),
  ];
}

function partsOfAll(targets: readonly [string, Rollout['targets'][string]][]): string[] {
  const parts = targets.flatMap(([, { artifacts }]) => Object.keys(artifacts));
  return [...new Set(parts)].filter((part) => targets.every(([, { artifacts }]) => artifacts[part] !== undefined));
}
