/** What one run is asked to do: which target, which criteria, how much sampling. Chosen from the configuration. */
import type { ApiPromises } from './api-contract.ts';
import type {
  Arming,
  BaselineKind,
  Baselines,
  Criterion,
  DrillMark,
  DrillProof,
  Environment,
  ErrorBudget,
  Instant,
  Json,
  NotExercised,
  RollbackPolicy,
  RunClock,
  RunIdentity,
  SuccessCriterion,
  TargetIdentity,
  Verdict,
  Waiver,
  Walk,
} from './model.ts';

/** What findings are concluded from, beside the evidence. */
export interface JudgingPolicy {
  readonly rollout: string;
  readonly configHash: string;
  readonly profile: string;
  readonly successCriteria: readonly SuccessCriterion[];
  /** Those this run decides; what the profile or `--only` leaves out is in `leftOut`. */
  readonly criteria: readonly Criterion[];
  readonly leftOut: readonly NotExercised[];
  readonly waivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly rollback: RollbackPolicy;
  /** Where the profile sets bounds to what a run may take. */
  readonly bounds?: RunBounds;
}

/** A checklist, for one target. */
export interface WalkPolicy {
  readonly list: string;
  readonly title: string;
  readonly target: string;
  readonly items: readonly WalkItem[];
}

export type WalkItem = { readonly id: string; readonly title: string } & (
  | { readonly kind: 'ask'; readonly question: string }
  /** Run after somebody has confirmed it, or without asking. */
  | { readonly kind: 'commands'; readonly list: CommandListPolicy; readonly confirm: boolean }
  /** Arguments of Rampgate's own command line. */
  | { readonly kind: 'rampgate'; readonly args: readonly string[]; readonly timeoutMs: number }
  /** Another list, walked before. */
  | { readonly kind: 'walked'; readonly list: string }
);

/** What a run may take, and so what its verdict can mean. */
export interface RunBounds {
  /** Requests to the target at the most; what would exceed them is not begun. */
  readonly maxRequests: number;
  /** Measuring ends so long after the run began. */
  readonly withinMs: number;
  /** What somebody may take a go for, in a sentence. */
  readonly goMeans: string;
}

/** A judging policy together with the run it is for: saved before anything is measured. */
export interface RunPlan extends JudgingPolicy {
  readonly run: {
    readonly id: string;
    readonly startedAt: Instant;
    readonly tool: RunIdentity['tool'];
    readonly target: TargetIdentity;
    readonly machine: Omit<Environment, 'browser'>;
    readonly clock?: RunClock;
    readonly drill?: DrillMark;
  };
  /** What was accepted before it began; absent where no criterion compares. */
  readonly baselines?: Baselines;
  /** What people have answered for of this target's checklists; absent where nobody has. */
  readonly walks?: readonly Walk[];
  /** What drills say of each criterion; absent in a run that is itself part of a drill. */
  readonly proofs?: { readonly [criterion: string]: DrillProof };
  /** What `rollback --check` last found out about the target; absent where nobody has checked. */
  readonly arming?: Arming;
}

export interface Policy extends JudgingPolicy {
  /** What its criteria "vs baseline" compare with; `nightly`: a run that is go joins the window. */
  readonly comparesWith: BaselineKind;
  readonly target: TargetPolicy;
  readonly scenarios: readonly ScenarioPolicy[];
  readonly loads: readonly LoadPolicy[];
  /** The loads are put on together, instead of one after another. */
  readonly loadsAtOnce: boolean;
  readonly lighthouse: readonly LighthousePolicy[];
  readonly commands: readonly CommandListPolicy[];
  readonly checks: readonly ChecksPolicy[];
  readonly logs: readonly LogPolicy[];
  /** Null: nothing asks how large the scripts are. */
  readonly bundle: BundlePolicy | null;
  readonly metrics: readonly MetricsPolicy[];
  /** Null: nothing asks Sentry. */
  readonly sentry: SentryPolicy | null;
  /** Null: nobody is told. */
  readonly reporting: ReportingPolicy | null;
  /** Null: no channel is configured. */
  readonly notify: NotifyPolicy | null;
  readonly browser: {
    readonly executablePath?: string;
    readonly args: readonly string[];
    readonly stepTimeoutMs: number;
    /** One more visit per scenario with Playwright's trace and a HAR: of a failure, or of the slowest sample's journey. */
    readonly trace: boolean;
    /** The visits are told in so many passes, each with a browser of its own; two when left out. */
    readonly passes?: number;
    /** What is told once, uncounted, before it counts: each journey (when left out), or only the first in each browser. */
    readonly warmUp?: WarmUp;
    /** Page below the web address on which the browser is proved to hear errors and requests. */
    readonly controlPath?: string;
  };
  readonly safety: SafetyPolicy;
}

export interface TargetPolicy {
  readonly name: string;
  readonly at: { readonly kind: 'running'; readonly web: string; readonly api: string } | StartedTarget;
  readonly release?: string;
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly allowHosts: readonly string[];
  readonly dialect: TargetDialect;
  /** Null: it lets everybody ask the same as often as he likes. */
  readonly limiter: LimiterPolicy | null;
  /** What scenarios look for on its pages, where that differs, by the names that they give it. */
  readonly page: { readonly [what: string]: string };
  /** Where the API says that it is up, at its origin. */
  readonly health: string;
  /** What checks may change and put back: an artifact by its part, in a project by its name; null: nothing. */
  readonly mayChange: { readonly artifact: string; readonly project: string } | null;
  /** Where it reports its errors; a target that is started may tell it itself. */
  readonly sentry: SentryTarget | null;
  /** What must not be planted here, each with the reason. */
  readonly withoutControls: { readonly [kind in ControlKind]?: string };
  /** Null: it offers none. */
  readonly slowRoute: SlowRoute | null;
  /** Null: its cache cannot be passed by. */
  readonly uncached: UncachedRequests | null;
}

/** What a target is asked in its own words. */
export interface TargetDialect {
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

/** How not to be shut out by a target that refuses whoever asks the same too often. */
export interface LimiterPolicy {
  /** A query parameter that the API does not know: a value of its own makes each request another one. */
  readonly distinctBy: string;
  /** Visits begin at most so often: the page asks for the same each time. */
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

/** What Sentry is asked for. */
export interface SentryPolicy {
  /** What the page itself sends, and what Sentry says about the release. */
  readonly asks: readonly ('page' | 'issues')[];
  /** Scenarios whose visits are listened to. */
  readonly scenarios: readonly string[];
  /** A planted event that is not read back within this time was not kept. */
  readonly readBackWithinMs: number;
}

/** Who is told what came of the run. */
export interface ReportingPolicy {
  /** The environment variable that holds the DSN of the Sentry project for Rampgate's own events. */
  readonly dsnVariable: string;
  /** What Sentry calls the target. */
  readonly environment: string;
  /** A message without an answer by then is kept. */
  readonly timeoutMs: number;
  /** Null: this run is none that a monitor waits for. */
  readonly monitor: MonitorPolicy | null;
}

/** Where people are told what happens: in chat, in Sentry, in a program of their own. */
export interface NotifyPolicy {
  readonly channels: readonly ChannelPolicy[];
  /** The verdicts of a gate that are told; empty where this run tells none. */
  readonly verdicts: readonly Verdict[];
  /** Where reports can be read; `{run}` stands for the run's id. Null: nobody says. */
  readonly link:
    | { readonly kind: 'address'; readonly address: string }
    | { readonly kind: 'variable'; readonly variable: string }
    | null;
  /** What Sentry calls the target. */
  readonly environment: string;
  readonly timeoutMs: number;
}

export interface ChannelPolicy {
  readonly name: string;
  readonly kind: 'slack' | 'teams' | 'json' | 'sentry';
  /** The environment variable that holds the webhook's address, or the DSN. */
  readonly variable: string;
}

/** A cron monitor in Sentry; it is set up by the first check-in. */
export interface MonitorPolicy {
  readonly slug: string;
  readonly crontab: string;
  readonly timezone: string;
  readonly checkinMarginMinutes: number;
  readonly maxRuntimeMinutes: number;
}

/** What can be planted to prove that a probe sees. */
export type ControlKind = 'browser' | 'logs' | 'cache' | 'timing' | 'sentry';

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

/** An address that takes its time: for the load probe to time right. */
export interface SlowRoute {
  /** Relative to the target's API address. */
  readonly path: string;
  /** What an answer takes at the least. */
  readonly takesMs: number;
}

/** How one asks past the cache of diffs; at least one of the three. */
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

/** A list of commands, such as the checklist's before a deploy. */
export interface CommandListPolicy {
  /** What criteria and the command line call it: `pre-deploy`. */
  readonly name: string;
  /** Which list of the configuration the target has under that name. */
  readonly list: string;
  /** What these commands check, for the report. */
  readonly title: string;
  /** So many at once. */
  readonly parallel: number;
  readonly each: readonly CommandPolicy[];
}

export interface CommandPolicy {
  readonly title: string;
  /** A program with its arguments, or a line for bash. */
  readonly run: readonly [string, ...string[]] | string;
  /** Folder it runs in, relative to where Rampgate is run. */
  readonly in: string;
  /** Environment variables it gets, by name, beside the few that every program needs. */
  readonly env: readonly string[];
  readonly timeoutMs: number;
  /** What to do when it cannot run: how to get the tool. */
  readonly advice?: string;
}

export interface SafetyPolicy {
  readonly maxRatePerSecond: number;
  readonly maxRequests: number;
  readonly stopAtErrorRatio: number;
}

/** One request of a load mix; paths are relative to the target's API address. */
export interface LoadRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A share of the load, all of one kind. */
export interface LoadShare {
  readonly name: string;
  /** Part of the arrivals, 0 to 1; the shares of a mix add up to 1. */
  readonly share: number;
  /** Taken in turn. */
  readonly requests: readonly [LoadRequest, ...LoadRequest[]];
  /** The same requests again and again: answers after the first should come from the cache. */
  readonly repeated?: boolean;
  /** A request that nobody has asked before: told to be a miss, and its repetition a hit, the cache header is to be believed. */
  readonly unasked?: LoadRequest;
}

/** What a `mix` function may use to find out what there is to ask for. */
export interface MixContext {
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  readonly dialect: TargetDialect;
  /** GETs JSON from a path relative to the target's API address. Rejects when the answer is not 2xx JSON. */
  readonly getJson: (path: string) => Promise<unknown>;
}

/** Which requests to make, one after the other. */
export type AskFunction = (context: MixContext) => Promise<readonly LoadRequest[]>;

export type MixFunction = (context: MixContext) => Promise<readonly LoadShare[]>;

/** `browser`: once for all scenarios of a browser, where there is no time for more. */
export type WarmUp = 'journey' | 'browser';

/** What the scenarios need to know about the target and their sampling budget; handed in by playwright.config.ts. */
export interface ScenarioPlan {
  readonly web: string;
  readonly api: string;
  /** Artifacts of the target that the journeys use, by the part they play. */
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  /** The query that asks the API for a summary: `mode=summary`. */
  readonly summaryQuery: string;
  /** What scenarios look for on the target's pages, where that differs, by the names that they give it. */
  readonly page?: TargetPolicy['page'];
  /** Visits begin at most so often. */
  readonly visitEveryMs?: number;
  /** From 1: what was not decided by the visits of one stage is visited again in the next. */
  readonly stage: number;
  /** The scenarios are told in this many passes, each with its part of the visits; this is pass `number`, from 1. */
  readonly pass: { readonly number: number; readonly of: number };
  /** Counted visits per scenario over all passes of this stage, by scenario name. */
  readonly visits: { readonly [scenario: string]: number };
  /** Repetitions of a repeatable step within one visit, by scenario name. */
  readonly rounds: { readonly [scenario: string]: number };
  /** A step that is not painted after this long is a loss. */
  readonly stepTimeoutMs: number;
  /** Command-line flags for the browser, beside those that every measurement needs. */
  readonly browserArgs: readonly string[];
  /** Take one more, uncounted visit with Playwright's trace and a HAR, when something failed or to show the slowest sample. */
  readonly trace: boolean;
  /** Page to prove on, once a run, that errors and requests are heard; absent: it is not tried. */
  readonly controlPath?: string;
  /** Write down what the page reports to Sentry. */
  readonly errorReports?: boolean;
  /** No visit begins that could make more requests to the target than this, over all scenarios. */
  readonly mostRequests?: number;
  /** Where to ask for one's turn, when another target is visited meanwhile. */
  readonly turnsAt?: string;
  /** What is told once, uncounted, before it counts; each journey, when left out. */
  readonly warmUp?: WarmUp;
  /** Folder for the journals; without it each test's own output folder. */
  readonly journalDir?: string;
}

/** What a function of `checks` works with: it asks the target's API and writes down what it finds. */
export interface CheckContext extends TargetDialect {
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
