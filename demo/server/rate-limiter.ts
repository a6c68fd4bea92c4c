/** Closes the API for a while to whoever repeats one request too often. */

/** Decides about requests one by one. */
export interface RateLimiter {
  /** Whether a request that reads like this, from this client, is let in. */
  readonly admits: (client: string, request: string) => boolean;
}

/** How long repetitions are counted, and how long a client then stays shut out. */
export const windowS = 10;

/** Refuses the `threshold`-th identical request within the window, and every other for as long after it. */
export function createRateLimiter(threshold: number, nowMs: () => number): RateLimiter {
  const arrivals = new Map<string, readonly number[]>();
  const blockedUntil = new Map<string, number>();
  return {
    admits(client, request) {
      const now = nowMs();
      if (now < (blockedUntil.get(client) ?? 0)) return false;
      const key = `${client} ${request}`;
      const recent = [...(arrivals.get(key) ?? []).filter((at) => at > now - windowS * 1000), now];
      arrivals.set(key, recent);
      if (recent.length < threshold) return true;
      blockedUntil.set(client, now + windowS * 1000);
      arrivals.clear();
      return false;
    },
  };
}
