/** What a scenario needs to know about the target and its sampling budget; handed in by playwright.config.ts. */

export interface ScenarioPlan {
  readonly web: string;
  readonly api: string;
  /** Artifacts of the target that the journeys use, by the part they play. */
  readonly artifacts: { readonly [part: string]: { readonly id: string; readonly name: string } };
  /** The query that asks the API for a summary: `mode=summary`. */
  readonly summaryQuery: string;
  /** Counted visits per scenario, by scenario name. */
  readonly visits: { readonly [scenario: string]: number };
  /** Repetitions of a repeatable step within one visit, by scenario name. */
  readonly rounds: { readonly [scenario: string]: number };
  /** A step that is not painted after this long is a loss. */
  readonly stepTimeoutMs: number;
  /** Take one more, uncounted visit with Playwright's trace when something failed or to show the slowest sample. */
  readonly trace: boolean;
  /** Folder for the journals; without it each test's own output folder. */
  readonly journalDir?: string;
}
