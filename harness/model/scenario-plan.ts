/** What the scenario runner is handed. */
import type { TargetPolicy } from './target-policy.ts';

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
