/** What a rollout's API checks work with. */
import type { ApiPromises } from './api-contract.ts';
import type { ApiConventions, TargetPolicy, UncachedRequests } from './target-policy.ts';

/** Handed to each function of `checks`: it asks the target's API and records its findings. */
export interface CheckContext extends ApiConventions {
  readonly web: string;
  readonly api: string;
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly summaryQuery: string;
  /** Null where the target's cache cannot be bypassed. */
  readonly uncached: UncachedRequests | null;
  /** Null for checks that change nothing. */
  readonly mayChange: TargetPolicy['mayChange'];
  /** Backs up a folder of the target before it is changed. It is restored at the end, or before the next run. */
  readonly keep: (folder: string) => void;
  /** Waits; throws when the run is interrupted. */
  readonly pause: (durationMs: number) => Promise<void>;
  /** Asks a path below the API's address, or a whole address. Rejects when nothing answers; any answer resolves. */
  readonly request: (path: string, options?: CheckRequest) => Promise<CheckAnswer>;
  /** Records a statement; it is true when `expected` and `actual` are equal. */
  readonly check: (sli: string, statement: CheckStatement) => void;
  /** Records one chance for something to happen (an answer, a visit), and what happened, if it did. */
  readonly occurrence: (sli: string, chance: CheckChance) => void;
  /** Records that the needed signal is missing: every criterion on this indicator is inconclusive, with this reason. */
  readonly blind: (sli: string, message: string) => void;
  /** Records the API's contract, and checks that it is compatible with the accepted release. */
  readonly promises: (sli: string, promises: ApiPromises) => void;
  /** Records a control that this target does not allow, with the reason. */
  readonly notTried: (name: string, reason: string) => void;
}

export interface CheckRequest {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Sent as JSON. */
  readonly json?: unknown;
}

export interface CheckAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  /** Throws when the text is not JSON. */
  readonly json: () => unknown;
}

export interface CheckStatement {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  /** How it was checked, in a sentence for the report. */
  readonly how: string;
}

export interface CheckChance {
  readonly what: string | null;
  /** What the chances are, in words: "diff requests". */
  readonly exposedTo: string;
  readonly how: string;
}

export type CheckFunction = (context: CheckContext) => Promise<void>;
