/** What watching itself takes: this process's memory at its highest, and its processor time. Its children are not in it. */
import type { WatchCost } from '../model.ts';

/** Starts to look; the function it returns tells what it came to so far. */
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
