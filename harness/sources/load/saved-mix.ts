/** What a load consists of, found out once for many samples. */
import type { LoadShare, MixFunction } from '../../model/load-mix.ts';

/** What there is to ask for changes as people work. */
const KEPT_MS = 10 * 60_000;

export interface KeptMix {
  /** The mix for the next sample, so long after the last one. */
  readonly find: (sinceMs: number) => MixFunction;
  /** Something failed: it may be gone. */
  readonly forget: () => void;
}

export function keptMix(mix: MixFunction): KeptMix {
  let kept: readonly LoadShare[] | null = null;
  let keptMs = 0;
  return {
    find: (sinceMs) => {
      keptMs += sinceMs;
      if (keptMs >= KEPT_MS) kept = null;
      return async (context) => {
        if (kept !== null) return kept;
        // A failure is not kept.
        kept = await mix(context);
        keptMs = 0;
        return kept;
      };
    },
    forget: () => {
      kept = null;
    },
  };
}
