/** A clock for watches in tests: time passes when somebody waits for it, and at stated moments something happens. */
import type { WatchClock } from '../harness/features/watch/sampling/clock.ts';

/** What happens at a moment of the watch, in ms of its time; waiting goes on when it is done. */
export interface Happening {
  readonly atMs: number;
  readonly happen: (clock: TestClock) => Promise<void> | void;
}

export interface TestClock extends WatchClock {
  readonly now: () => Date;
  /** The machine sleeps for so long. */
  readonly sleep: (durationMs: number) => void;
  /** Somebody sets the clock on the wall. */
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
