/** What a configuration says that cannot all be true at once. Each with its path, all of them together. */

import { unknownName } from '../lib/known-name.ts';
import { placeholder } from '../lib/placeholder.ts';
import { parseDurationMs, parseLimit } from '../lib/quantities.ts';
import { filledByRun } from '../lib/template.ts';
import type { Limit } from '../model/criterion.ts';
import { brokenBounds } from './bounds.ts';
import { brokenChecklists } from './checklists.ts';
import { metricsContradictions } from './metrics.ts';
import { profilesNotified } from './notify.ts';
import { profilesReported, unreportedMonitor } from './reporting.ts';
import { rollbackContradictions } from './rollback.ts';
import type { Rollout } from './rollout.ts';
import { loadStages, unevenStages } from './stages.ts';

type CriterionInput = Rollout['criteria'][number];

/** Every contradiction as `path: what is wrong`; empty when there is none. */
export function contradictionsOf(rollout: Rollout): string[] {
  return [
    ...unknownNames(rollout),
    ...duplicateIds(rollout),
    ...incompleteTargets(rollout),
    ...artifactsWithoutPart(rollout),
    ...patternsInTwoLogs(rollout),
    ...metricsContradictions(rollout),
    ...ratesWithoutPatterns(rollout),
    ...unevenStages(rollout),
    ...rollout.criteria.flatMap((criterion) => inCriterion(criterion)),
    ...Object.keys(rollout.profiles)
      // A watch adds many samples up.
      .filter((profile) => profile !== (rollout.watch?.profile ?? 'watch'))
      .flatMap((profile) => unreachableSamples(rollout, profile)),
    ...unsafeLoads(rollout),
    ...brokenBounds(rollout),
    ...brokenChecklists(rollout),
    ...unreportedMonitor(rollout.reporting),
    ...impossibleWaysBack(rollout),
  ];
}

/** What a criterion can come from, as the configuration names it: `load:diff`. */
export function sourceNames(rollout: Rollout): readonly string[] {
  return [
    ...Object.keys(rollout.scenarios).map((name) => `browser:${name}`),
    ...Object.keys(rollout.load).map((name) => `load:${name}`),
    ...Object.keys(rollout.lighthouse).map((name) => `lighthouse:${name}`),
    ...Object.keys(rollout.commands).map((name) => `commands:${name}`),
    ...Object.keys(rollout.checks).map((name) => `checks:${name}`),
    ...Object.keys(rollout.logs).map((name) => `logs:${name}`),
    ...(rollout.bundle === undefined ? [] : ['bundle:js']),
    ...Object.keys(rollout.metrics).map((name) => `metrics:${name}`),
    ...(rollout.sentry === undefined ? [] : ['sentry:page', 'sentry:issues']),
  ];
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
    ...Object.entries(rollout.targets).flatMap(([target, { commands }]) =>
      Object.entries(commands).flatMap(([name, list]) =>
        [name, list].flatMap((one) =>
          unknownName(`targets.${target}.commands.${name}`, one, Object.keys(rollout.commands)),
        ),
      ),
    ),
    ...(rollout.sentry?.scenarios ?? []).flatMap((one) =>
      unknownName('sentry.scenarios', one, Object.keys(rollout.scenarios)),
    ),
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
    ...Object.entries(rollout.targets).flatMap(([target, { logs, logControls }]) =>
      Object.entries({ logs, logControls }).flatMap(([key, named]) =>
        Object.keys(named).flatMap((log) => unknownName(`targets.${target}.${key}`, log, Object.keys(rollout.logs))),
      ),
    ),
    ...Object.entries(rollout.targets).flatMap(([target, { metrics }]) =>
      Object.keys(metrics).flatMap((one) =>
        unknownName(`targets.${target}.metrics`, one, Object.keys(rollout.metrics)),
      ),
    ),
    ...Object.keys(rollout.compare.scenarios).flatMap((one) =>
      unknownName('compare.scenarios', one, Object.keys(rollout.scenarios)),
    ),
    ...Object.keys(rollout.compare.load).flatMap((one) => unknownName('compare.load', one, Object.keys(rollout.load))),
    ...Object.entries(rollout.profiles).flatMap(([profile, { without, minSamples, scenarios, load, lighthouse }]) => [
      ...Object.keys(without).flatMap((id) => unknownName(`profiles.${profile}.without`, id, ids)),
      ...Object.keys(minSamples).flatMap((id) => unknownName(`profiles.${profile}.minSamples`, id, ids)),
      ...Object.keys(scenarios).flatMap((id) =>
        unknownName(`profiles.${profile}.scenarios`, id, Object.keys(rollout.scenarios)),
      ),
      ...Object.keys(load).flatMap((id) => unknownName(`profiles.${profile}.load`, id, Object.keys(rollout.load))),
      ...Object.keys(lighthouse).flatMap((id) =>
        unknownName(`profiles.${profile}.lighthouse`, id, Object.keys(rollout.lighthouse)),
      ),
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

/** A page that names an artifact by its part can be visited only on targets that have one. */
function artifactsWithoutPart({ lighthouse, bundle, targets }: Rollout): string[] {
  const all = Object.entries(targets);
  return [
    ...Object.entries(lighthouse).flatMap(([name, { path }]) => partsMissing(`lighthouse.${name}.path`, path, all)),
    ...pagesOf(bundle).flatMap(({ path }, index) => partsMissing(`bundle.pages.${index}.path`, path, all)),
    ...all.flatMap(([name, target]) =>
      pagesOf(target.bundle).flatMap(({ path }, index) =>
        partsMissing(`targets.${name}.bundle.pages.${index}.path`, path, [[name, target]]),
      ),
    ),
  ];
}

function pagesOf(bundle: Rollout['bundle']): readonly { readonly path: string }[] {
  return bundle !== undefined && 'pages' in bundle ? bundle.pages : [];
}

function partsMissing(where: string, path: string, targets: readonly [string, Rollout['targets'][string]][]): string[] {
  return [...path.matchAll(placeholder)].flatMap(([, part = '']) =>
    targets
      .filter(([, { artifacts }]) => artifacts[part] === undefined)
      .map(([target]) => `${where}: target ${target} has no artifact "${part}"`),
  );
}

/** An indicator is measured once: which of two counts is meant is not for judgement to choose. */
function patternsInTwoLogs({ logs }: Rollout): string[] {
  const all = Object.entries(logs).flatMap(([log, { patterns }]) =>
    Object.keys(patterns).map((name) => ({ log, name })),
  );
  return all.flatMap(({ log, name }, index) => {
    const earlier = all.findIndex((one) => one.name === name);
    return earlier < index
      ? [`logs.${log}.patterns.${name}: logs.${all[earlier]?.log} has a pattern of this name already`]
      : [];
  });
}

function ratesWithoutPatterns({ logs }: Rollout): string[] {
  return Object.entries(logs).flatMap(([log, { patterns, rates }]) =>
    Object.entries(rates).flatMap(([name, { of, against }]) => [
      ...(patterns[name] === undefined ? [] : [`logs.${log}.rates.${name}: is the name of a pattern already`]),
      ...[of, against]
        .filter((one) => patterns[one] === undefined)
        .map((one) => `logs.${log}.rates.${name}: there is no pattern "${one}" in this log`),
    ]),
  );
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
      const budget = budgets[kind ?? '']?.(rollout, profile, name) ?? null;
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

interface Budget {
  readonly samples: number;
  readonly words: string;
}

const budgets: {
  readonly [kind: string]: (rollout: Rollout, profile: Rollout['profiles'][string], name: string) => Budget | null;
} = {
  browser: visitsOf,
  load: requestsOf,
  lighthouse: (rollout, profile, name) => {
    const samples = profile.lighthouse[name]?.runs ?? rollout.lighthouse[name]?.runs;
    return samples === undefined ? null : { samples, words: `${samples} runs` };
  },
};

function visitsOf(rollout: Rollout, profile: Rollout['profiles'][string], name: string): Budget | null {
  const budget = profile.scenarios[name] ?? rollout.scenarios[name];
  if (budget === undefined) return null;
  const samples = budget.visits * budget.rounds;
  return { samples, words: `${budget.visits} visits × ${budget.rounds} rounds = ${samples} samples` };
}

function requestsOf(rollout: Rollout, profile: Rollout['profiles'][string], name: string): Budget | null {
  const load = rollout.load[name];
  if (load === undefined) return null;
  const rate = profile.load[name]?.rate ?? load.rate;
  const seconds = (parseDurationMs(profile.load[name]?.for ?? load.for) ?? 0) / 1000;
  return {
    samples: Math.floor(rate * seconds),
    words: `${rate}/s × ${seconds} s = ${Math.floor(rate * seconds)} requests`,
  };
}

function unsafeLoads(rollout: Rollout): string[] {
  const { maxRate, maxRequests } = rollout.safety;
  return Object.entries(rollout.profiles).flatMap(([profileName, profile]) => [
    ...loadsTogether(rollout, profileName),
    ...Object.entries(rollout.load).flatMap(([name, load]) => {
      const rate = profile.load[name]?.rate ?? load.rate;
      const stages = loadStages(load, profile.load[name]);
      const requests = (requestsOf(rollout, profile, name)?.samples ?? 0) * stages;
      const where = `load.${name} in profile ${profileName}`;
      if (rate > maxRate) return [`${where}: ${rate}/s is more than safety.maxRate allows (${maxRate}/s)`];
      if (requests > maxRequests)
        return [`${where}: ${requests} requests are more than safety.maxRequests (${maxRequests})`];
      return [];
    }),
  ]);
}

function loadsTogether({ profiles, load, safety: { maxRate } }: Rollout, name: string): string[] {
  const profile = profiles[name];
  if (profile?.loadsAtOnce !== true) return [];
  const rate = Object.entries(load).reduce(
    (sum, [one, { rate: usual }]) => sum + (profile.load[one]?.rate ?? usual),
    0,
  );
  if (rate <= maxRate) return [];
  return [`profiles.${name}.loadsAtOnce: together they are ${rate}/s, more than safety.maxRate allows (${maxRate}/s)`];
}

/** A target's own way back is filled in with its own artifacts; the rollout's with those that its targets all have. */
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
