/** Which probes a policy asks for, in the order in which they run. */

import { calibration } from '../model/evidence.ts';
import type { Policy } from '../model/policy.ts';
import type { ChecksPolicy } from '../model/source-policies.ts';
import { collectChecks } from '../sources/checks/collect-checks.ts';
import { collectCommands } from '../sources/commands/collect-commands.ts';
import { loadProbes } from '../sources/load-probes.ts';
import { bundleProbes, lighthouseProbes, visitProbes } from '../sources/page-probes.ts';
import type { CollectOptions, Probe } from '../sources/probe.ts';
import { logProbes, metricsProbes, sentryProbes } from '../sources/source-probes.ts';
import { calibrateToday, needsCalibration } from './calibration.ts';

export function probesFor(policy: Policy, options: CollectOptions): readonly Probe[] {
  const metrics = metricsProbes(policy, options);
  const checksThat = (change: boolean) =>
    policy.checks
      .filter(({ changesTarget }) => changesTarget === change)
      .map((checks) => checksProbe(checks, policy, options));
  return [
    ...metrics.map(({ before }) => before),
    ...commandProbes(policy, options),
    ...calibrationProbes(policy, options),
    ...checksThat(false),
    ...asking(policy, options),
    ...sentryProbes(policy, options),
    // Late: what they change must not be measured.
    ...checksThat(true),
    ...logProbes(policy, options),
    ...metrics.map(({ after }) => after),
  ];
}

/**
 * What a person sees comes before the load, which warms the target up. Not where time is short: a load takes as long as is
 * stated, and visits to a broken page take any time, so that behind them nothing would be known of the API.
 */
function asking(policy: Policy, options: CollectOptions): readonly Probe[] {
  const visits = [...visitProbes(policy, options), ...lighthouseProbes(policy, options)];
  const others = [...bundleProbes(policy, options), ...loadProbes(policy, options)];
  return policy.bounds === undefined ? [...visits, ...others] : [...others, ...visits];
}

function commandProbes({ commands }: Policy, { folder, redactor, shell, signal }: CollectOptions): Probe[] {
  return commands.map((list) => ({
    title: `Run the ${list.name} commands (${list.title})`,
    brings: [`commands-${list.name}`],
    run: async (say) => [
      await collectCommands(list, {
        runFolder: folder.path,
        redactor,
        shell,
        signal,
        onProgress: say,
      }),
    ],
  }));
}

function calibrationProbes(policy: Policy, options: CollectOptions): Probe[] {
  const { machine } = options;
  if (machine === null || !needsCalibration(policy)) return [];
  return [
    {
      title: 'Calibrate this machine',
      brings: [calibration.probe],
      run: async (say) => [machine ?? (await calibrateToday(policy, { ...options, onProgress: say }))],
    },
  ];
}

function checksProbe(
  checks: ChecksPolicy,
  { target: of }: Policy,
  { target, acceptedContracts, shell, signal }: CollectOptions,
): Probe {
  return {
    title: `Check the answers: ${checks.name}`,
    brings: [`checks-${checks.name}`],
    run: async (say) => [
      await collectChecks(checks, {
        target: target.identity,
        policy: of,
        accepted: acceptedContracts,
        shell,
        signal,
        onProgress: say,
      }),
    ],
  };
}
