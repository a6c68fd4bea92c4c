/** The load probe: one declared load on the target's API → evidence. */

import { timeReferenceWork } from '../../browser-kit/reference-work.ts';
import { messageOf } from '../../lib/message-of.ts';
import { packageVersion } from '../../lib/package-version.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Control, Evidence, Measurement, QualityIssue } from '../../model/evidence.ts';
import type { LoadShare } from '../../model/load-mix.ts';
import type { SafetyPolicy } from '../../model/policy.ts';
import type { ControlKind, SlowRoute } from '../../model/target-policy.ts';
import type { Json } from '../../model/units.ts';
import { qualityIssuesOf } from '../positive-control.ts';
import { proveCacheHeader } from './cache-control.ts';
import type { LoadResult } from './load-plan.ts';
import { loadQualityIssues } from './load-quality-issues.ts';
import { summariseLoad } from './load-summary.ts';
import { checkedMix, type LoadedTarget, mixContext } from './mix.ts';
import { runLoad } from './run-load.ts';
import type { LoadPolicy } from './settings.ts';
import { proveTiming } from './timing-control.ts';

export interface LoadProbeOptions {
  readonly api: string;
  readonly target: LoadedTarget;
  readonly safety: SafetyPolicy;
  /** A route that takes its time; null where the target has none. */
  readonly slowRoute: SlowRoute | null;
  /** Why which control must not be tried. */
  readonly withoutControls: { readonly [kind in ControlKind]?: string };
  /** Other loads that are put on meanwhile, in words: `deployments at 50/s`. */
  readonly beside: readonly string[];
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** Whether more requests could decide something, as this evidence has it so far. */
  readonly stillOpen: (evidence: Evidence) => boolean;
  readonly onProgress: (text: string) => void;
}

/** Latencies are kept in whole microseconds to three digits, and timers wake up to a millisecond late. */
const UNCERTAINTY_MS = 1;

/** Runs one load. Never throws: what goes wrong is in the evidence. */
export async function collectLoad(policy: LoadPolicy, options: LoadProbeOptions): Promise<Evidence> {
  const { shell } = options;
  const probe = `load-${policy.name}`;
  const startedAt = shell.now().toISOString();
  try {
    const mix = await checkedMix(policy, mixContext(options));
    const proved = await prove(policy, mix, options);
    const beforeMs = timeReferenceWork();
    const collected = (result: LoadResult): Evidence => ({
      status: 'collected',
      probe,
      startedAt,
      finishedAt: shell.now().toISOString(),
      measurements: measurementsOf(policy, result, { referenceMs: [beforeMs, timeReferenceWork()], ...options }),
      facts: factsOf(policy, mix, result),
      tools: { autocannon: packageVersion('autocannon'), Node: process.version },
      attachments: [],
      qualityIssues: [...loadQualityIssues(policy, result), ...proved.qualityIssues],
      controls: proved.controls,
    });
    const result = await runLoad(
      {
        ...policy,
        loop: 'open',
        ...(policy.cacheHeader === undefined ? {} : { cacheHeaders: [policy.cacheHeader] }),
        baseUrl: options.api,
        mix,
        stopAtErrorRatio: options.safety.stopAtErrorRatio,
      },
      {
        signal: options.signal,
        onProgress: (done, planned) => options.onProgress(`${done} of ${planned} requests`),
        wantsMore: (soFar) => soFar.stages < policy.stages && options.stillOpen(collected(soFar)),
      },
    );
    return collected(result);
  } catch (error) {
    const message = messageOf(error);
    const qualityIssue: QualityIssue = { code: 'probe-crashed', message: `the load could not be put on: ${message}` };
    return {
      status: 'unavailable',
      probe,
      startedAt,
      finishedAt: shell.now().toISOString(),
      qualityIssues: [qualityIssue],
    };
  }
}

/** Before the load, which leaves no request unasked. */
async function prove(
  policy: LoadPolicy,
  mix: readonly LoadShare[],
  { api, shell, signal, slowRoute, withoutControls }: LoadProbeOptions,
): Promise<{ readonly controls: readonly Control[]; readonly qualityIssues: readonly QualityIssue[] }> {
  const without = (kind: ControlKind) => {
    const reason = withoutControls[kind];
    return reason === undefined ? {} : { withoutControl: reason };
  };
  const cache = await proveCacheHeader(policy, mix, { api, shell, signal, ...without('cache') });
  const timing = await proveTiming({ api, slowRoute, timeoutMs: policy.timeoutMs, signal, ...without('timing') });
  return {
    controls: [...(cache === null ? [] : [cache.miss, cache.hit]), timing],
    qualityIssues: [
      ...qualityIssuesOf(cache === null ? [] : [cache.miss], [`${policy.name}.cache-hit-rate`]),
      ...qualityIssuesOf([timing], [`${policy.name}.latency`]),
    ],
  };
}

function measurementsOf(
  policy: LoadPolicy,
  { loadRecorder, generator, stages }: LoadResult,
  { referenceMs, beside }: Pick<LoadProbeOptions, 'beside'> & { readonly referenceMs: readonly [number, number] },
): Measurement[] {
  const { good, bad, timeouts, lost } = loadRecorder.counts;
  const failed = bad + timeouts + lost;
  const perSecond = loadRecorder.seconds();
  const lastedS = (policy.durationMs / 1000) * stages;
  const atMost = policy.stages === 1 ? '' : `, in ${stages} of at most ${policy.stages} stages`;
  const meanwhile = beside.length === 0 ? '' : `, beside ${beside.join(' and ')}`;
  const how = `open loop at ${policy.ratePerSecond}/s for ${lastedS} s${atMost}${meanwhile}, after a warm-up of ${policy.warmUpMs / 1000} s`;
  const measurements: Measurement[] = [
    {
      kind: 'ratio',
      sli: `${policy.name}.error-rate`,
      how: `answers that were not 2xx or lacked the expected content, time-outs and lost connections; ${how}`,
      unit: 'ratio',
      numerator: failed,
      denominator: good + failed,
      of: { numerator: 'failed requests', denominator: 'requests' },
      slices: perSecond.map(({ second, requests, failed: numerator }) => ({
        second,
        numerator,
        denominator: requests,
      })),
    },
  ];
  if (good > 0) {
    measurements.push({
      kind: 'distribution',
      sli: `${policy.name}.latency`,
      how: `from the intended start to the last byte, good answers and time-outs; ${how}`,
      unit: 'ms',
      // Latency counts from when a request was due, so what the generator was late is in it, and is not the target's.
      uncertaintyMs: Math.max(UNCERTAINTY_MS, generator.startDelayMs?.p99 ?? 0),
      referenceMs,
      ...loadRecorder.latency(),
    });
  }
  const { hits, misses } = loadRecorder.cache;
  if (hits + misses > 0) {
    measurements.push({
      kind: 'ratio',
      sli: `${policy.name}.cache-hit-rate`,
      how: `repeated requests whose ${policy.cacheHeader} said hit; the first answer to each request does not count`,
      unit: 'ratio',
      numerator: hits,
      denominator: hits + misses,
      of: { numerator: 'hits', denominator: 'repeated requests' },
      slices: perSecond.map(({ second, repeats, hits: numerator }) => ({ second, numerator, denominator: repeats })),
    });
  }
  return measurements;
}

function factsOf(policy: LoadPolicy, mix: readonly LoadShare[], result: LoadResult): { readonly [name: string]: Json } {
  const { cacheHeader } = policy;
  // The histogram is in the measurement already.
  const { histogram: _, ...summary } = summariseLoad(result, {
    cacheHeaders: cacheHeader === undefined ? [] : [cacheHeader],
  });
  return {
    ...(JSON.parse(JSON.stringify(summary)) as { [name: string]: Json }),
    seconds: result.loadRecorder.seconds().map((second) => ({ ...second })),
    mix: mix.map(({ name, share, requests, repeated }) => ({
      name,
      share,
      urls: requests.length,
      repeated: repeated ?? false,
    })),
  };
}
