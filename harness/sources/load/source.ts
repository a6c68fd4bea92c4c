/** The load: requests to the API at a stated arrival rate. */
import { durationMs } from '../../lib/quantities.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Policy } from '../../model/policy.ts';
import { type Diagnosis, withoutTarget } from '../diagnosis.ts';
import { type CollectOptions, stillOpenAfter, unavailable } from '../probe.ts';
import { noProgress, provedBefore, type SamplingOptions, samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import { keptMix } from './saved-mix.ts';
import {
  type LoadPolicy,
  type LoadProfile,
  type LoadRollout,
  type LoadTarget,
  loadContradictions,
  loadKeys,
  loadStages,
  loadsToPutOn,
  mostRequests,
  requestsOf,
} from './settings.ts';
import { REQUESTS as timingRequests } from './timing-control.ts';

interface Asked {
  readonly loads: readonly LoadPolicy[];
  /** The loads are put on together, instead of one after another. */
  readonly loadsAtOnce: boolean;
}

export const load = describeSource<typeof loadKeys, LoadRollout, LoadTarget, LoadProfile, Asked>({
  kind: 'load',
  from: ['load:<name>'],
  keys: loadKeys,
  times: 'requests',
  names: (rollout) => Object.keys(rollout.load),
  contradictions: loadContradictions,
  budget: requestsOf,
  stages: (rollout, profile, name) => {
    const one = rollout.load[name];
    return one === undefined ? 1 : loadStages(one, profile.load[name]);
  },
  mostRequests,
  ask: ({ rollout, profile, target, from }) => ({
    loads: loadsToPutOn(rollout, { profile, target }).filter(({ name }) => from.has(`load:${name}`)),
    loadsAtOnce: profile.loadsAtOnce,
  }),
  nothing: { loads: [], loadsAtOnce: false },
  inTurn: ({ loads, loadsAtOnce }, { isNeeded, loadFor, load: own }) => ({
    loads: loads
      .filter(({ name }) => isNeeded(`load-${name}`))
      .map((one) => ({ ...one, durationMs: durationMs(own[one.name]?.for ?? loadFor), stages: 1 })),
    loadsAtOnce,
  }),
  evidence: ({ loads }) => loads.map(({ name }) => `load-${name}`),
  putsLoad: ({ loads }) => loads.length > 0,
  /** One after another, or all at once: then each is measured under all of them. */
  probes: ({ loads, loadsAtOnce, target: of, safety }, options) => {
    const { target, meter, shell, signal } = options;
    const rateOf = ({ name, ratePerSecond }: LoadPolicy): string => `${name} at ${ratePerSecond}/s`;
    const groups = loadsAtOnce && loads.length > 1 ? [loads] : loads.map((one) => [one]);
    return groups.map((group) => ({
      title: `Load ${group.map((one) => `${rateOf(one)} for ${one.durationMs / 1000} s`).join(', ')}`,
      phase: 'load',
      brings: group.map(({ name }) => `load-${name}`),
      makesTraffic: true,
      run: async (say, { before }) => {
        const { collectLoad } = await import('./collect-load.ts');
        return Promise.all(
          group.map((one) =>
            withinCeiling(one, { meter, shell }, () =>
              collectLoad(one, {
                api: target.identity.api,
                target: of,
                safety,
                slowRoute: of.slowRoute,
                withoutControls: of.withoutControls,
                beside: group.filter((other) => other !== one).map(rateOf),
                shell,
                signal,
                stillOpen: (evidence) => stillOpenAfter(options, [...before, evidence]).has(evidence.probe),
                onProgress: say,
              }),
            ),
          ),
        );
      },
    }));
  },
  watch: {
    turn: 1,
    tasks: (policy, options) =>
      policy.loads.map((one) => samplingTask(`load-${one.name}`, options, loadSampler(one, policy, options))),
  },
  /** Each load asks once, and so finds what it would ask for. */
  examine: async ({ loads, target: of }, { target, shell }) => {
    const diagnoses: Diagnosis[] = [];
    const { askOnce } = await import('./ask-once.ts');
    for (const one of loads) {
      const what = `load ${one.name}`;
      if (target === null) diagnoses.push(withoutTarget(what));
      else {
        const { fit, found } = await askOnce(one, { api: target.identity.api, target: of, shell });
        const advice = `are the artifacts of targets.${of.name} there? Until then what rests on it is inconclusive`;
        diagnoses.push(fit ? { what, state: 'ready', found } : { what, state: 'not ready', found, advice });
      }
    }
    return diagnoses;
  },
});

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

/**
 * A control that was seen once needs no second time, and what there is to ask for is not found out anew for every sample: the
 * watch is there to be light.
 */
function loadSampler(one: LoadPolicy, policy: Policy, { target, shell, signal }: SamplingOptions) {
  let isProved = false;
  const mix = keptMix(one.mix);
  return async (sinceMs: number): Promise<Evidence> => {
    const { collectLoad } = await import('./collect-load.ts');
    const evidence = await collectLoad(
      { ...one, mix: mix.find(sinceMs) },
      {
        api: target.identity.api,
        target: policy.target,
        safety: policy.safety,
        slowRoute: policy.target.slowRoute,
        withoutControls: isProved ? { cache: provedBefore, timing: provedBefore } : policy.target.withoutControls,
        shell,
        signal,
        stillOpen: () => false,
        beside: [],
        onProgress: noProgress,
      },
    );
    if (!isAllGood(evidence)) mix.forget();
    isProved ||= evidence.controls?.every(({ outcome }) => outcome !== 'not-seen') === true;
    return evidence;
  };
}

/** Whether nothing failed that may have failed because what was asked for is no longer there. */
function isAllGood(evidence: Evidence): boolean {
  if (evidence.status !== 'collected' || evidence.qualityIssues.length > 0) return false;
  return evidence.measurements.every(
    (one) => one.kind !== 'ratio' || !one.sli.endsWith('.error-rate') || one.numerator === 0,
  );
}
