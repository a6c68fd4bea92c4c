/** The API conventions of the demo: the checklist's, or those of the real application. */

/** What the conventions differ in. */
export interface Conventions {
  /** The name of the parameter that asks a diff route for a summary. */
  readonly summaryParameter: 'mode' | 'summary_only';
  /** Whether summaries count lines; otherwise the page asks for whole diffs. */
  readonly summaryCountsLines: boolean;
  /** Whether answers, counters and the log report on the cache of diffs. */
  readonly reportsCache: boolean;
  /** The number of identical requests within 10 s that closes the API to its client; null: no rate limit. */
  readonly rateLimit: number | null;
  /** Whether the first address in `X-Forwarded-For` counts as the client. */
  readonly trustsForwardedFor: boolean;
  /** Origins that may call the API, besides its own page. */
  readonly origins: readonly string[];
  /** `json`: with all fields and a time zone; `mixed`: JSON with neither, among plain lines. */
  readonly log: 'json' | 'mixed';
  /** Whether metrics are labelled by route instead of by address. */
  readonly countsByRoute: boolean;
  /** Buckets of the histogram of durations, in seconds. */
  readonly durationBuckets: readonly number[];
}

export const conventionsByName = {
  checklist: {
    summaryParameter: 'mode',
    summaryCountsLines: true,
    reportsCache: true,
    rateLimit: null,
    trustsForwardedFor: false,
    origins: [],
    log: 'json',
    countsByRoute: true,
    // 0.2 is among the edges because the limit of the diff's p95 lies there.
    durationBuckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 10],
  },
  skillmeat: {
    summaryParameter: 'summary_only',
    summaryCountsLines: false,
    reportsCache: false,
    rateLimit: 20,
    trustsForwardedFor: true,
    origins: [3000, 3001, 5173, 8080].map((port) => `http://localhost:${port}`),
    log: 'mixed',
    countsByRoute: false,
    durationBuckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
} as const satisfies Record<string, Conventions>;

export type ConventionsName = keyof typeof conventionsByName;

export const conventionsNames = Object.keys(conventionsByName) as readonly ConventionsName[];
