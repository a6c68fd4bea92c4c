/** In which words the demo is asked and answers: the checklist's, or those of the real application. */

/** What differs. */
export interface Conventions {
  /** The name of the parameter that asks a diff route for a summary. */
  readonly summaryParameter: 'mode' | 'summary_only';
  /** Whether summaries count lines, so that the page can do with them. */
  readonly summaryCountsLines: boolean;
  /** Whether an answer, the counters and the log tell about the cache of diffs. */
  readonly tellsCache: boolean;
  /** The so manieth same request within 10 s closes the API to its client; null: none does. */
  readonly rateLimit: number | null;
  /** Whether the client is whom `X-Forwarded-For` names first. */
  readonly trustsForwardedFor: boolean;
  /** Origins that may always call the API, beside its own page. */
  readonly origins: readonly string[];
  /** JSON that keeps all fields and names its zone; or JSON with neither, and plain lines in between. */
  readonly log: 'json' | 'mixed';
  /** Whether metrics are by route, and not by each address. */
  readonly countsByRoute: boolean;
  /** Edges of the histogram of durations, in seconds. */
  readonly durationBuckets: readonly number[];
}

export const conventionsByName = {
  checklist: {
    summaryParameter: 'mode',
    summaryCountsLines: true,
    tellsCache: true,
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
    tellsCache: false,
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
