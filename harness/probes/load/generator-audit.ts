/** How busy this process was while it put a load on: a generator that is busy itself measures itself. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

export interface GeneratorBusyness {
  readonly eventLoopDelayMs: { readonly p99: number };
  /** Processor time of this process over wall time; 1 is a whole core. */
  readonly cpu: number;
}

/** Starts to look; the function it returns ends that and tells. */
export function watchGenerator(): () => GeneratorBusyness {
  const eventLoop = monitorEventLoopDelay({ resolution: 10 });
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  eventLoop.enable();
  return () => {
    eventLoop.disable();
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      eventLoopDelayMs: { p99: eventLoop.percentile(99) / 1e6 },
      cpu: (user + system) / 1000 / (performance.now() - startedAt),
    };
  };
}
