/** A target that is running. */
import type { SeenClock, TargetIdentity } from './run.ts';
import type { SentryTarget } from './target-policy.ts';

export interface LiveTarget {
  readonly identity: TargetIdentity;
  /** Offsets of its clocks, where its first answers were dated. */
  readonly clocks: readonly SeenClock[];
  /** Log files that a started target announced, by their names. */
  readonly logs: { readonly [name: string]: string };
  /** Where it reports its errors; null where that is unknown. */
  readonly sentry: SentryTarget | null;
  /** Why the target does not answer any more, or null when it does. */
  whyUnreachable(): Promise<string | null>;
  /** Stops a target that the run started; leaves any other running. */
  close(): Promise<void>;
}
