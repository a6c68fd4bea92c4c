/**
 * A piece of work that is always the same. How long it takes tells how fast the machine is at this moment, whatever slows
 * it down: another process, the hypervisor, a neighbour's cache, the processor's own clock.
 */
import { performance } from 'node:perf_hooks';

/** Some 8 ms on a processor of 2024: longer than a scheduler's time slice, so that sharing the processor shows. */
const ROUNDS = 6_000_000;

/** Does it once and says how long it took, in ms. The first few times in a process are slower. */
export function timeReferenceWork(): number {
  const startedAt = performance.now();
  // A linear congruential generator (Numerical Recipes' constants): no step can be left out or done ahead of the last.
  let state = 1;
  for (let round = 0; round < ROUNDS; round += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  const took = performance.now() - startedAt;
  return state === 0 ? 0 : took;
}
