/**
 * What a scenario writes down, line by line (NDJSON), the moment it happens: a crash later loses nothing.
 * The scenario kit writes it, the browser probe reads it. The kit imports types alone, so that no runner loads the schemas.
 */
import { z } from 'zod';
import { checkSchema, controlSchema, lossSchema, timingSampleSchema } from '../model/evidence.ts';
import type { Immutable } from '../model/immutable.ts';
import { instantSchema } from '../model/units.ts';

const reportedBuildSchema = z.object({ release: z.string(), environment: z.string() });

/** Which build a report says it is from. */
export type ReportedBuild = Immutable<z.output<typeof reportedBuildSchema>>;

const reportedErrorSchema = reportedBuildSchema.extend({
  eventId: z.string(),
  /** As the page words it: `TypeError: x is undefined`. */
  text: z.string(),
});

export type ReportedError = Immutable<z.output<typeof reportedErrorSchema>>;

const errorReportsSchema = z.object({
  /** Envelopes that were answered 2xx. */
  taken: z.number(),
  /** Why others were not, each reason once: `answered 403`, `net::ERR_BLOCKED_BY_CLIENT`. */
  refused: z.array(z.string()),
  /** Envelopes that could not be read, and so may hold anything. */
  unreadable: z.number(),
  /** Each build once, of sessions and events. */
  builds: z.array(reportedBuildSchema),
  /** Each event once, whether it was taken or not. */
  errors: z.array(reportedErrorSchema),
  /** Errors that the SDK says it did not send, by its own reason. */
  dropped: z.record(z.string(), z.number()),
});

/** What a page reports to Sentry in one visit. */
export type ErrorReports = Immutable<z.output<typeof errorReportsSchema>>;

const tracedStepSchema = z.object({
  sli: z.string(),
  group: z.string().exactOptional(),
  valueMs: z.number(),
  beganAt: instantSchema,
  endedAt: instantSchema,
});

/** A timed step of the visit that was traced: its time, to find its screenshots in the trace. */
export type TracedStep = Immutable<z.output<typeof tracedStepSchema>>;

const recordedRequestsSchema = z.union([
  z.object({ path: z.string(), kept: z.number(), all: z.number() }),
  z.object({ missing: z.string() }),
]);

/** The HAR of the visit that was traced, with how many of its requests are in it; or why there is none. */
export type RecordedRequests = Immutable<z.output<typeof recordedRequestsSchema>>;

const heardBySchema = z.enum(['problems', 'requests']);

/** What listens to a visit: to errors (`visit.problems`), and to requests (`visit.requests`). */
export type HeardBy = z.output<typeof heardBySchema>;

const named = { sli: z.string(), how: z.string() };

export const journalRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('begin'),
    scenario: z.string(),
    /** From 1; later stages visit what was not decided before. */
    stage: z.number(),
    /** Visits planned over all passes of this stage. */
    planned: z.number(),
    /** How many passes the stage has, each with a `begin` and an `end` of its own. */
    passes: z.number(),
    at: instantSchema,
    browser: z.string(),
  }),
  z.object({ kind: z.literal('visit'), number: z.number(), at: instantSchema }),
  z.object({ kind: z.literal('sample'), ...named, sample: timingSampleSchema }),
  z.object({ kind: z.literal('loss'), ...named, loss: lossSchema }),
  z.object({
    kind: z.literal('occurrences'),
    ...named,
    seen: z.array(z.string()),
    exposedTo: z.string(),
    /** Which listener it rests on; all of them, when left out. */
    heardBy: heardBySchema.exactOptional(),
  }),
  z.object({ kind: z.literal('check'), ...named, check: checkSchema }),
  // What the page reported to Sentry in a visit; only where the plan asks for it.
  z.object({ kind: z.literal('error-reports'), visit: z.number(), reports: errorReportsSchema }),
  // The target's limiter answered the page, not the application.
  z.object({ kind: z.literal('limited'), visit: z.number(), message: z.string() }),
  z.object({ kind: z.literal('failure'), visit: z.number(), message: z.string() }),
  z.object({
    kind: z.literal('trace'),
    path: z.string(),
    why: z.string(),
    steps: z.array(tracedStepSchema).exactOptional(),
    har: recordedRequestsSchema.exactOptional(),
  }),
  // Steps were lost again and again, or the run may ask no more, so the rest was not tried.
  z.object({ kind: z.literal('stopped'), message: z.string(), by: z.literal('request-ceiling').exactOptional() }),
  z.object({ kind: z.literal('end'), visits: z.number(), at: instantSchema }),
]);

export type JournalRecord = Immutable<z.output<typeof journalRecordSchema>>;

export const controlRecordSchema = z.object({ listener: heardBySchema, ...controlSchema.shape });

/** One line of `CONTROLS_FILE`, which lies beside the journals. */
export type ControlRecord = Immutable<z.output<typeof controlRecordSchema>>;

/** The instrument's own uncertainty, as measured against the compositor: bench and docs/measuring.md. */
export const STOPWATCH_UNCERTAINTY_MS = 10;
