/** The time between two readings of the clocks, with sleep and clock changes. Pure. */

/** Three clocks at one moment, in milliseconds. */
export interface ClockReading {
  /** Runs evenly while the machine is awake, and stops while it sleeps. */
  readonly awakeMs: number;
  /** Runs evenly, also while the machine sleeps. */
  readonly steadyMs: number;
  /** Wall-clock time; may be set at any moment. */
  readonly wallMs: number;
}

export interface Passed {
  readonly elapsedMs: number;
  /** How much of it the machine slept. */
  readonly asleepMs: number;
  /** By how much the wall clock was set, negative for backwards. */
  readonly setByMs: number;
}

/** Clocks are read one after the other, and one has a resolution of 10 ms: smaller differences mean nothing. */
const TOLERANCE_MS = 2000;

export function passedBetween(before: ClockReading, now: ClockReading): Passed {
  const awakeMs = Math.max(0, now.awakeMs - before.awakeMs);
  const asleep = now.steadyMs - before.steadyMs - awakeMs;
  const asleepMs = asleep > TOLERANCE_MS ? asleep : 0;
  const elapsedMs = awakeMs + asleepMs;
  const set = now.wallMs - before.wallMs - elapsedMs;
  return { elapsedMs, asleepMs, setByMs: Math.abs(set) > TOLERANCE_MS ? set : 0 };
}
