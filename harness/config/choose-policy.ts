/** A checked rollout configuration, a profile and a target → the policy of one run, quantities as numbers. */
import { defined } from '../lib/defined.ts';
import { knownName } from '../lib/known-name.ts';
import { mistakes } from '../lib/mistakes.ts';
import { durationMs, parseLimit } from '../lib/quantities.ts';
import type { CommandListPolicy } from '../model/checklist-policy.ts';
import type { Criterion, Limit, Statistic } from '../model/criterion.ts';
import type { Policy } from '../model/policy.ts';
import type { TargetPolicy } from '../model/target-policy.ts';
import { conventionsOf, limiterPolicy } from './api-conventions.ts';
import { boundsOf } from './bounds.ts';
import { controlsOf } from './control-policies.ts';
import { metricsOf } from './metrics.ts';
import { notifyPolicy } from './notify.ts';
import { reportingPolicy } from './reporting.ts';
import { rollbackPolicy } from './rollback.ts';
import type { Rollout } from './rollout.ts';
import {
  bundlePolicy,
  commandLists,
  lighthousePolicy,
  loadPolicy,
  logsOf,
  sentryPolicy,
  sentryTarget,
  withoutSlash,
} from './source-policies.ts';
import { scenarioStages, stagesOf } from './stages.ts';

export interface PolicyChoice {
  readonly profile: string;
  /** The rollout's default target when left out. */
  readonly target?: string;
  /** Only these criteria; all of the profile's when left out. */
  readonly only?: readonly string[];
  /** Addresses that override the target's. */
  readonly web?: string;
  readonly api?: string;
  /** Files that hold the target's logs, as `NAME=PATH`. */
  readonly logs?: readonly string[];
}

/** Chooses profile, target and criteria from a rollout. Throws an OperatorMistake for a name it does not have. */
export function choosePolicy(rollout: Rollout, configHash: string, choice: PolicyChoice): Policy {
  const profileName = knownName('profile', choice.profile, Object.keys(rollout.profiles));
  const targetName = knownName('target', choice.target ?? rollout.defaultTarget, Object.keys(rollout.targets));
  const profile = rollout.profiles[profileName];
  const target = rollout.targets[targetName];
  if (profile === undefined || target === undefined) throw new Error('a checked name is missing');
  const ids = rollout.criteria.map((criterion) => criterion.id);
  const only = choice.only?.map((id) => knownName('criterion', id, ids));
  const reasonLeftOut = (id: string): string | null => {
    if (only !== undefined && !only.includes(id)) return 'left out by --only';
    const criterion = rollout.criteria.find((one) => one.id === id);
    const withheld = target.without[id];
    if (withheld !== undefined) return `left out by target ${targetName}: ${withheld}`;
    const [, name = ''] = criterion?.from.match(/^checks:(.*)$/) ?? [];
    if (changesTarget(rollout.checks[name]) && profile.changesNothing) {
      return `it changes its target, and profile ${profileName} changes nothing`;
    }
    if (changesTarget(rollout.checks[name]) && target.mayChange === undefined) {
      return `it changes its target, and targets.${targetName}.mayChange names nothing that may be changed`;
    }
    const reason = profile.without[id];
    return reason === undefined ? null : `left out by profile ${profileName}: ${reason}`;
  };
  const chosen = rollout.criteria.filter((criterion) => reasonLeftOut(criterion.id) === null);
  const sources = new Set(chosen.map((criterion) => criterion.from));
  const commands = commandLists(rollout, target);
  const sentry = sentryPolicy(rollout.sentry, sources);
  return {
    rollout: rollout.name,
    configHash,
    profile: profileName,
    comparesWith: profile.baseline,
    target: targetPolicy(targetName, target, choice),
    successCriteria: Object.entries(rollout.successCriteria).map(([id, title]) => ({ id, title })),
    criteria: chosen
      .map((criterion) => withLooks(criterionOf(criterion), stagesOf(rollout, profile)))
      .map((criterion) => ({ ...criterion, minSamples: profile.minSamples[criterion.id] ?? criterion.minSamples }))
      .map((criterion) => withListTitle(criterion, commands)),
    leftOut: [
      ...rollout.notExercised,
      ...rollout.criteria.flatMap(({ id, title, checklist }) => {
        const reason = reasonLeftOut(id);
        return reason === null ? [] : [{ id, title, reason, checklist }];
      }),
    ],
    waivers: rollout.waivers,
    errorBudget: profile.errorBudget ?? rollout.errorBudget,
    ...boundsOf(profile),
    scenarios: Object.entries({ ...rollout.scenarios, ...profile.scenarios })
      .filter(([name]) => sources.has(`browser:${name}`) || sentry?.scenarios.includes(name))
      .map(([name, scenario]) => ({
        name,
        visits: scenario.visits,
        rounds: scenario.rounds,
        stages: scenarioStages(scenario),
      })),
    loads: Object.entries(rollout.load)
      .filter(([name]) => sources.has(`load:${name}`))
      .map(([name, load]) => loadPolicy(name, load, { budget: profile.load[name], target })),
    loadsAtOnce: profile.loadsAtOnce,
    lighthouse: Object.entries(rollout.lighthouse)
      .filter(([name]) => sources.has(`lighthouse:${name}`))
      .map(([name, page]) => lighthousePolicy(name, { ...page, ...profile.lighthouse[name] }, target.artifacts)),
    checks: Object.entries(rollout.checks)
      .filter(([name]) => sources.has(`checks:${name}`))
      .map(([name, one]) => ({
        name,
        run: typeof one === 'function' ? one : one.run,
        changesTarget: changesTarget(one),
      })),
    logs: logsOf(rollout, target, choice).filter(({ name }) => sources.has(`logs:${name}`)),
    metrics: metricsOf(rollout, target).filter(({ name }) => sources.has(`metrics:${name}`)),
    commands: commands.filter(({ name }) => sources.has(`commands:${name}`)),
    bundle: sources.has('bundle:js') ? bundlePolicy(targetName, target, rollout.bundle) : null,
    sentry,
    reporting: reportingPolicy(rollout.reporting, {
      profile: profileName,
      target: targetName,
      isPart: only !== undefined,
    }),
    notify: notifyPolicy(rollout.notify, { profile: profileName, target: targetName }),
    browser: {
      ...defined({ executablePath: rollout.browser.executablePath }),
      args: rollout.browser.args,
      stepTimeoutMs: durationMs(rollout.browser.stepTimeout),
      trace: profile.browser.trace ?? rollout.browser.trace,
      ...defined({ passes: profile.browser.passes, warmUp: profile.browser.warmUp }),
      controlPath: rollout.browser.controlPath,
    },
    safety: {
      maxRatePerSecond: rollout.safety.maxRate,
      maxRequests: rollout.safety.maxRequests,
      stopAtErrorRatio: rollout.safety.stopAtErrorRatio,
    },
    rollback: rollbackPolicy(target.rollback ?? rollout.rollback, target),
  };
}

/** `browser:cold-start` → `browser-cold-start`, the name of the evidence. */
function probeOf(from: string): string {
  return from.replace(':', '-');
}

function changesTarget(checks: Rollout['checks'][string] | undefined): boolean {
  return typeof checks === 'object';
}

function targetPolicy(name: string, target: Rollout['targets'][string], choice: PolicyChoice): TargetPolicy {
  const web = choice.web ?? target.web;
  const api = choice.api ?? target.api;
  if (target.start !== undefined && (choice.web === undefined) !== (choice.api === undefined)) {
    const [given, missing] = choice.web === undefined ? ['--api', '--web'] : ['--web', '--api'];
    throw mistakes.halfAnAddress(given, missing, name);
  }
  // Overridden addresses mean a target that runs already, even where the configuration could start one.
  const overridden = choice.web !== undefined && choice.api !== undefined;
  const at: TargetPolicy['at'] =
    target.start !== undefined && !overridden
      ? { kind: 'started', command: target.start, timeoutMs: durationMs(target.startTimeout) }
      : { kind: 'running', web: withoutSlash(web), api: withoutSlash(api) };
  return {
    name,
    at,
    ...defined({ release: target.release }),
    artifacts: target.artifacts,
    allowHosts: target.allowHosts,
    conventions: conventionsOf(target),
    limiter: limiterPolicy(target.limiter),
    page: target.page,
    health: target.health,
    mayChange: target.mayChange ?? null,
    sentry: sentryTarget(target.sentry),
    ...controlsOf(target),
  };
}

/** Whoever reads the verdict must see which commands it was that passed. */
function withListTitle(criterion: Criterion, lists: readonly CommandListPolicy[]): Criterion {
  const list = lists.find(({ name }) => criterion.probe === `commands-${name}`);
  return list === undefined ? criterion : { ...criterion, title: `${criterion.title}: ${list.title}` };
}

function criterionOf(input: Rollout['criteria'][number]): Criterion {
  const { from, statistic, limit, alert, warn, longestTask, confidence, sli, ...same } = input;
  return {
    ...same,
    sli: sli ?? input.id,
    probe: probeOf(from),
    statistic: statisticOf(statistic),
    limit: limitOf(limit),
    ...(alert === undefined ? {} : { alert: limitOf(alert) }),
    ...(warn === undefined ? {} : { warn: limitOf(warn) }),
    ...(longestTask === undefined ? {} : { longestTask: limitOf(longestTask) }),
    ...defined({ confidence }),
  };
}

/** What has an interval is looked at after each stage. */
function withLooks(criterion: Criterion, stages: ReadonlyMap<string, number>): Criterion {
  const looks = stages.get(criterion.probe) ?? 1;
  const hasInterval = ['percentile', 'change', 'ratio'].includes(criterion.statistic.kind);
  return looks > 1 && hasInterval ? { ...criterion, looks } : criterion;
}

function statisticOf(text: string): Statistic {
  if (text === 'ratio' || text === 'count' || text === 'all' || text === 'growth') return { kind: text };
  if (text === 'all vs baseline') return { kind: 'all', vsBaseline: true };
  const [percentile = '', versus] = text.split(' ');
  return { kind: versus === undefined ? 'percentile' : 'change', p: Number(percentile.slice(1)) };
}

function limitOf(text: string): Limit {
  const limit = parseLimit(text);
  if (limit === null) throw new Error(`a checked limit does not parse: ${text}`);
  return limit;
}
