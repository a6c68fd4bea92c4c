/** Keeps visits apart, for targets that shut out who asks the same too often: every visit's page does. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A function that resolves at most so often; at once where nothing is said. */
export function keepPace(everyMs = 0): () => Promise<void> {
  let lastAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const waitMs = lastAt + everyMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    lastAt = performance.now();
  };
}
