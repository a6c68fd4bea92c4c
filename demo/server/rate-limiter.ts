/** Closes the API for a while to clients that repeat one request too often. */

/** Decides about requests one by one. */
export interface RateLimiter {
  /** Whether this request from this client is admitted. */
  readonly admits: (client: string, request: string) => boolean;
}

/** How long repetitions are counted, and how long a client is then refused. */
export const windowS = 10;

/** Refuses the `threshold`-th identical request within the window, and then every request for the same time. */
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
