/** Why what a load found is not to be judged as it is. */
import type { Doubt } from '../../model/evidence.ts';
import type { LoadPolicy } from '../../model/source-policies.ts';
import { isSaturated } from './generator-audit.ts';
import type { LoadResult } from './load-plan.ts';

export function loadDoubts(policy: Pick<LoadPolicy, 'name' | 'cacheHeader'>, result: LoadResult): Doubt[] {
  const { tally, stopped, generator, abandoned } = result;
  const doubts: Doubt[] = [];
  if (stopped?.why === 'interrupted') doubts.push({ code: 'interrupted', message: stopped.message });
  if (stopped?.why === 'rate-limited') doubts.push({ code: 'rate-limited', message: stopped.message });
  if (stopped?.why === 'failing') doubts.push({ code: 'load-stopped', message: stopped.message });
  if (tally.counts.good === 0) {
    doubts.push({ code: 'nothing-served', message: 'not one good answer came', slis: [`${policy.name}.latency`] });
  }
  if (!generator.kept) {
    const { achievedPerSecond, intendedPerSecond } = generator;
    const unfinished = abandoned > 0 ? `, and ${abandoned} requests came to no end` : '';
    const message = `the generator put ${achievedPerSecond.toFixed(1)}/s on instead of ${intendedPerSecond}/s${unfinished}`;
    doubts.push({ code: 'schedule-not-kept', message });
  }
  if (isSaturated(generator)) {
    const message = `the load generator used ${generator.cpu.toFixed(2)} of its one core: answers waited for it, and what it timed is its own slowness`;
    doubts.push({ code: 'generator-saturated', message });
  }
  const { hits, misses, unknown } = tally.cache;
  if (policy.cacheHeader !== undefined && (unknown > 0 || hits + misses === 0)) {
    doubts.push({
      code: 'signal-absent',
      message: `${unknown} of ${hits + misses + unknown} repeated answers did not say in ${policy.cacheHeader} whether they came from the cache`,
      slis: [`${policy.name}.cache-hit-rate`],
    });
  }
  return doubts;
}
