/** What raises an alert and what ends it, for each criterion with an alert limit and for each rate. Pure. */
import type { DetectorRule } from '../../../judgement/sequential/change-detector.ts';
import type { Criterion } from '../../../model/criterion.ts';
import type { WatchedRate, WatchPlan } from '../model.ts';
import { badShareOf, limitOfAlert } from './reading.ts';

export interface AlertRules {
  readonly raise: DetectorRule;
  readonly recover: DetectorRule;
}

/** The probability of a false recovery, for each alert. A recovery reported too early means one more alert, not a missed one. */
const FALSE_RECOVERY = 0.05;

/** By id; a criterion without an alert limit has no rules. The probability of a false alert is shared equally. */
export function alertRulesOf(plan: Omit<WatchPlan, 'watch'>): ReadonlyMap<string, AlertRules> {
  const alerting = [...plan.criteria.filter(canAlert), ...plan.rates];
  const falseAlerts = plan.falseAlerts / Math.max(1, alerting.length);
  return new Map(
    alerting.map((one) => {
      const shared = { bound: boundOf(one), looks: looksOf(one.probe, plan) };
      return [
        one.id,
        {
          raise: { ...shared, against: 'more', falseAlerts },
          recover: { ...shared, against: 'fewer', falseAlerts: FALSE_RECOVERY },
        },
      ] as const;
    }),
  );
}

function canAlert({ alert, statistic }: Criterion): boolean {
  return alert !== undefined && (statistic.kind === 'percentile' || statistic.kind === 'ratio');
}

function boundOf(one: Criterion | WatchedRate): DetectorRule['bound'] {
  if ('perMs' in one) return { kind: 'rate', value: one.alert.value };
  if (one.alert === undefined) throw new Error('a criterion with an alert limit has none');
  return { kind: 'share', value: badShareOf(one, limitOfAlert(one.alert)) };
}

function looksOf(probe: string, { sources, durationMs }: Pick<WatchPlan, 'sources' | 'durationMs'>): number {
  const everyMs = sources.find(({ name }) => name === probe)?.everyMs ?? durationMs;
  return Math.max(2, Math.ceil(durationMs / everyMs) + 1);
}
