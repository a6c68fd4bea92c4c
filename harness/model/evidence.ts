/** Evidence: samples, counts and facts of a probe, or the reason why there are none. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { instantSchema, jsonSchema } from './units.ts';

/** Where an answer came from. A service worker may have asked the network in turn. */
const requestSourceSchema = z.enum(['network', 'memory cache', 'disk cache', 'service worker']);

export type RequestSource = z.output<typeof requestSourceSchema>;

const timedRequestSchema = z.object({
  /** Absent where the source does not tell. */
  method: z.string().exactOptional(),
  url: z.string(),
  startMs: z.number(),
  /** Absent where the server does not let the page know (`Timing-Allow-Origin`). */
  firstByteMs: z.number().exactOptional(),
  endMs: z.number(),
  /** As it came over the network, headers included. */
  sizeBytes: z.number(),
  /** Absent where the source does not tell. */
  source: requestSourceSchema.exactOptional(),
});

/** A request seen by the page within a sample's interval; times in ms from the sample's start. */
export type TimedRequest = Immutable<z.output<typeof timedRequestSchema>>;

/** How long a fixed piece of work took right before and right after; absent where it was not measured. */
const referenceMs = z.tuple([z.number(), z.number()]).exactOptional();

export const timingSampleSchema = z.object({
  valueMs: z.number(),
  /** Which variant of the step, where a criterion asks for each (the scope of a scope switch). */
  group: z.string().exactOptional(),
  at: instantSchema,
  /** The compositor's own presentation time, where it gave one: the answer came on screen between `valueMs` and this. */
  presentedMs: z.number().exactOptional(),
  /**
   * Processor time the hypervisor took from the machine meanwhile, summed over all processors: the application's own
   * time lies between `valueMs` less this and `valueMs`. Absent when none was.
   */
  stolenMs: z.number().exactOptional(),
  referenceMs,
  /** What disturbed this sample, if anything did. */
  suspect: z.string().exactOptional(),
  longTasksMs: z.array(z.number()),
  /** When each of them began, ms from the sample's start (before it: less than 0); absent where it was not recorded. */
  longTasksAtMs: z.array(z.number()).exactOptional(),
  /** Frames that took more than 50 ms (Long Animation Frames), and so left others out; absent where it was not measured. */
  longFramesMs: z.array(z.number()).exactOptional(),
  /** How often the content was there and gone again before it stayed; absent when it never was. */
  vanished: z.number().exactOptional(),
  layoutShift: z.number(),
  requests: z.array(timedRequestSchema),
});

export type TimingSample = Immutable<z.output<typeof timingSampleSchema>>;

export const lossSchema = z.object({
  reason: z.enum(['never-painted', 'navigated-away', 'already-painted', 'in-background', 'step-failed']),
  waitedMs: z.number(),
  message: z.string(),
  group: z.string().exactOptional(),
  at: instantSchema,
});

/**
 * An attempt that gave no sample. `never-painted` is an observation in its own right: the answer took longer than
 * `waitedMs`. The others say nothing about the application.
 */
export type Loss = Immutable<z.output<typeof lossSchema>>;

const named = {
  /** Which SLI: `cold-start.diff-visible`. */
  sli: z.string(),
  /** How it was taken, in a sentence. */
  how: z.string(),
};

const timingsSchema = z.object({
  ...named,
  kind: z.literal('timings'),
  unit: z.literal('ms'),
  /** The instrument's own uncertainty: a result nearer than this to a limit is too close to tell. */
  uncertaintyMs: z.number(),
  samples: z.array(timingSampleSchema),
  losses: z.array(lossSchema),
});

/** Single timings, each with its circumstances; for tens of samples. */
export type Timings = Immutable<z.output<typeof timingsSchema>>;

const distributionSchema = z.object({
  ...named,
  kind: z.literal('distribution'),
  unit: z.literal('ms'),
  uncertaintyMs: z.number(),
  /** Compressed base64 of all good answers and time-outs, counted from the intended start. */
  histogram: z.string(),
  count: z.number(),
  /** How many of `count` are time-outs, recorded at the time they waited. */
  timeouts: z.number(),
  referenceMs,
  slices: z.array(z.object({ second: z.number(), histogram: z.string(), count: z.number() })),
});

/** Many timings as an HDR histogram in microseconds, with one slice per second of the run. */
export type Distribution = Immutable<z.output<typeof distributionSchema>>;

const unclearCountSchema = z.object({
  atMost: z.number(),
  /** What does not tell them apart: "the buckets 0.1…0.25 s". */
  within: z.string(),
  /** What would: "a bucket that ends at 0.2 s". */
  needs: z.string(),
});

export type UnclearCount = Immutable<z.output<typeof unclearCountSchema>>;

const ratioSchema = z.object({
  ...named,
  kind: z.literal('ratio'),
  unit: z.literal('ratio'),
  numerator: z.number(),
  denominator: z.number(),
  /** Both counted, in words: "failed answers", "requests". */
  of: z.object({ numerator: z.string(), denominator: z.string() }),
  /** Where the source cannot tell of some: the numerator is at least `numerator`, and at most this. */
  unclear: unclearCountSchema.exactOptional(),
  /** The same, second by second: neighbours in time may resemble each other. */
  slices: z.array(z.object({ second: z.number(), numerator: z.number(), denominator: z.number() })).exactOptional(),
});

/** So many of so many: errors of requests, hits of repeated requests. */
export type Ratio = Immutable<z.output<typeof ratioSchema>>;

const occurrencesSchema = z.object({
  ...named,
  kind: z.literal('occurrences'),
  unit: z.literal('count'),
  count: z.number(),
  exposures: z.number(),
  /** What the exposures are, in words: "visits". */
  exposedTo: z.string(),
  /** What was seen, the first few, in the application's own words. */
  seen: z.array(z.string()),
  /** Where the limit is per time: how much of that time was looked at. Absent where it is not, or all of it was. */
  window: z.object({ coveredMs: z.number(), plannedMs: z.number() }).exactOptional(),
});

/** How often something happened that should not, over how many chances (visits, reopens). */
export type Occurrences = Immutable<z.output<typeof occurrencesSchema>>;

export const checkSchema = z.object({ name: z.string(), ok: z.boolean(), expected: z.string(), actual: z.string() });

export type Check = Immutable<z.output<typeof checkSchema>>;

const checksSchema = z.object({
  ...named,
  kind: z.literal('checks'),
  unit: z.literal('count'),
  checks: z.array(checkSchema),
});

/** Statements about what was shown, each true or not. */
export type Checks = Immutable<z.output<typeof checksSchema>>;

export const sizesSchema = z.object({ raw: z.number(), gzip: z.number(), brotli: z.number() });

/** One content's bytes, as it is and compressed by us, always in the same way. */
export type Sizes = Immutable<z.output<typeof sizesSchema>>;

const growthPartSchema = z.object({
  name: z.string(),
  /** Null: it was not there. */
  before: sizesSchema.nullable(),
  /** Null: it is gone. */
  after: sizesSchema.nullable(),
});

export type GrowthPart = Immutable<z.output<typeof growthPartSchema>>;

const growthSchema = z.object({
  ...named,
  kind: z.literal('growth'),
  unit: z.literal('bytes'),
  /** What is counted, in words: "scripts". */
  of: z.string(),
  /** Which of the sizes the limit is about. */
  judged: z.enum(['raw', 'gzip', 'brotli']),
  /** How many scripts there are now. */
  count: z.number(),
  /** What is compared with, in words: "demo@1.0.0 of 2026-11-24". */
  baseline: z.string(),
  parts: z.array(growthPartSchema),
});

/** How large something is beside its baseline, part by part: every byte is counted, so that nothing is left to chance. */
export type Growth = Immutable<z.output<typeof growthSchema>>;

export const measurementSchema = z.discriminatedUnion('kind', [
  timingsSchema,
  distributionSchema,
  ratioSchema,
  occurrencesSchema,
  checksSchema,
  growthSchema,
]);

/** One measured indicator (SLI). */
export type Measurement = Immutable<z.output<typeof measurementSchema>>;

const qualityIssueSchema = z.object({
  code: z.enum([
    'target-unreachable', // nothing answered, or it stopped answering in the middle
    'probe-crashed', // the probe itself failed
    'interrupted', // by Ctrl-C
    'schedule-not-kept', // the load generator did not reach the stated load
    'generator-saturated', // it did, but was too busy to time the answers
    'machine-unknown', // this machine's own noise was not measured
    'nothing-served', // no good answer at all
    'rate-limited', // the target defended itself: 429, or 503 with Retry-After
    'load-stopped', // the circuit breaker ended the load early
    'signal-absent', // the header or counter that should show it is missing
    'control-not-seen', // the probe did not see what was planted: it is blind
    'counted-in-part', // only a part could be counted
    'scenario-crashed', // a scenario ended before it had visited as often as planned
    'scenario-stopped', // a scenario was ended early because its steps were never painted
    'no-baseline', // there is nothing to compare with, or nothing that can be compared
    'command-not-runnable', // its tool or its folder is not there
    'command-timed-out', // it did not end within its time limit
    'request-ceiling', // the run's limit of requests was reached
    'out-of-time', // the run's time limit was reached
  ]),
  /** One sentence with the values in it, for the person who reads the report. */
  message: z.string(),
  slis: z.array(z.string()).exactOptional(),
});

/** A reason not to trust evidence. `slis` limits it to these SLIs; without it, it concerns the whole probe. */
export type QualityIssue = Immutable<z.output<typeof qualityIssueSchema>>;

export type QualityIssueCode = QualityIssue['code'];

export const controlSchema = z.object({
  /** Names one of the probe's controls: `console-error`. */
  name: z.string(),
  /** What was planted and how, or would have been. */
  planted: z.string(),
  /** `not-tried`: the target does not offer or allow it. */
  outcome: z.enum(['seen', 'not-seen', 'not-tried']),
  /** The result with its values; where it was not tried, the reason. */
  message: z.string(),
});

/** A positive control: something known is planted where a probe looks, and must come out of it. */
export type Control = Immutable<z.output<typeof controlSchema>>;

export const attachmentSchema = z.object({ name: z.string(), path: z.string(), mediaType: z.string() });

/** A file beside the evidence, path relative to the run folder. */
export type Attachment = Immutable<z.output<typeof attachmentSchema>>;

const base = {
  /** Which probe, and of what: `browser-cold-start`, `load-diff`. Names the file `evidence/<probe>.json`. */
  probe: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  /** Positive controls of the probe; absent where it has none. */
  controls: z.array(controlSchema).exactOptional(),
  /** How many requests the run had made to the target by then; absent where they are not counted. */
  requestsSoFar: z.number().exactOptional(),
};

const collectedEvidenceSchema = z.object({
  ...base,
  status: z.literal('collected'),
  measurements: z.array(measurementSchema),
  /** Anything else worth keeping: settings, self-audit, histograms for the report. Never judged. */
  facts: z.record(z.string(), jsonSchema),
  /** Versions of the tools that measured: `{ "Chromium": "156.0…", "Playwright": "1.65.1" }`. */
  tools: z.record(z.string(), z.string()),
  attachments: z.array(attachmentSchema),
  /** Why this evidence is incomplete or unfit to be judged; any entry makes its criteria inconclusive at best. */
  qualityIssues: z.array(qualityIssueSchema),
});

export type CollectedEvidence = Immutable<z.output<typeof collectedEvidenceSchema>>;

const unavailableEvidenceSchema = z.object({
  ...base,
  status: z.literal('unavailable'),
  qualityIssues: z.tuple([qualityIssueSchema], qualityIssueSchema),
});

export type UnavailableEvidence = Immutable<z.output<typeof unavailableEvidenceSchema>>;

export const evidenceSchema = z.discriminatedUnion('status', [collectedEvidenceSchema, unavailableEvidenceSchema]);

/** What one probe brought back from one source. */
export type Evidence = CollectedEvidence | UnavailableEvidence;

/** Names of what the calibration of the machine brings: the same things done twice, A and B. */
export const calibration = {
  probe: 'machine',
  /** Timings in the groups A and B, of a page that is always the same. */
  click: 'machine.click',
  /** Distributions of two loads on a server that is always the same. */
  loads: ['machine.load-a', 'machine.load-b'],
  /** Timings of the piece of work that is timed beside samples. */
  referenceWork: 'machine.reference-work',
} as const;

export const machineNoiseSchema = z.object({
  calibratedAt: instantSchema.nullable(),
  /** By what share of itself a browser timing may differ from one run to the next. */
  timingsRatio: z.number().nullable().describe('By what share of itself a browser timing may differ between runs.'),
  /** How far the p95 of two loads that are the same may differ. */
  loadsMs: z.number().nullable().describe('How far the p95 of two loads that are the same may differ.'),
  /** How long a fixed piece of work takes, half of the time. */
  referenceMs: z.number().nullable().describe('How long a fixed piece of work takes.'),
});

/** The noise that a machine adds to all timings. Null where it was not measured. */
export type MachineNoise = Immutable<z.output<typeof machineNoiseSchema>>;
