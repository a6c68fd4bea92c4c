/** What watching costs: this process's peak memory and processor time, without its children. */
import type { WatchCost } from '../model.ts';

/** Starts measuring; the returned function gives the cost so far. */
export function watchCost(): () => WatchCost {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      // In kilobytes on every system (libuv).
      peakMemoryMB: process.resourceUsage().maxRSS / 1024,
      cores: (user + system) / 1000 / Math.max(1, performance.now() - startedAt),
    };
  };
}
