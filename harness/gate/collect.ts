/** Runs the probes one after another, so that none disturbs another, and saves each one's evidence at once. */

import type { RequestMeter } from '../lib/request-meter.ts';
import type { Evidence, QualityIssue } from '../model/evidence.ts';
import type { Policy } from '../model/policy.ts';
import { watchProcessors } from '../sources/machine/processor-use.ts';
import { type CollectOptions, unavailable } from '../sources/probe.ts';
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
  for (const probe of probesFor(policy, options)) {
    const qualityIssue = gone ?? deadline.whyOver() ?? whyNoMoreRequests(meter);
    if (qualityIssue !== null) {
      all.push(...probe.brings.map((name) => unavailable(name, qualityIssue, shell)));
    } else {
      const processorsUsed = watchProcessors();
      // Here every probe's evidence arrives: what is judged and what is saved is the same, and holds no secret.
      const brought = options.redactor.deep(await progress(probe.title, (say) => probe.run(say, all)));
      const processors = processorsUsed();
      const evidence = processors === null ? brought : brought.map((one) => withFact(one, { processors }));
      gone = meter.left() === 0 ? null : options.redactor.deep(await goneNow(target));
      const told = evidence.map((one) => deadline.explain(policy.bounds === undefined ? one : counted(one, meter)));
      all.push(...told.map((one) => withQualityIssue(one, gone)));
    }
    for (const one of all.slice(all.length - probe.brings.length)) folder.saveEvidence(one);
  }
  return all;
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
