/** What a check of API answers is handed, written by the rollout. */
import type { ApiPromises } from './api-contract.ts';
import type { ApiConventions, TargetPolicy, UncachedRequests } from './target-policy.ts';

/** What a function of `checks` works with: it asks the target's API and writes down what it finds. */
export interface CheckContext extends ApiConventions {
  readonly web: string;
  readonly api: string;
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly summaryQuery: string;
  /** Null where the target offers no way past its cache. */
  readonly uncached: UncachedRequests | null;
  /** Null for checks that change nothing. */
  readonly mayChange: TargetPolicy['mayChange'];
  /** Copies a folder of the target's before it is changed: it is put back at the end, or before the next run. */
  readonly keep: (folder: string) => void;
  /** Waits; ends early, by throwing, when somebody interrupts. */
  readonly pause: (durationMs: number) => Promise<void>;
  /** Asks a path below the API's address, or a whole address. Rejects when nothing answers; any answer resolves. */
  readonly request: (path: string, options?: CheckRequest) => Promise<CheckAnswer>;
  /** Writes a statement down; it is true when the two are equal. */
  readonly check: (sli: string, statement: CheckStatement) => void;
  /** Writes down one chance for something to happen (an answer, a visit), and what was seen of it, if it did. */
  readonly occurrence: (sli: string, chance: CheckChance) => void;
  /** Writes down that what should tell is not there: whatever rests on this indicator is inconclusive, with this reason. */
  readonly blind: (sli: string, message: string) => void;
  /** Writes down what the API promises; what the accepted release promised must still be kept, and is checked. */
  readonly promises: (sli: string, promises: ApiPromises) => void;
  /** Writes down what this target does not let anybody find out, with the reason. */
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
  /** How it was found out, in a sentence for the report. */
  readonly how: string;
}

export interface CheckChance {
  readonly what: string | null;
  /** What the chances are, in words: "diff requests". */
  readonly exposedTo: string;
  readonly how: string;
}

export type CheckFunction = (context: CheckContext) => Promise<void>;
