/** The probes that ask what others noted of the target: its metrics, Sentry, its logs. */
import { defined } from '../lib/defined.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Policy } from '../model/policy.ts';
import { announcedLog } from './logs/announced-log.ts';
import { collectLogs } from './logs/collect-logs.ts';
import { metricsProbe } from './metrics/collect-metrics.ts';
import { type CollectOptions, type Probe, unlessAllowed } from './probe.ts';
import { collectPageReports } from './sentry/collect-page-reports.ts';
import { collectSentry } from './sentry/collect-sentry.ts';

/** Read twice: before anything makes traffic, and after everything. */
export function metricsProbes({ metrics, target: of }: Policy, { target, shell, signal }: CollectOptions) {
  return metrics.map((one): { readonly before: Probe; readonly after: Probe } => {
    const probe = metricsProbe(one, { api: target.identity.api, target: of, shell, signal });
    const begin = async () => {
      await probe.begin();
      return [];
    };
    return {
      before: { title: `Note what the metrics ${one.name} say before`, brings: [], run: begin },
      after: {
        title: `Read the metrics ${one.name}`,
        brings: [`metrics-${one.name}`],
        run: async (say) => [await probe.collect(say)],
      },
    };
  });
}

/** After everything that visits the page: they look at what came of it. */
export function sentryProbes(
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
        ...defined({ withoutControl }),
        onProgress: say,
      }),
    ],
  };
  return policy.asks.map((one) => ({ page, issues })[one]);
}

/** After those whose traffic the logs should tell of. */
export function logProbes(policy: Policy, { target, folder, shell, signal }: CollectOptions): Probe[] {
  return policy.logs.map((log) => ({
    title: `Read the log ${log.name}`,
    brings: [`logs-${log.name}`],
    run: async (_, before) => [
      await collectLogs(announcedLog(log, target.logs), {
        trafficSinceMs: firstTrafficMs(before),
        target: target.identity,
        runFolder: folder.path,
        shell,
        signal,
        ...unlessAllowed(policy, 'logs'),
      }),
    ],
  }));
}

/** When the first of the probes began that ask the target for something; null where none did. */
function firstTrafficMs(evidence: readonly Evidence[]): number | null {
  const asking = evidence.find(
    ({ status, probe }) => status === 'collected' && /^(?:browser|lighthouse|load|checks)-/.test(probe),
  );
  return asking === undefined ? null : Date.parse(asking.startedAt);
}
