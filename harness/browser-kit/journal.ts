/**
 * What a scenario writes down, line by line (NDJSON), the moment it happens: a crash later loses nothing.
 * The scenario kit writes it, the browser probe reads it.
 */
import type { Check, Loss, TimingSample } from '../model/evidence.ts';
import type { ErrorReports } from './error-reports.ts';

export type JournalRecord =
  | {
      readonly kind: 'begin';
      readonly scenario: string;
      /** From 1; later stages visit what was not decided before. */
      readonly stage: number;
      /** Visits planned over all passes of this stage. */
      readonly planned: number;
      /** How many passes the stage has, each with a `begin` and an `end` of its own. */
      readonly passes: number;
      readonly at: string;
      readonly browser: string;
    }
  | { readonly kind: 'visit'; readonly number: number; readonly at: string }
  | { readonly kind: 'sample'; readonly sli: string; readonly how: string; readonly sample: TimingSample }
  | { readonly kind: 'loss'; readonly sli: string; readonly how: string; readonly loss: Loss }
  | {
      readonly kind: 'occurrences';
      readonly sli: string;
      readonly how: string;
      readonly seen: readonly string[];
      readonly exposedTo: string;
      /** Which listener it rests on; all of them, when left out. */
      readonly heardBy?: HeardBy;
    }
  | { readonly kind: 'check'; readonly sli: string; readonly how: string; readonly check: Check }
  /** What the page reported to Sentry in a visit; only where the plan asks for it. */
  | { readonly kind: 'error-reports'; readonly visit: number; readonly reports: ErrorReports }
  /** The target's limiter answered the page, not the application. */
  | { readonly kind: 'limited'; readonly visit: number; readonly message: string }
  | { readonly kind: 'failure'; readonly visit: number; readonly message: string }
  | {
      readonly kind: 'trace';
      readonly path: string;
      readonly why: string;
      readonly steps?: readonly TracedStep[];
      readonly har?: RecordedRequests;
    }
  /** Steps were lost again and again, or the run may ask no more, so the rest was not tried. */
  | { readonly kind: 'stopped'; readonly message: string; readonly by?: 'request-ceiling' }
  | { readonly kind: 'end'; readonly visits: number; readonly at: string };

/** A timed step of the visit that was traced: when it was, to find its pictures in the trace. */
export interface TracedStep {
  readonly sli: string;
  readonly group?: string;
  readonly valueMs: number;
  readonly beganAt: string;
  readonly endedAt: string;
}

/** The HAR of the visit that was traced, with how many of its requests are in it; or why there is none. */
export type RecordedRequests =
  | { readonly path: string; readonly kept: number; readonly all: number }
  | { readonly missing: string };

/** What listens to a visit: to errors (`visit.problems`), and to requests (`visit.requests`). */
export type HeardBy = 'problems' | 'requests';

/** The instrument's own uncertainty, as measured against the compositor: bench and docs/measuring.md. */
export const STOPWATCH_UNCERTAINTY_MS = 10;
