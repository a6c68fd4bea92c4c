/** Runs the probes one after another, so that none disturbs another, and saves each one's evidence at once. */
import { resolve } from 'node:path';
import type { EvidenceFolder } from './archive/run-folder.ts';
import { laterBundle, readBundleBaseline } from './baseline/bundle-baseline.ts';
import { calibrateToday, needsCalibration } from './calibrate-today.ts';
import { openDeadline } from './deadline.ts';
import { calibration, type Doubt, type Evidence } from './model.ts';
import type { ChecksPolicy, ControlKind, LoadPolicy, Policy } from './policy.ts';
import { collectBrowser } from './probes/browser/collect-browser.ts';
import { type BundleBaseline, collectBundle } from './probes/bundle/collect-bundle.ts';
import { type AcceptedContracts, collectChecks } from './probes/checks/collect-checks.ts';
import { collectCommands } from './probes/commands/collect-commands.ts';
import { collectLighthouse } from './probes/lighthouse/collect-lighthouse.ts';
import { collectLoad } from './probes/load/collect-load.ts';
import { REQUESTS as timingRequests } from './probes/load/timing-control.ts';
import { announcedLog } from './probes/logs/announced-log.ts';
import { collectLogs } from './probes/logs/collect-logs.ts';
import { watchProcessors } from './probes/machine/processor-use.ts';
import { metricsProbe } from './probes/prometheus/collect-metrics.ts';
import { collectPageReports } from './probes/sentry/collect-page-reports.ts';
import { collectSentry } from './probes/sentry/collect-sentry.ts';
import type { Progress } from './progress.ts';
import type { Redactor } from './redact.ts';
import type { RequestMeter } from './request-meter.ts';
import type { Shell } from './shell.ts';
import { goneNow, type LiveTarget, withDoubt } from './target.ts';

export interface CollectOptions {
  readonly target: LiveTarget;
  readonly folder: EvidenceFolder;
  readonly browserPath: string | null;
  readonly shell: Shell;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** When the run began. */
  readonly startedAt: Date;
  /** Counts what is asked of the target; `shell` is its own. */
  readonly meter: RequestMeter;
  /** Takes secrets out of all that is kept. */
  readonly redactor: Redactor;
  /** Which probes, by name, could decide more with more samples; asked after each stage of sampling. */
  readonly stillOpen: (evidence: readonly Evidence[]) => ReadonlySet<string>;
  /** The scripts of the accepted release; a text says why nobody knows whether there is one. */
  readonly acceptedBundle: BundleBaseline | string | null;
  /** What the accepted release promised, by SLI; a text says why nobody knows. */
  readonly acceptedContracts: AcceptedContracts;
  /** Whether a calibration found the machine quiet, so that it may stand for the day. */
  readonly isQuiet: (machine: Evidence) => boolean;
  /** Where a visit asks for its turn, when another target is visited meanwhile. */
  readonly turnsAt?: string;
  /** This machine's calibration, where somebody has it already; null where nobody needs it. */
  readonly machine?: Evidence | null;
}

interface Probe {
  readonly title: string;
  /** The evidence it brings, by name; none where it only prepares. */
  readonly brings: readonly string[];
  /** `before` is what the probes before this one brought. */
  readonly run: (say: (text: string) => void, before: readonly Evidence[]) => Promise<readonly Evidence[]>;
}

/** All evidence that the policy's criteria need. Never throws: what could not be collected says why. */
export async function collect(policy: Policy, given: CollectOptions): Promise<Evidence[]> {
  const deadline = openDeadline(policy.bounds ?? null, given);
  const options = { ...given, signal: deadline.signal };
  const { target, folder, progress, shell, meter } = options;
  const all: Evidence[] = [];
  let gone: Doubt | null = null;
  for (const probe of probesFor(policy, options)) {
    const doubt = gone ?? deadline.whyOver() ?? whyNoMoreRequests(meter);
    if (doubt !== null) {
      all.push(...probe.brings.map((name) => unavailable(name, doubt, shell)));
    } else {
      const processorsUsed = watchProcessors();
      // Here every probe's evidence arrives: what is judged and what is saved is the same, and holds no secret.
      const brought = options.redactor.deep(await progress(probe.title, (say) => probe.run(say, all)));
      const processors = processorsUsed();
      const evidence = processors === null ? brought : brought.map((one) => withFact(one, { processors }));
      gone = meter.left() === 0 ? null : options.redactor.deep(await goneNow(target));
      const told = evidence.map((one) => deadline.explain(policy.bounds === undefined ? one : counted(one, meter)));
      all.push(...told.map((one) => withDoubt(one, gone)));
    }
    for (const one of all.slice(all.length - probe.brings.length)) folder.saveEvidence(one);
  }
  return all;
}

function counted(evidence: Evidence, meter: RequestMeter): Evidence {
  return { ...evidence, requestsSoFar: meter.made() };
}

function whyNoMoreRequests(meter: RequestMeter): Doubt | null {
  if (meter.left() > 0) return null;
  return {
    code: 'request-ceiling',
    message: `the ${meter.made()} requests that the run may make were made before this`,
  };
}

function probesFor(policy: Policy, options: CollectOptions): Probe[] {
  const { target, folder, browserPath, shell, signal, meter } = options;
  const probes: Probe[] = [];
  /** Why this target takes no such control. */
  const unlessAllowed = (kind: ControlKind): { readonly withoutControl?: string } => {
    const reason = policy.target.withoutControls[kind];
    return reason === undefined ? {} : { withoutControl: reason };
  };
  const checksProbe = (checks: ChecksPolicy): Probe => ({
    title: `Check the answers: ${checks.name}`,
    brings: [`checks-${checks.name}`],
    run: async (say) => [
      await collectChecks(checks, {
        target: target.identity,
        policy: policy.target,
        accepted: options.acceptedContracts,
        shell,
        signal,
        onProgress: say,
      }),
    ],
  });
  const stillOpen = (given: readonly Evidence[]): ReadonlySet<string> => {
    // Without secrets and on disk before anybody judges it, also in the middle.
    const evidence = options.redactor.deep(given);
    for (const one of evidence) folder.saveEvidence(one);
    return options.stillOpen(evidence);
  };
  // Read twice: before anything makes traffic, and after everything.
  const metrics = policy.metrics.map((one) => ({
    name: one.name,
    probe: metricsProbe(one, { api: target.identity.api, target: policy.target, shell, signal }),
  }));
  for (const { name, probe } of metrics) {
    probes.push({
      title: `Note what the metrics ${name} say before`,
      brings: [],
      run: async () => {
        await probe.begin();
        return [];
      },
    });
  }
  for (const list of policy.commands) {
    probes.push({
      title: `Run the ${list.name} commands (${list.title})`,
      brings: [`commands-${list.name}`],
      run: async (say) => [
        await collectCommands(list, {
          runFolder: folder.path,
          redactor: options.redactor,
          shell,
          signal,
          onProgress: say,
        }),
      ],
    });
  }
  const { machine } = options;
  if (machine !== null && needsCalibration(policy)) {
    probes.push({
      title: 'Calibrate this machine',
      brings: [calibration.probe],
      run: async (say) => [machine ?? (await calibrateToday(policy, { ...options, onProgress: say }))],
    });
  }
  probes.push(...policy.checks.filter(({ changesTarget }) => !changesTarget).map(checksProbe));
  if (policy.scenarios.length > 0 && browserPath !== null) {
    probes.push({
      title: 'Visit as a person would',
      brings: policy.scenarios.map(({ name }) => `browser-${name}`),
      run: (say, before) =>
        collectBrowser({
          policy,
          target: target.identity,
          config: 'playwright.config.ts',
          browser: { path: browserPath },
          runFolder: folder.path,
          redactor: options.redactor,
          shell,
          signal,
          stillOpen: (evidence) => stillOpen([...before, ...evidence]),
          control: { path: policy.browser.controlPath ?? '/', ...unlessAllowed('browser') },
          ...(options.turnsAt === undefined ? {} : { turnsAt: options.turnsAt }),
          ...(policy.bounds === undefined
            ? {}
            : { requests: { most: meter.left(), onMade: (made) => meter.add(made) } }),
          onProgress: say,
        }),
    });
  }
  for (const page of browserPath === null ? [] : policy.lighthouse) {
    probes.push({
      title: `Visit ${page.name} with Lighthouse`,
      brings: [`lighthouse-${page.name}`],
      run: async (say) => [
        await collectLighthouse(page, {
          web: target.identity.web,
          browser: { path: browserPath ?? '', args: policy.browser.args },
          runFolder: folder.path,
          shell,
          signal,
          onProgress: say,
        }),
      ],
    });
  }
  probes.push(...bundleProbes(policy, options));
  probes.push(...loadProbes(policy, options, stillOpen));
  probes.push(...sentryProbes(policy, options));
  // Last: what they change must not be measured.
  probes.push(...policy.checks.filter(({ changesTarget }) => changesTarget).map(checksProbe));
  // After those whose traffic the logs should tell of.
  for (const log of policy.logs) {
    probes.push({
      title: `Read the log ${log.name}`,
      brings: [`logs-${log.name}`],
      run: async (_, before) => [
        await collectLogs(announcedLog(log, target.logs), {
          trafficSinceMs: firstTrafficMs(before),
          target: target.identity,
          runFolder: folder.path,
          shell,
          signal,
          ...unlessAllowed('logs'),
        }),
      ],
    });
  }
  for (const { name, probe } of metrics) {
    probes.push({
      title: `Read the metrics ${name}`,
      brings: [`metrics-${name}`],
      run: async (say) => [await probe.collect(say)],
    });
  }
  return probes;
}

/** One after another, or all at once: then each is measured under all of them. */
function loadProbes(
  { loads, loadsAtOnce, target: of, safety }: Policy,
  { target, meter, shell, signal }: CollectOptions,
  stillOpen: (evidence: readonly Evidence[]) => ReadonlySet<string>,
): Probe[] {
  const rateOf = ({ name, ratePerSecond }: LoadPolicy): string => `${name} at ${ratePerSecond}/s`;
  const groups = loadsAtOnce && loads.length > 1 ? [loads] : loads.map((load) => [load]);
  return groups.map((group) => ({
    title: `Load ${group.map((load) => `${rateOf(load)} for ${load.durationMs / 1000} s`).join(', ')}`,
    brings: group.map(({ name }) => `load-${name}`),
    run: (say, before) =>
      Promise.all(
        group.map((load) =>
          withinCeiling(load, { meter, shell }, () =>
            collectLoad(load, {
              api: target.identity.api,
              target: of,
              safety,
              slowRoute: of.slowRoute,
              withoutControls: of.withoutControls,
              beside: group.filter((one) => one !== load).map(rateOf),
              shell,
              signal,
              stillOpen: (evidence) => stillOpen([...before, evidence]).has(evidence.probe),
              onProgress: say,
            }),
          ),
        ),
      ),
  }));
}

/** A load that could exceed the ceiling is not begun; one that is begun counts as planned, with warm-up and control. */
async function withinCeiling(
  { name, ratePerSecond, warmUpMs, durationMs, stages }: LoadPolicy,
  { meter, shell }: Pick<CollectOptions, 'meter' | 'shell'>,
  run: () => Promise<Evidence>,
): Promise<Evidence> {
  const planned = Math.ceil((ratePerSecond * (warmUpMs + durationMs * stages)) / 1000) + timingRequests;
  if (planned > meter.left()) {
    const message = `load ${name} is ${planned} requests, and ${meter.left()} were left of the run's ceiling`;
    return unavailable(`load-${name}`, { code: 'request-ceiling', message }, shell);
  }
  meter.add(planned);
  return run();
}

function bundleProbes({ bundle, target: { name }, browser }: Policy, options: CollectOptions): Probe[] {
  if (bundle === null) return [];
  const { target, browserPath, acceptedBundle, shell, signal, meter } = options;
  return [
    {
      title: 'Measure the scripts',
      brings: ['bundle-js'],
      run: async (onProgress) => {
        const evidence = await collectBundle(bundle, {
          web: target.identity.web,
          browser: browserPath === null ? null : { path: browserPath, args: browser.args },
          readBaseline: () => laterBundle(readBundleBaseline(resolve(shell.cwd, bundle.baseline)), acceptedBundle),
          howToSave: `npx rampgate bundle --target ${name} --save`,
          shell,
          signal,
          onProgress,
        });
        if (evidence.status === 'collected') meter.add(Number(evidence.facts['requests'] ?? 0));
        return [evidence];
      },
    },
  ];
}

/** When the first of the probes began that ask the target for something; null where none did. */
function firstTrafficMs(evidence: readonly Evidence[]): number | null {
  const asking = evidence.find(
    ({ status, probe }) => status === 'collected' && /^(?:browser|lighthouse|load|checks)-/.test(probe),
  );
  return asking === undefined ? null : Date.parse(asking.startedAt);
}

/** After everything that visits the page: they look at what came of it. */
function sentryProbes(
  { sentry: policy, target: of }: Policy,
  { target, folder, shell, signal }: CollectOptions,
): Probe[] {
  if (policy === null) return [];
  const { sentry, identity } = target;
  const withoutControl = of.withoutControls.sentry;
  const asked = { sentry, release: identity.release, shell };
  const page: Probe = {
    title: 'Count what the page reported to Sentry',
    brings: ['sentry-page'],
    run: async (_say, before) => [
      collectPageReports({ ...asked, scenarios: policy.scenarios, runFolder: folder.path, before }),
    ],
  };
  const issues: Probe = {
    title: 'Ask Sentry about this release',
    brings: ['sentry-issues'],
    run: async (say) => [
      await collectSentry(policy, {
        ...asked,
        signal,
        ...(withoutControl === undefined ? {} : { withoutControl }),
        onProgress: say,
      }),
    ],
  };
  return policy.asks.map((one) => ({ page, issues })[one]);
}

function withFact(evidence: Evidence, fact: Extract<Evidence, { status: 'collected' }>['facts']): Evidence {
  return evidence.status === 'collected' ? { ...evidence, facts: { ...evidence.facts, ...fact } } : evidence;
}

function unavailable(probe: string, doubt: Doubt, shell: Shell): Evidence {
  const at = shell.now().toISOString();
  return { status: 'unavailable', probe, startedAt: at, finishedAt: at, doubts: [doubt] };
}
