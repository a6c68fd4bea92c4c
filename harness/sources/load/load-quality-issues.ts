/** Why what a load found is not to be judged as it is. */
import type { QualityIssue } from '../../model/evidence.ts';
import { isSaturated } from './generator-audit.ts';
import type { LoadResult } from './load-plan.ts';
import type { LoadPolicy } from './settings.ts';

export function loadQualityIssues(
  policy: Pick<LoadPolicy, 'name' | 'cacheHeader'>,
  result: LoadResult,
): QualityIssue[] {
  const { loadRecorder, stopped, generator, abandoned } = result;
  const qualityIssues: QualityIssue[] = [];
  if (stopped?.why === 'interrupted') qualityIssues.push({ code: 'interrupted', message: stopped.message });
  if (stopped?.why === 'rate-limited') qualityIssues.push({ code: 'rate-limited', message: stopped.message });
  if (stopped?.why === 'failing') qualityIssues.push({ code: 'load-stopped', message: stopped.message });
  if (loadRecorder.counts.good === 0) {
    qualityIssues.push({
      code: 'nothing-served',
      message: 'not one good answer came',
      slis: [`${policy.name}.latency`],
    });
  }
  if (!generator.kept) {
    const { achievedPerSecond, intendedPerSecond } = generator;
    const unfinished = abandoned > 0 ? `, and ${abandoned} requests came to no end` : '';
    const message = `the generator put ${achievedPerSecond.toFixed(1)}/s on instead of ${intendedPerSecond}/s${unfinished}`;
    qualityIssues.push({ code: 'schedule-not-kept', message });
  }
  if (isSaturated(generator)) {
    const message = `the load generator used ${generator.cpu.toFixed(2)} of its one core: answers waited for it, and what it timed is its own slowness`;
    qualityIssues.push({ code: 'generator-saturated', message });
  }
  const { hits, misses, unknown } = loadRecorder.cache;
  if (policy.cacheHeader !== undefined && (unknown > 0 || hits + misses === 0)) {
    qualityIssues.push({
      code: 'signal-absent',
      message: `${unknown} of ${hits + misses + unknown} repeated answers did not say in ${policy.cacheHeader} whether they came from the cache`,
      slis: [`${policy.name}.cache-hit-rate`],
    });
  }
  return qualityIssues;
}
