/** What each source is asked for, as the configuration, a profile and a target have it → policies of the probes. */
import { defined } from '../lib/defined.ts';
import { knownName } from '../lib/known-name.ts';
import { mistakes } from '../lib/mistakes.ts';
import { placeholder } from '../lib/placeholder.ts';
import { durationMs } from '../lib/quantities.ts';
import type { CommandListPolicy } from '../model/checklist-policy.ts';
import type {
  BundlePolicy,
  LighthousePolicy,
  LoadPolicy,
  LogPolicy,
  LogSource,
  SentryPolicy,
} from '../model/source-policies.ts';
import type { SentryTarget, TargetPolicy } from '../model/target-policy.ts';
import { logControlOf } from './control-policies.ts';
import type { Rollout } from './rollout.ts';
import { type LoadBudget, loadStages } from './stages.ts';

export function loadPolicy(
  name: string,
  load: Rollout['load'][string],
  { budget, target }: { readonly budget: LoadBudget | undefined; readonly target: Rollout['targets'][string] },
): LoadPolicy {
  // A load that looks for no header does not look for the target's either.
  const cacheHeader = load.cacheHeader && (target.cacheHeader === undefined ? load.cacheHeader : target.cacheHeader);
  return {
    name,
    ratePerSecond: budget?.rate ?? load.rate,
    durationMs: durationMs(budget?.for ?? load.for),
    stages: loadStages(load, budget),
    warmUpMs: durationMs(budget?.warmUp ?? load.warmUp),
    timeoutMs: durationMs(load.timeout),
    expectBody: load.expectBody,
    ...(cacheHeader == null ? {} : { cacheHeader }),
    ...defined({ distinctBy: target.limiter?.distinctBy }),
    mix: load.mix,
  };
}

export function lighthousePolicy(
  name: string,
  { path, expectText, runs }: Rollout['lighthouse'][string],
  artifacts: TargetPolicy['artifacts'],
): LighthousePolicy {
  return { name, path: filled(path, artifacts), expectText, runs };
}

function filled(path: string, artifacts: TargetPolicy['artifacts']): string {
  return path.replaceAll(placeholder, (_, part: string) => encodeURIComponent(artifacts[part]?.id ?? ''));
}

/** The target's own bundle, or else the rollout's; null where neither has one. */
export function bundlePolicy(
  targetName: string,
  target: Rollout['targets'][string],
  ofRollout: Rollout['bundle'],
): BundlePolicy | null {
  const bundle = target.bundle ?? ofRollout;
  if (bundle === undefined) return null;
  const baseline = bundle.baseline.replaceAll('{target}', targetName);
  if ('build' in bundle) {
    const { build: folder, include, exclude } = bundle;
    return { source: { kind: 'build', folder, include, exclude }, baseline };
  }
  const pages = bundle.pages.map(({ path, expectText }) => ({
    name: path,
    path: filled(path, target.artifacts),
    expectText,
  }));
  return { source: { kind: 'pages', pages, origins: bundle.origins.map((one) => new URL(one).origin) }, baseline };
}

/** Where a log is: what the command line says, else the target, else the rollout. */
export function logsOf(
  rollout: Rollout,
  target: Rollout['targets'][string],
  { logs = [] }: { readonly logs?: readonly string[] },
): LogPolicy[] {
  const given = new Map(logs.map((text) => logFileOf(text, Object.keys(rollout.logs))));
  return Object.entries(rollout.logs).map(([name, { source, window, zone, patterns, rates }]) => ({
    name,
    source: given.get(name) ?? logSourceOf(target.logs[name] ?? source),
    isGiven: given.has(name),
    windowMs: durationMs(window),
    zoneMinutes: zone === 'local' ? null : zoneMinutes(zone),
    patterns,
    rates,
    control: logControlOf(name, rollout, target),
  }));
}

function logFileOf(text: string, names: readonly string[]): readonly [string, LogSource] {
  const [, name = '', path = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (path === '') throw mistakes.badLogFile(text);
  return [knownName('log', name, names), { kind: 'files', paths: [path] }];
}

function logSourceOf(source: Rollout['logs'][string]['source']): LogSource {
  if ('files' in source) return { kind: 'files', paths: source.files };
  if ('command' in source) return { kind: 'command', command: source.command, timeoutMs: durationMs(source.timeout) };
  const { url, query, tenant, tokenFrom } = source.loki;
  return {
    kind: 'loki',
    url,
    query,
    ...defined({ tenant, tokenFrom }),
  };
}

/** `Z` or `+02:00` → minutes east of UTC. */
function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** A list of the rollout's configuration, as the target has it. Throws an OperatorMistake for a name it does not have. */
export function chooseCommands(
  rollout: Rollout,
  choice: { readonly list: string; readonly target?: string },
): CommandListPolicy {
  const targetName = knownName('target', choice.target ?? rollout.defaultTarget, Object.keys(rollout.targets));
  const listName = knownName('list of commands', choice.list, Object.keys(rollout.commands));
  const target = rollout.targets[targetName];
  const list = target === undefined ? undefined : commandLists(rollout, target).find(({ name }) => name === listName);
  if (list === undefined) throw new Error('a checked name is missing');
  return list;
}

export function commandLists({ commands }: Rollout, target: Rollout['targets'][string]): CommandListPolicy[] {
  return Object.keys(commands).flatMap((name) => {
    const list = target.commands[name] ?? name;
    const chosen = commands[list];
    return chosen === undefined ? [] : [commandListPolicy(name, list, chosen)];
  });
}

function commandListPolicy(
  name: string,
  list: string,
  { title, parallel, each }: Rollout['commands'][string],
): CommandListPolicy {
  return {
    name,
    list,
    title,
    parallel,
    each: each.map(({ timeout, advice, ...command }) => ({
      ...command,
      timeoutMs: durationMs(timeout),
      ...defined({ advice }),
    })),
  };
}

export function sentryTarget(sentry: Rollout['targets'][string]['sentry']): SentryTarget | null {
  if (sentry === undefined) return null;
  const { token, url, ...same } = sentry;
  return { ...same, url: withoutSlash(url), tokenVariable: token.env };
}

export function sentryPolicy(sentry: Rollout['sentry'], sources: ReadonlySet<string>): SentryPolicy | null {
  const asks = (['page', 'issues'] as const).filter((one) => sources.has(`sentry:${one}`));
  if (sentry === undefined || asks.length === 0) return null;
  return { asks, scenarios: sentry.scenarios, readBackWithinMs: durationMs(sentry.readBackWithin) };
}

/** Of an address that was checked before; throws where there is none. */
export function withoutSlash(address: string | undefined): string {
  if (address === undefined) throw new Error('a checked target has no address');
  return address.replace(/\/+$/, '');
}
