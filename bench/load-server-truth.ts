/** What the bench's server records of itself, and how it stalls. */

export interface ServerTruth {
  /** When each request came, in ms since the first. */
  readonly arrivalsMs: readonly number[];
  /** From the request to the end of its answer, without those never answered. */
  readonly serviceMs: readonly number[];
}

/** The request that the stall begins with. */
export const STALL_AT_REQUEST = 400;
export const STALL_MS = 2000;
/** The part of the requests that `/hang` never answers. */
export const UNANSWERED_SHARE = 0.1;
