/** Runs the probes one after another, so that none disturbs another, and saves each one's evidence at once. */

import type { RequestMeter } from '../lib/request-meter.ts';
import type { Evidence, QualityIssue } from '../model/evidence.ts';
import { watchProcessors } from '../sources/machine/processor-use.ts';
import { type CollectOptions, unavailable } from '../sources/probe.ts';
import type { Policy } from '../sources/registry.ts';
import { openDeadline } from './deadline.ts';
import { probesFor } from './probes-for.ts';
import { goneNow, withQualityIssue } from './target.ts';

/** All evidence that the policy's criteria need. Never throws: what could not be collected says why. */
export async function collect(policy: Policy, given: CollectOptions): Promise<Evidence[]> {
  const deadline = openDeadline(policy.bounds ?? null, given);
  const options = { ...given, signal: deadline.signal };
  const { target, folder, progress, shell, meter } = options;
  const all: Evidence[] = [];
  let gone: QualityIssue | null = null;
  let trafficSinceMs: number | null = null;
  for (const probe of probesFor(policy, options)) {
    const qualityIssue = gone ?? deadline.whyOver() ?? whyNoMoreRequests(meter);
    if (qualityIssue !== null) {
      all.push(...probe.brings.map((name) => unavailable(name, qualityIssue, shell)));
    } else {
      const processorsUsed = watchProcessors();
      // Here every probe's evidence arrives: what is judged and what is saved is the same, and holds no secret.
      const raw = options.redactor.deep(
        await progress(probe.title, (say) => probe.run(say, { before: all, trafficSinceMs })),
      );
      const processors = processorsUsed();
      const evidence = processors === null ? raw : raw.map((one) => withFact(one, { processors }));
      gone = meter.left() === 0 ? null : options.redactor.deep(await goneNow(target));
      const told = evidence.map((one) => deadline.explain(policy.bounds === undefined ? one : counted(one, meter)));
      all.push(...told.map((one) => withQualityIssue(one, gone)));
    }
    const brought = all.slice(all.length - probe.brings.length);
    for (const one of brought) folder.saveEvidence(one);
    if (probe.makesTraffic) trafficSinceMs ??= firstStartMs(brought);
  }
  return all;
}

/** When the first of them began that was collected; null where none was. */
function firstStartMs(evidence: readonly Evidence[]): number | null {
  const first = evidence.find(({ status }) => status === 'collected');
  return first === undefined ? null : Date.parse(first.startedAt);
}

function counted(evidence: Evidence, meter: RequestMeter): Evidence {
  return { ...evidence, requestsSoFar: meter.made() };
}

function whyNoMoreRequests(meter: RequestMeter): QualityIssue | null {
  if (meter.left() > 0) return null;
  return {
    code: 'request-ceiling',
    message: `the ${meter.made()} requests that the run may make were made before this`,
  };
}

function withFact(evidence: Evidence, fact: Extract<Evidence, { status: 'collected' }>['facts']): Evidence {
  return evidence.status === 'collected' ? { ...evidence, facts: { ...evidence.facts, ...fact } } : evidence;
}
