/** Which drill the flags ask for: by the command of a target, or through a proxy before one. */

import { choosePolicy } from '../../config/choose-policy.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { openTarget } from '../../gate/target.ts';
import { defined } from '../../lib/defined.ts';
import type { Shell } from '../../lib/shell.ts';
import { type Criterion, isCompared } from '../../model/criterion.ts';
import type { NotExercised } from '../../model/gate-report.ts';
import { byCommand } from './by-command.ts';
import type { DrillFlags } from './describe-drill.ts';
import { drillOf, faultsOf } from './drill-policy.ts';
import type { NotDrilled } from './drill-report.ts';
import type { DrillWay } from './drill-way.ts';
import type { Fault, PlannedRun } from './fault.ts';
import { type ProxyDrill, proxyDrillOf } from './proxy-drill-policy.ts';
import { policiesThroughProxy, throughProxy } from './through-proxy.ts';

export type DrillChoiceFlags = Pick<DrillFlags, 'target' | 'web' | 'api' | 'throughProxy' | 'fast'>;

export interface ChosenDrill {
  readonly faults: readonly Fault[];
  /** Those that `--fast` looks at. */
  readonly fast: { readonly [fault: string]: readonly string[] };
  /** What its target is judged by; what needs an accepted run only where the drill makes one of its own. */
  readonly criteria: readonly Criterion[];
  readonly isProxied: boolean;
  /** Why a criterion is not drilled, as far as anybody says; asked of those that nothing is to turn red. */
  readonly whyNotDrilled: (criterion: string) => string;
  /** `loads`: whether any run puts load on. Throws an OperatorMistake for a target that does not answer. */
  readonly open: (needs: { readonly loads: boolean; readonly shell: Shell }) => Promise<OpenDrill>;
  readonly policyOf: DrillWay['policyOf'];
}

export interface OpenDrill {
  readonly way: DrillWay;
  close(): Promise<void>;
}

/** Throws an OperatorMistake for what the configuration does not have. */
export function chooseDrill(config: LoadedConfig, flags: DrillChoiceFlags): ChosenDrill {
  const { drill, defaultTarget } = config.rollout;
  const target = flags.target ?? drill?.target ?? defaultTarget;
  const isElsewhere = flags.web !== undefined || flags.api !== undefined || target !== drill?.target;
  return flags.throughProxy === true || (drill !== undefined && isElsewhere)
    ? chooseProxied(config, { ...flags, target })
    : chooseByCommand(config, flags);
}

function chooseByCommand({ rollout, hash, path }: LoadedConfig, { fast }: DrillChoiceFlags): ChosenDrill {
  const drill = drillOf(rollout, path);
  const way = byCommand(rollout, hash);
  const { criteria } = drillable({ rollout, hash }, { target: drill.target });
  // The run to compare with takes a minute, and a fast drill has none.
  const compares = drill.baseline !== undefined && fast !== true;
  return {
    faults: faultsOf(drill),
    fast: drill.fast,
    criteria: compares ? criteria : withoutCompared(criteria),
    isProxied: false,
    whyNotDrilled: () => 'no fault of drill.faults is to turn it red',
    open: async () => ({ way, close: async () => undefined }),
    policyOf: way.policyOf,
  };
}

function chooseProxied(
  { rollout, hash, path }: LoadedConfig,
  { target, web, api }: DrillChoiceFlags & { readonly target: string },
): ChosenDrill {
  const drill = proxyDrillOf(rollout, path);
  const choice = { target, ...defined({ web, api }) };
  const { criteria, leftOut, policy } = drillable({ rollout, hash }, choice);
  return {
    faults: faultsOf(drill),
    fast: drill.fast,
    criteria: withoutCompared(criteria),
    isProxied: true,
    whyNotDrilled: reasonsFrom(drill, leftOut),
    open: async ({ loads, shell }) => {
      const live = await openTarget(policy.target, { shell, loads });
      const way = throughProxy({ rollout, configHash: hash, choice, target: live });
      return { way, close: () => live.close() };
    },
    policyOf: policiesThroughProxy({ rollout, configHash: hash, choice }),
  };
}

/** What the target is judged by, whatever the profile leaves out. */
function drillable(
  { rollout, hash }: Pick<LoadedConfig, 'rollout' | 'hash'>,
  choice: { readonly target: string; readonly web?: string; readonly api?: string },
) {
  const policy = choosePolicy(rollout, hash, { profile: Object.keys(rollout.profiles)[0] ?? '', ...choice });
  return {
    policy,
    criteria: policy.criteria,
    leftOut: policy.leftOut,
  };
}

function withoutCompared(criteria: readonly Criterion[]): readonly Criterion[] {
  return criteria.filter(({ statistic }) => !isCompared(statistic));
}

function reasonsFrom({ without }: ProxyDrill, leftOut: readonly NotExercised[]): (criterion: string) => string {
  return (criterion) =>
    without[criterion] ??
    leftOut.find(({ id }) => id === criterion)?.reason ??
    'no fault of drill.throughProxy is to turn it red';
}

/** What was asked for and nothing in the plan is to turn red; nothing is said of it where each target plants its own. */
export function notDrilledOf(
  { isProxied, whyNotDrilled }: ChosenDrill,
  plan: readonly PlannedRun[],
  asked: readonly string[],
): { readonly notDrilled?: readonly NotDrilled[] } {
  if (!isProxied || asked.length === 0) return {};
  const cells = plan.flatMap((planned) => planned.cells);
  const turnsRed = new Set(cells.filter(({ expected }) => expected === 'red').map(({ criterion }) => criterion));
  const left = asked.filter((id) => !turnsRed.has(id));
  return { notDrilled: left.map((criterion) => ({ criterion, reason: whyNotDrilled(criterion) })) };
}
