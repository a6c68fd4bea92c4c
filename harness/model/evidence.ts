/** What a probe brings: samples, counts and facts, or the reason why there are none. */
import type { Instant, Json } from './units.ts';

/** What one probe brought back from one source. */
export type Evidence = CollectedEvidence | UnavailableEvidence;

interface EvidenceBase {
  /** Which probe, and of what: `browser-cold-start`, `load-diff`. Names the file `evidence/<probe>.json`. */
  readonly probe: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** Whether the probe was proved to see; absent where it has no control. */
  readonly controls?: readonly Control[];
  /** How many requests to the target the run had made when this was brought; absent where nobody counts. */
  readonly requestsSoFar?: number;
}

/** A positive control: something known is planted where a probe looks, and must come out of it. */
export interface Control {
  /** Names one of the probe's controls: `console-error`. */
  readonly name: string;
  /** What was planted and how, or was to be. */
  readonly planted: string;
  /** `not-tried`: nobody offers or allows it. */
  readonly outcome: 'seen' | 'not-seen' | 'not-tried';
  /** What came of it, with values; of what was not tried, the reason. */
  readonly message: string;
}

export interface CollectedEvidence extends EvidenceBase {
  readonly status: 'collected';
  readonly measurements: readonly Measurement[];
  /** Anything else worth keeping: settings, self-audit, histograms for the report. Never judged. */
  readonly facts: { readonly [name: string]: Json };
  /** Versions of the tools that measured: `{ "Chromium": "156.0…", "Playwright": "1.65.1" }`. */
  readonly tools: { readonly [name: string]: string };
  readonly attachments: readonly Attachment[];
  /** Why this evidence is incomplete or unfit to be judged; any entry makes its criteria inconclusive at best. */
  readonly qualityIssues: readonly QualityIssue[];
}

export interface UnavailableEvidence extends EvidenceBase {
  readonly status: 'unavailable';
  readonly qualityIssues: readonly [QualityIssue, ...QualityIssue[]];
}

/** A reason not to trust evidence. `slis` limits it to these SLIs; without it, it concerns the whole probe. */
export interface QualityIssue {
  readonly code: QualityIssueCode;
  /** One sentence with the values in it, for the person who reads the report. */
  readonly message: string;
  readonly slis?: readonly string[];
}

export type QualityIssueCode =
  | 'target-unreachable' // nothing answered, or it stopped answering in the middle
  | 'probe-crashed' // the probe itself failed
  | 'interrupted' // somebody pressed Ctrl-C
  | 'schedule-not-kept' // the load generator did not put the stated load on
  | 'generator-saturated' // it did, but was too busy itself to time the answers
  | 'machine-unknown' // this machine's own noise was not measured
  | 'nothing-served' // no good answer at all
  | 'rate-limited' // the target defended itself: 429, or 503 with Retry-After
  | 'load-stopped' // the circuit breaker ended the load early
  | 'signal-absent' // what should tell (a header, a counter) is not there
  | 'control-not-seen' // what was planted did not come out of the probe: it is blind
  | 'counted-in-part' // some of what was to be counted did not come through; what did was there
  | 'scenario-crashed' // a scenario ended before it had visited as often as planned
  | 'command-not-runnable' // its tool or its folder is not there
  | 'command-timed-out' // it did not end within its time limit
  | 'no-baseline' // there is nothing to compare with, or nothing that can be compared
  | 'request-ceiling' // it would have asked the target more than the run may
  | 'out-of-time' // the time that the run may take was over
  | 'scenario-stopped'; // a scenario was ended early because its steps were never painted

/** A file beside the evidence, path relative to the run folder. */
export interface Attachment {
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
}

/** One measured indicator (SLI). `how` says in a sentence how it was taken. */
export type Measurement = Timings | Distribution | Ratio | Occurrences | Checks | Growth;

interface MeasurementBase {
  /** Which SLI: `cold-start.diff-visible`. */
  readonly sli: string;
  readonly how: string;
}

/** Single timings, each with its circumstances; for tens of samples. */
export interface Timings extends MeasurementBase {
  readonly kind: 'timings';
  readonly unit: 'ms';
  /** The instrument's own uncertainty: a result nearer than this to a limit is too close to tell. */
  readonly uncertaintyMs: number;
  readonly samples: readonly TimingSample[];
  readonly losses: readonly Loss[];
}

export interface TimingSample {
  readonly valueMs: number;
  /** Which variant of the step, where a criterion asks for each (the scope of a scope switch). */
  readonly group?: string;
  readonly at: Instant;
  /** The compositor's own presentation time, where it gave one: the answer came on screen between `valueMs` and this. */
  readonly presentedMs?: number;
  /**
   * Processor time the hypervisor took from the machine meanwhile, summed over all processors: the application's own
   * time lies between `valueMs` less this and `valueMs`. Absent when none was.
   */
  readonly stolenMs?: number;
  /** How long a fixed piece of work took right before and right after; absent where nobody looked. */
  readonly referenceMs?: readonly [beforeMs: number, afterMs: number];
  /** What disturbed this sample, if anything did. */
  readonly suspect?: string;
  readonly longTasksMs: readonly number[];
  /** When each of them began, ms from the sample's start (before it: less than 0); absent where nobody kept it. */
  readonly longTasksAtMs?: readonly number[];
  /** Frames that took more than 50 ms (Long Animation Frames), and so left others out; absent where nobody looked. */
  readonly longFramesMs?: readonly number[];
  /** How often the content was there and gone again before it stayed; absent when it never was. */
  readonly vanished?: number;
  readonly layoutShift: number;
  readonly requests: readonly TimedRequest[];
}

/** Where an answer came from. A service worker may have asked the network in turn. */
export type RequestSource = 'network' | 'memory cache' | 'disk cache' | 'service worker';

/** A request seen by the page within a sample's interval; times in ms from the sample's start. */
export interface TimedRequest {
  /** Absent where the source does not tell. */
  readonly method?: string;
  readonly url: string;
  readonly startMs: number;
  /** Absent where the server does not let the page know (`Timing-Allow-Origin`). */
  readonly firstByteMs?: number;
  readonly endMs: number;
  /** As it came over the network, headers included. */
  readonly sizeBytes: number;
  /** Absent where the source does not tell. */
  readonly source?: RequestSource;
}

/**
 * An attempt that gave no sample. `never-painted` is an observation in its own right: the answer took longer than
 * `waitedMs`. The others say nothing about the application.
 */
export interface Loss {
  readonly reason: 'never-painted' | 'navigated-away' | 'already-painted' | 'in-background' | 'step-failed';
  readonly waitedMs: number;
  readonly message: string;
  readonly group?: string;
  readonly at: Instant;
}

/** Many timings as an HDR histogram in microseconds, with one slice per second of the run. */
export interface Distribution extends MeasurementBase {
  readonly kind: 'distribution';
  readonly unit: 'ms';
  readonly uncertaintyMs: number;
  /** Compressed base64 of all good answers and time-outs, counted from the intended start. */
  readonly histogram: string;
  readonly count: number;
  /** How many of `count` are time-outs, recorded at the time they waited. */
  readonly timeouts: number;
  /** How long a fixed piece of work took right before and right after; absent where nobody looked. */
  readonly referenceMs?: readonly [beforeMs: number, afterMs: number];
  readonly slices: readonly { readonly second: number; readonly histogram: string; readonly count: number }[];
}

/** So many of so many: errors of requests, hits of repeated requests. */
export interface Ratio extends MeasurementBase {
  readonly kind: 'ratio';
  readonly unit: 'ratio';
  readonly numerator: number;
  readonly denominator: number;
  /** Both counted, in words: "failed answers", "requests". */
  readonly of: { readonly numerator: string; readonly denominator: string };
  /** Where the source cannot tell of some: the numerator is at least `numerator`, and at most this. */
  readonly unclear?: UnclearCount;
  /** The same, second by second: neighbours in time may resemble each other. */
  readonly slices?: readonly { readonly second: number; readonly numerator: number; readonly denominator: number }[];
}

export interface UnclearCount {
  readonly atMost: number;
  /** What does not tell them apart: "the buckets 0.1…0.25 s". */
  readonly within: string;
  /** What would: "a bucket that ends at 0.2 s". */
  readonly needs: string;
}

/** How often something happened that should not, over how many chances (visits, reopens). */
export interface Occurrences extends MeasurementBase {
  readonly kind: 'occurrences';
  readonly unit: 'count';
  readonly count: number;
  readonly exposures: number;
  /** What the exposures are, in words: "visits". */
  readonly exposedTo: string;
  /** What was seen, the first few, in the application's own words. */
  readonly seen: readonly string[];
  /** Where the limit is per time: how much of that time was looked at. Absent where it is not, or all of it was. */
  readonly window?: { readonly coveredMs: number; readonly plannedMs: number };
}

/** Statements about what was shown, each true or not. */
export interface Checks extends MeasurementBase {
  readonly kind: 'checks';
  readonly unit: 'count';
  readonly checks: readonly Check[];
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly actual: string;
}

/** How large something is beside its baseline, part by part: every byte is counted, so that nothing is left to chance. */
export interface Growth extends MeasurementBase {
  readonly kind: 'growth';
  readonly unit: 'bytes';
  /** What is counted, in words: "scripts". */
  readonly of: string;
  /** Which of the sizes the limit is about. */
  readonly judged: keyof Sizes;
  /** How many scripts there are now. */
  readonly count: number;
  /** What is compared with, in words: "demo@1.0.0 of 2026-11-24". */
  readonly baseline: string;
  readonly parts: readonly GrowthPart[];
}

export interface GrowthPart {
  readonly name: string;
  /** Null: it was not there. */
  readonly before: Sizes | null;
  /** Null: it is gone. */
  readonly after: Sizes | null;
}

/** One content's bytes, as it is and compressed by us, always in the same way. */
export interface Sizes {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

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

/** What a machine adds to timings, whoever is measured. Null where nobody measured it. */
export interface MachineNoise {
  readonly calibratedAt: Instant | null;
  /** By what share of itself a browser timing may differ from one run to the next. */
  readonly timingsRatio: number | null;
  /** How far the p95 of two loads that are the same may differ. */
  readonly loadsMs: number | null;
  /** How long a fixed piece of work takes, half of the time. */
  readonly referenceMs: number | null;
}
