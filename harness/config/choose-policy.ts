/** A checked rollout configuration, a profile and a target → the policy of one run, quantities as numbers. */
import { defined } from '../lib/defined.ts';
import { knownName } from '../lib/known-name.ts';
import { mistakes } from '../lib/mistakes.ts';
import { durationMs, parseLimit } from '../lib/quantities.ts';
import type { Criterion, Limit, Statistic } from '../model/criterion.ts';
import type { SentryTarget, TargetPolicy } from '../model/target-policy.ts';
import { evidenceName, type Policy, type SourcePolicies, sources } from '../sources/registry.ts';
import type { Choice } from '../sources/source.ts';
import { conventionsOf, limiterPolicy } from './api-conventions.ts';
import { boundsOf } from './bounds.ts';
import { notifyPolicy } from './notify.ts';
import { reportingPolicy } from './reporting.ts';
import { rollbackPolicy } from './rollback.ts';
import type { Rollout } from './rollout.ts';

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
  const named = chooseNames(rollout, choice);
  const { profile, profileName, target, targetName, only } = named;
  const reasonLeftOut = (criterion: CriterionInput): string | null => whyLeftOut(criterion, rollout, named);
  const chosen = rollout.criteria.filter((criterion) => reasonLeftOut(criterion) === null);
  const from = new Set(chosen.map((criterion) => criterion.from));
  const asked = askSources({ rollout, ...named, from, logs: choice.logs });
  return {
    rollout: rollout.name,
    configHash,
    profile: profileName,
    comparesWith: profile.baseline,
    target: targetPolicy(targetName, target, choice),
    successCriteria: Object.entries(rollout.successCriteria).map(([id, title]) => ({ id, title })),
    criteria: chosen.map((criterion) => criterionOf(criterion, { rollout, profile, asked })),
    leftOut: [
      ...rollout.notExercised,
      ...rollout.criteria.flatMap((criterion) => {
        const reason = reasonLeftOut(criterion);
        const { id, title, checklist } = criterion;
        return reason === null ? [] : [{ id, title, reason, checklist }];
      }),
    ],
    waivers: rollout.waivers,
    errorBudget: profile.errorBudget ?? rollout.errorBudget,
    ...boundsOf(profile),
    ...asked,
    reporting: reportingPolicy(rollout.reporting, {
      profile: profileName,
      target: targetName,
      isPart: only !== undefined,
    }),
    notify: notifyPolicy(rollout.notify, { profile: profileName, target: targetName }),
    browser: browserSettings(rollout, profile),
    safety: {
      maxRatePerSecond: rollout.safety.maxRate,
      maxRequests: rollout.safety.maxRequests,
      stopAtErrorRatio: rollout.safety.stopAtErrorRatio,
    },
    rollback: rollbackPolicy(target.rollback ?? rollout.rollback, target),
  };
}

type CriterionInput = Rollout['criteria'][number];
type Profile = Rollout['profiles'][string];
type Target = Rollout['targets'][string];

interface Named {
  readonly profile: Profile;
  readonly profileName: string;
  readonly target: Target;
  readonly targetName: string;
  /** Ids of criteria; all when left out. */
  readonly only: readonly string[] | undefined;
}

function chooseNames(rollout: Rollout, choice: PolicyChoice): Named {
  const profileName = knownName('profile', choice.profile, Object.keys(rollout.profiles));
  const targetName = knownName('target', choice.target ?? rollout.defaultTarget, Object.keys(rollout.targets));
  const profile = rollout.profiles[profileName];
  const target = rollout.targets[targetName];
  if (profile === undefined || target === undefined) throw new Error('a checked name is missing');
  const ids = rollout.criteria.map((criterion) => criterion.id);
  const only = choice.only?.map((id) => knownName('criterion', id, ids));
  return { profile, profileName, target, targetName, only };
}

function whyLeftOut({ id, from }: CriterionInput, rollout: Rollout, named: Named): string | null {
  const { profile, profileName, target, targetName, only } = named;
  if (only !== undefined && !only.includes(id)) return 'left out by --only';
  const withheld = target.without[id];
  if (withheld !== undefined) return `left out by target ${targetName}: ${withheld}`;
  const [kind, name = ''] = from.split(':');
  const source = sources.find((one) => one.kind === kind);
  const why = source?.whyNot?.({ rollout, profile, profileName, target, targetName }, name) ?? null;
  if (why !== null) return why;
  const reason = profile.without[id];
  return reason === undefined ? null : `left out by profile ${profileName}: ${reason}`;
}

function askSources(choice: Choice<Rollout, Target, Profile>): SourcePolicies {
  return Object.assign({}, ...sources.map((source) => source.ask(choice))) as SourcePolicies;
}

function browserSettings({ browser }: Rollout, profile: Profile): Policy['browser'] {
  return {
    ...defined({ executablePath: browser.executablePath }),
    args: browser.args,
    stepTimeoutMs: durationMs(browser.stepTimeout),
    trace: profile.browser.trace ?? browser.trace,
    ...defined({ passes: profile.browser.passes, warmUp: profile.browser.warmUp }),
    controlPath: browser.controlPath,
  };
}

function targetPolicy(name: string, target: Target, choice: PolicyChoice): TargetPolicy {
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

interface Asked {
  readonly rollout: Rollout;
  readonly profile: Profile;
  readonly asked: SourcePolicies;
}

function criterionOf(input: CriterionInput, { rollout, profile, asked }: Asked): Criterion {
  const { from, statistic: text, limit, alert, warn, longestTask, confidence, sli, ...same } = input;
  const [kind, name = ''] = from.split(':');
  const source = sources.find((one) => one.kind === kind);
  const statistic = statisticOf(text);
  // What has an interval is looked at after each stage.
  const looks = source?.stages?.(rollout, profile, name) ?? 1;
  const isLookedAt = looks > 1 && ['percentile', 'change', 'ratio'].includes(statistic.kind);
  return {
    ...same,
    title: source?.titled?.(asked, name, input.title) ?? input.title,
    minSamples: profile.minSamples[input.id] ?? input.minSamples,
    sli: sli ?? input.id,
    probe: evidenceName(from),
    statistic,
    limit: limitOf(limit),
    ...(alert === undefined ? {} : { alert: limitOf(alert) }),
    ...(warn === undefined ? {} : { warn: limitOf(warn) }),
    ...(longestTask === undefined ? {} : { longestTask: limitOf(longestTask) }),
    ...defined({ confidence }),
    ...(isLookedAt ? { looks } : {}),
  };
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

function sentryTarget(sentry: Target['sentry']): SentryTarget | null {
  if (sentry === undefined) return null;
  const { token, url, ...same } = sentry;
  return { ...same, url: withoutSlash(url), tokenVariable: token.env };
}

/** What may be planted on a target, and how, to prove that the probes see. */
function controlsOf({
  withoutControls,
  slowRoute,
  uncached,
}: Target): Pick<TargetPolicy, 'withoutControls' | 'slowRoute' | 'uncached'> {
  return {
    withoutControls: defined(withoutControls),
    slowRoute: slowRoute === undefined ? null : { path: slowRoute.path, takesMs: durationMs(slowRoute.takes) },
    uncached: uncached === undefined ? null : defined(uncached),
  };
}

/** Of an address that was checked before; throws where there is none. */
function withoutSlash(address: string | undefined): string {
  if (address === undefined) throw new Error('a checked target has no address');
  return address.replace(/\/+$/, '');
}
