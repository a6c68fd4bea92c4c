/** What each source is asked. */
import type { CheckFunction } from './check.ts';
import type { AskFunction, MixFunction } from './load-mix.ts';
import type { Json } from './units.ts';

/** What Sentry is asked for. */
export interface SentryPolicy {
  /** What the page itself sends, and what Sentry says about the release. */
  readonly asks: readonly ('page' | 'issues')[];
  /** Scenarios whose visits are listened to. */
  readonly scenarios: readonly string[];
  /** A planted event that is not read back within this time was not kept. */
  readonly readBackWithinMs: number;
}

/** A request that the application logs. */
export interface LogControl {
  /** A whole address; `{web}` and `{api}` stand for the target's, `{marker}` for a word that nobody else writes. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Sent as JSON; `{marker}` counts in it as well. */
  readonly json?: Json;
  /** A marker that is not read back within this time is not in this log. */
  readonly withinMs: number;
}

export interface ScenarioPolicy {
  readonly name: string;
  /** Visits of one stage; what is decided after a stage needs no further one. */
  readonly visits: number;
  readonly rounds: number;
  /** Stages at the most. */
  readonly stages: number;
}

export interface LoadPolicy {
  readonly name: string;
  readonly ratePerSecond: number;
  /** Of one stage; what is decided after a stage needs no further one. */
  readonly durationMs: number;
  /** Stages at the most. */
  readonly stages: number;
  readonly warmUpMs: number;
  readonly timeoutMs: number;
  readonly expectBody: string;
  readonly cacheHeader?: string;
  /** A query parameter that makes each request another one, for a target that refuses repeated ones. */
  readonly distinctBy?: string;
  readonly mix: MixFunction;
}

/** A page that Lighthouse visits. */
export interface LighthousePolicy {
  readonly name: string;
  /** Path and query below the target's web address. */
  readonly path: string;
  /** Text that the loaded page shows; a visit that shows something else does not count. */
  readonly expectText: string;
  readonly runs: number;
}

/** The application's scripts, and what their sizes are compared with. */
export interface BundlePolicy {
  readonly source: BuildSource | PagesSource;
  /** The file that holds the baseline; what does not begin at the root begins where Rampgate is run. */
  readonly baseline: string;
}

/** Scripts in a folder that a build wrote. Globs are of paths below it, with forward slashes. */
export interface BuildSource {
  readonly kind: 'build';
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Scripts that pages load when they are opened. */
export interface PagesSource {
  readonly kind: 'pages';
  readonly pages: readonly BundlePage[];
  /** Whose scripts count beside those of the target's own web address: `https://cdn.example.com`. */
  readonly origins: readonly string[];
}

export interface BundlePage {
  /** As the configuration has it, artifacts by their part: the same page on every target. */
  readonly name: string;
  /** Path and query below the target's web address. */
  readonly path: string;
  /** Text that the loaded page shows: another page has other scripts. */
  readonly expectText: string;
}

/** Requests whose answers are looked at, one by one: what is true of them, beside how fast they come. */
export interface ChecksPolicy {
  readonly name: string;
  readonly run: CheckFunction;
  /** Changes the target, and so runs only where the target allows it. */
  readonly changesTarget: boolean;
}

/** A log in which lines are counted that match patterns. */
export interface LogPolicy {
  readonly name: string;
  readonly source: LogSource;
  /** Somebody said so for this run: it counts more than what a started target says of its logs. */
  readonly isGiven: boolean;
  /** So far back from the moment of reading. */
  readonly windowMs: number;
  /** Of times that name no zone, in minutes east of UTC; null for the zone of this machine. */
  readonly zoneMinutes: number | null;
  /** In RE2's syntax, by the name that the indicator has behind `logs.`. */
  readonly patterns: { readonly [name: string]: string };
  readonly rates: LogRates;
  /** How to get a line of our own into it; null: nobody says how. */
  readonly control: LogControl | null;
}

/** By the name behind `logs.`: lines that match `of`, among those that match it or `against`; both are patterns. */
export interface LogRates {
  readonly [name: string]: { readonly of: string; readonly against: string };
}

export type LogSource = FilesSource | CommandSource | LokiSource;

/** Paths and globs; what does not begin at the root begins where the gate was started. */
export interface FilesSource {
  readonly kind: 'files';
  readonly paths: readonly string[];
}

export interface CommandSource {
  readonly kind: 'command';
  /** `{since}` stands for an instant (`2026-11-24T15:00:00Z`), `{sinceEpoch}` for the same in seconds. */
  readonly command: readonly string[];
  readonly timeoutMs: number;
}

export interface LokiSource {
  readonly kind: 'loki';
  readonly url: string;
  /** In LogQL, of lines: `{app="skillmeat-api"}`. */
  readonly query: string;
  /** Where Loki has several (`X-Scope-OrgID`). */
  readonly tenant?: string;
  /** The environment variable that holds a bearer token. */
  readonly tokenFrom?: string;
}

/** Counters and histograms that the target keeps, and what is read from them over the run. */
export interface MetricsPolicy {
  readonly name: string;
  readonly source: MetricsSource;
  /** What happened must be counted within this time. */
  readonly seenWithinMs: number;
  /** Requests that must make counters move; null: nothing proves that they do. */
  readonly control: MetricsControl | null;
  /** By the name that the indicator has behind `metrics.`. */
  readonly read: { readonly [name: string]: MetricReading };
}

export type MetricsSource = ScrapedSource | PrometheusSource;

/** An address that answers in Prometheus's text format; a path is at the origin of the target's API. */
export interface ScrapedSource {
  readonly kind: 'scrape';
  readonly at: string;
}

/** A Prometheus, or what has its query API. */
export interface PrometheusSource {
  readonly kind: 'prometheus';
  readonly url: string;
  /** Only series with these labels. */
  readonly only: { readonly [label: string]: string };
  /** The environment variable that holds a bearer token. */
  readonly tokenFrom?: string;
}

/** Series of one name whose labels match, each a regular expression in RE2's syntax that must match the whole value. */
export interface SeriesSelector {
  readonly name: string;
  readonly where: { readonly [label: string]: string };
}

export type MetricReading =
  /** How much of what was counted: `part` of `of`, each the sum of its series' increments. */
  | {
      readonly kind: 'ratio';
      readonly part: readonly SeriesSelector[];
      readonly of: readonly SeriesSelector[];
      /** What both count, in words. */
      readonly called: { readonly part: string; readonly of: string };
    }
  /** How many of a histogram's observations lie over an edge, in its own unit. */
  | { readonly kind: 'over'; readonly histogram: SeriesSelector; readonly edge: number; readonly unit: string }
  | { readonly kind: 'counter'; readonly counter: readonly SeriesSelector[] }
  /** Whether the control's answers say in a header what the counters counted of them. */
  | {
      readonly kind: 'cache-answers';
      readonly header: string;
      readonly hits: readonly SeriesSelector[];
      readonly misses: readonly SeriesSelector[];
    };

export interface MetricsControl {
  readonly ask: AskFunction;
  /** The sum of each must rise by as many as were answered 2xx. */
  readonly moves: readonly (readonly SeriesSelector[])[];
}
