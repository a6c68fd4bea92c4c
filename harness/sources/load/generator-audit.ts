/** How busy this process was while it put a load on: a generator that is busy itself measures itself. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

export interface GeneratorBusyness {
  readonly eventLoopDelayMs: { readonly p99: number };
  /** Processor time of this process over wall time; 1 is a whole core. */
  readonly cpu: number;
}

/** One thread sends and times: at nine tenths of a core, answers wait for it. */
const SATURATED_CORES = 0.9;

/** Whether a generator was so busy itself that what it timed is its own slowness. */
export function isSaturated({ cpu }: Pick<GeneratorBusyness, 'cpu'>): boolean {
  return cpu >= SATURATED_CORES;
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
