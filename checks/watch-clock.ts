/** A clock for tests of the watch: time passes only while the watch waits, and events happen at stated moments. */
import type { WatchClock } from '../harness/features/watch/sampling/clock.ts';

/** Something that happens at a moment of the watch, in ms since its start; the watch waits until it is done. */
export interface Happening {
  readonly atMs: number;
  readonly happen: (clock: TestClock) => Promise<void> | void;
}

export interface TestClock extends WatchClock {
  readonly now: () => Date;
  /** The machine sleeps for this time. */
  readonly sleep: (durationMs: number) => void;
  /** Somebody changes the wall clock by this. */
  readonly set: (byMs: number) => void;
}

export function testClock(startsAt: string, happenings: readonly Happening[]): TestClock {
  let [awakeMs, steadyMs, wallMs] = [0, 0, Date.parse(startsAt)];
  const waiting = [...happenings];
  const pass = (durationMs: number): void => {
    awakeMs += durationMs;
    steadyMs += durationMs;
    wallMs += durationMs;
  };
  const clock: TestClock = {
    now: () => new Date(wallMs),
    read: () => ({ awakeMs, steadyMs, wallMs }),
    async pause(durationMs, signal) {
      const untilMs = steadyMs + durationMs;
      while (waiting[0] !== undefined && waiting[0].atMs <= untilMs && !signal.aborted) {
        const next = waiting.shift();
        if (next === undefined) break;
        pass(Math.max(0, next.atMs - steadyMs));
        await next.happen(clock);
      }
      if (!signal.aborted) pass(Math.max(0, untilMs - steadyMs));
    },
    sleep: (durationMs) => {
      steadyMs += durationMs;
      wallMs += durationMs;
    },
    set: (byMs) => {
      wallMs += byMs;
    },
  };
  return clock;
}
