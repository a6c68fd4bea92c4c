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
  /** Texts and selectors that scenarios look for on the target's pages, where they differ, by the scenarios' names for them. */
  readonly page?: TargetPolicy['page'];
  /** The shortest time between the beginnings of two visits. */
  readonly visitEveryMs?: number;
  /** From 1: a stage visits again what the one before left undecided. */
  readonly stage: number;
  /** The scenarios run in `of` passes, each with its part of the visits; this is pass `number`, from 1. */
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
  /** Page of the control visit, which proves once a run that errors and requests are heard; absent: no control visit. */
  readonly controlPath?: string;
  /** Record what the page reports to Sentry. */
  readonly errorReports?: boolean;
  /** No visit begins that could make more requests to the target than this, over all scenarios. */
  readonly mostRequests?: number;
  /** Address of the interleaver, when another target is visited meanwhile. */
  readonly turnsAt?: string;
  /** What runs once, uncounted, before counted visits; each journey, when left out. */
  readonly warmUp?: WarmUp;
  /** Folder for the journals; without it each test's own output folder. */
  readonly journalDir?: string;
}
