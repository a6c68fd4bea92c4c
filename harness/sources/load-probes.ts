/** The loads of a run, each within what may still be asked of the target. */
import type { Evidence } from '../model/evidence.ts';
import type { Policy } from '../model/policy.ts';
import type { LoadPolicy } from '../model/source-policies.ts';
import { collectLoad } from './load/collect-load.ts';
import { REQUESTS as timingRequests } from './load/timing-control.ts';
import { type CollectOptions, type Probe, stillOpenAfter, unavailable } from './probe.ts';

/** One after another, or all at once: then each is measured under all of them. */
export function loadProbes({ loads, loadsAtOnce, target: of, safety }: Policy, options: CollectOptions): Probe[] {
  const { target, meter, shell, signal } = options;
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
              stillOpen: (evidence) => stillOpenAfter(options, [...before, evidence]).has(evidence.probe),
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
