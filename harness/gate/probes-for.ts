/** Which probes a policy asks for, in the order in which they run. */
import { type CollectOptions, type Phase, type Probe, phases } from '../sources/probe.ts';
import { type Policy, sources } from '../sources/registry.ts';
import { calibrationProbes } from './calibration.ts';

/** Every probe of every source that is asked, phase by phase. */
export function probesFor(policy: Policy, options: CollectOptions): readonly Probe[] {
  const probes = [
    ...calibrationProbes(policy, options),
    ...sources.flatMap((source) => source.probes(policy, options)),
  ];
  return phasesOf(policy).flatMap((phase) => probes.filter((probe) => probe.phase === phase));
}

/**
 * Where time is short, loads come before visits: a load takes as long as is stated, and visits to a broken page take any time,
 * so that behind them nothing would be known of the API.
 */
function phasesOf({ bounds }: Policy): readonly Phase[] {
  if (bounds === undefined) return phases;
  return phases.flatMap((phase) => {
    if (phase === 'visit') return [];
    return phase === 'load' ? ['load', 'visit'] : [phase];
  });
}
