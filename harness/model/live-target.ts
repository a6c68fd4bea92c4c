/** A target that answers. */
import type { SeenClock, TargetIdentity } from './run.ts';
import type { SentryTarget } from './target-policy.ts';

export interface LiveTarget {
  readonly identity: TargetIdentity;
  /** Its clocks beside this machine's, where its first answers were dated. */
  readonly clocks: readonly SeenClock[];
  /** Files that a started target said its logs are in, by their names. */
  readonly logs: { readonly [name: string]: string };
  /** Where it reports its errors; null where nobody says. */
  readonly sentry: SentryTarget | null;
  /** Why the target does not answer any more, or null when it does. */
  whyUnreachable(): Promise<string | null>;
  /** Stops what was started; does nothing to a target that ran already. */
  close(): Promise<void>;
}
