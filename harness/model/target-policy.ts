/** A target as configured. */

export interface TargetPolicy {
  readonly name: string;
  readonly at: { readonly kind: 'running'; readonly web: string; readonly api: string } | StartedTarget;
  readonly release?: string;
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly allowHosts: readonly string[];
  readonly conventions: ApiConventions;
  /** Null: no rate limit. */
  readonly limiter: LimiterPolicy | null;
  /** Texts and selectors that scenarios look for on its pages, where they differ, by the scenarios' names for them. */
  readonly page: { readonly [what: string]: string };
  /** The health check, at the API's origin. */
  readonly health: string;
  /** What checks may change and put back: an artifact by its part, in a project by its name; null: nothing. */
  readonly mayChange: { readonly artifact: string; readonly project: string } | null;
  /** Where it reports its errors; a started target may announce it. */
  readonly sentry: SentryTarget | null;
  /** Controls that must not be planted here, each with the reason. */
  readonly withoutControls: { readonly [kind in ControlKind]?: string };
  /** Null: it offers none. */
  readonly slowRoute: SlowRoute | null;
  /** Null: its cache cannot be bypassed. */
  readonly uncached: UncachedRequests | null;
}

/** The conventions of a target's API. */
export interface ApiConventions {
  /** The query that asks the API for a summary: `mode=summary`. */
  readonly summaryQuery: string;
  /** Whether a summary states how many lines each file adds and deletes. */
  readonly summaryCountsLines: boolean;
  /** The list of a project's deployments, below the API's address; `{project}` stands for the project's path. */
  readonly deploymentList: string;
  /** The OpenAPI document, below the API's address or at its origin. */
  readonly openapi: string;
  /** The header of an answer that tells a cache hit from a miss; null where answers do not say. */
  readonly cacheHeader: string | null;
  /** Collections that hold the artifacts. */
  readonly collections: readonly string[];
}

/** How to stay below the target's rate limiter. */
export interface LimiterPolicy {
  /** A query parameter that the API does not know: a value of its own makes each request another one. */
  readonly distinctBy: string;
  /** The shortest time between the beginnings of two visits: the page repeats its requests in each. */
  readonly visitEveryMs: number;
}

/** A target's place in Sentry. */
export interface SentryTarget {
  /** Origin, and prefix if it has one, of the REST API. */
  readonly url: string;
  readonly organization: string;
  /** Slug or number. */
  readonly project: string;
  readonly environment: string;
  /** Where events are sent to: the one that the page has. */
  readonly dsn: string;
  /** The environment variable that holds the token; null where reading takes none. */
  readonly tokenVariable: string | null;
}

/** What can be planted to prove that a probe sees. */
export type ControlKind = 'browser' | 'logs' | 'cache' | 'timing' | 'sentry';

/** A slow address: the load probe must measure its time correctly. */
export interface SlowRoute {
  /** Relative to the target's API address. */
  readonly path: string;
  /** The least time that an answer takes. */
  readonly takesMs: number;
}

/** How to bypass the cache of diffs; at least one of the three. */
export interface UncachedRequests {
  readonly headers?: { readonly [name: string]: string };
  /** Added to the query. */
  readonly query?: string;
  /** API address of an instance whose cache is off. */
  readonly api?: string;
  /** Fields of an answer that differ each time. */
  readonly ignoring: readonly string[];
}

export interface StartedTarget {
  readonly kind: 'started';
  readonly command: readonly string[];
  readonly timeoutMs: number;
}
