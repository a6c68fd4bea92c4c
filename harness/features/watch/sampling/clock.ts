/** The clocks of a watch; tests bring their own. */
import { uptime } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell } from '../../../lib/shell.ts';
import type { ClockReading } from '../engine/passing-time.ts';

export interface WatchClock {
  read(): ClockReading;
  /** Waits; ends early, without an error, when interrupted. */
  pause(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** The longest pause, so that a machine that wakes from sleep notices soon. */
const LONGEST_PAUSE_MS = 5000;

export function realClock({ now }: Pick<Shell, 'now'>): WatchClock {
  return {
    read: () => ({ awakeMs: performance.now(), steadyMs: uptime() * 1000, wallMs: now().getTime() }),
    pause: (durationMs, signal) =>
      sleep(Math.min(LONGEST_PAUSE_MS, durationMs), undefined, { signal }).catch(() => undefined),
  };
}
