/**
 * The domain types of Rampgate: what is measured, what is judged, what is reported.
 *
 * Everything here is plain, readonly, JSON-safe data, so that evidence can be saved, judged again and rendered
 * anywhere. This file imports nothing.
 */

// ---------------------------------------------------------------------------------------------- words

/** Worst outcome last: `pass` < `inconclusive` < `fail`. */
export type Outcome = 'pass' | 'inconclusive' | 'fail';

/** The worst blocking outcome, in the words of a rollout decision. */
export type Verdict = 'go' | 'inconclusive' | 'no-go';

/** A blocking criterion decides the verdict; an advisory one informs. */
export type Severity = 'blocking' | 'advisory';

/** The layer a criterion speaks about, and so the layer that is rolled back when it fails. */
export type Scope = 'frontend' | 'backend' | 'frontend+backend' | 'either';

export type Unit = 'ms' | 'ratio' | 'count' | 'bytes';

export type Comparison = '<' | '<=' | '>' | '>=';

/** An ISO 8601 instant in UTC, such as `2026-11-23T14:15:00.000Z`. */
export type Instant = string;

// ------------------------------------------------------------------------------------------- evidence

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
  readonly doubts: readonly Doubt[];
}

export interface UnavailableEvidence extends EvidenceBase {
  readonly status: 'unavailable';
  readonly doubts: readonly [Doubt, ...Doubt[]];
}

/** A reason not to trust evidence. `slis` limits it to these SLIs; without it, it concerns the whole probe. */
export interface Doubt {
  readonly code: DoubtCode;
  /** One sentence with the values in it, for the person who reads the report. */
  readonly message: string;
  readonly slis?: readonly string[];
}

export type DoubtCode =
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

/** `release`: the last shipped one, accepted by somebody. `nightly`: the rolling window of good nightly runs. */
export type BaselineKind = 'release' | 'nightly';

/** An accepted run that others are compared with, and what is compared of it. */
export interface BaselineRun {
  readonly id: string;
  readonly startedAt: Instant;
  readonly release: string;
  readonly browser: string;
  /** SHA-256 of its `gate.json`. */
  readonly gateSha256: string;
  readonly accepted: { readonly at: Instant; readonly by: string; readonly why: string };
  readonly machineNoise: MachineNoise;
  /** Of what it passed; no more of each sample than a comparison needs. */
  readonly measurements: readonly Measurement[];
}

/** What a run may be compared with, as it was when the run began. */
export interface Baselines {
  readonly kind: BaselineKind;
  /** Newest first; alike in all that was known when the run began, which the browser's build was not. */
  readonly runs: readonly BaselineRun[];
  /** Why there are none; where there are some, what is said of a criterion that none of them has. */
  readonly none: string;
  /** Set when the store did not answer: nothing is known of baselines. */
  readonly unavailable?: string;
  /** Accepted releases whose promises were kept, by the SLI that holds a run to them. */
  readonly contracts?: { readonly [sli: string]: ContractRelease };
}

/** Whose promises an API is held to. */
export interface ContractRelease {
  readonly run: string;
  readonly release: string;
}

// -------------------------------------------------------------------------------------------- criteria

/** A statement about an SLI that a rollout must meet. */
export interface Criterion {
  /** Stable id that reports, drills and dashboards refer to: `diff.latency-p95`. Also the SLI's name unless `sli` says otherwise. */
  readonly id: string;
  readonly title: string;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly sli: string;
  /** Which evidence must bring the SLI: `browser-cold-start`, `load-diff`. Its doubts explain a missing measurement. */
  readonly probe: string;
  readonly statistic: Statistic;
  readonly limit: Limit;
  /** Operational threshold of the watch, looser than the limit. Shown, never decisive. */
  readonly alert?: Limit;
  /** Threshold within the limit, from which on a pass is worth a word. Shown, never decisive. */
  readonly warn?: Limit;
  /** Fewer than this many samples (of each group) can never pass; a violation that they prove still fails. */
  readonly minSamples: number;
  /** How far its interval is to be trusted, 0 to 1, instead of what the gate's error budget asks for. */
  readonly confidence?: number;
  /** It may be looked at so many times, each time with more samples: its errors are shared among them. 1 when left out. */
  readonly looks?: number;
  /** The groups that must all be there; each is judged alone and the worst counts. */
  readonly groups: readonly string[];
  /** Also no main-thread task longer than this within a sample's interval. */
  readonly longestTask?: Limit;
  /** Why this limit and this statistic; printed in the report. */
  readonly rationale: string;
  /** Rows of the checklist's success criteria this one answers: `['S7']`. */
  readonly checklist: readonly string[];
  /** What to look at first when it fails. */
  readonly advice: string;
}

export type Statistic =
  | { readonly kind: 'percentile'; readonly p: number } // of Timings or a Distribution
  | Change // of Timings or a Distribution, against those of accepted runs
  | { readonly kind: 'ratio' } // of a Ratio
  | { readonly kind: 'count' } // of Occurrences
  | All
  | { readonly kind: 'growth' }; // of a Growth: by what share of the baseline

/** Whether it needs an accepted run: one whose measurements, or whose promises, are compared with. */
export function isCompared(statistic: Statistic): boolean {
  return statistic.kind === 'change' || (statistic.kind === 'all' && statistic.vsBaseline === true);
}

/** Of Checks: how many are not ok, limit <= 0. */
export interface All {
  readonly kind: 'all';
  /** What is checked is whether the accepted release's promises are kept: without one there is nothing to check. */
  readonly vsBaseline?: true;
}

/** By how much a percentile grew; its limit is in ms, or a share of the baseline's value. */
export interface Change {
  readonly kind: 'change';
  readonly p: number;
  /** The accepted runs, all of one series; filled in before it is judged. */
  readonly baseline?: readonly [BaselineRun, ...BaselineRun[]];
  /** Why nothing is known of baselines. */
  readonly unavailable?: string;
}

export interface Limit {
  readonly op: Comparison;
  readonly value: number;
  readonly unit: Unit;
}

// -------------------------------------------------------------------------------------------- findings

/** One criterion, judged. */
export interface Finding {
  readonly criterion: string;
  readonly title: string;
  /** The criterion's SLI: leads from the finding to the measurement it rests on. */
  readonly sli: string;
  readonly scope: Scope;
  readonly severity: Severity;
  /** Set aside: it is judged and shown, but decides nothing. */
  readonly waived?: Waiver;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  /** A sentence with the values that decided it. */
  readonly message: string;
  /** Absent when there was nothing to observe. The worst part's, where there are several. */
  readonly observed?: Observed;
  readonly limit: Limit;
  readonly alert?: Limit;
  /** True when the observed value lies beyond the alert threshold. */
  readonly alerting: boolean;
  readonly warn?: Limit;
  /** True when the observed value lies beyond the warning threshold. */
  readonly warning: boolean;
  /** The smallest violation this run would have caught; absent when nothing could be seen. */
  readonly detects?: string;
  /** What an inconclusive finding would need to be decided. */
  readonly needs?: string;
  readonly rationale: string;
  readonly advice: string;
  readonly checklist: readonly string[];
  /** Evidence files it rests on, relative to the run folder. */
  readonly evidence: readonly string[];
  /** One per group or condition, where the criterion has several; otherwise empty. */
  readonly parts: readonly FindingPart[];
  /** The day of the drill that last proved it to fire, in UTC: `2026-11-22`. Absent when no proof counts. */
  readonly lastProvedToFire?: string;
  /** What is known of that; absent in runs that did not ask. */
  readonly proof?: DrillProof;
}

/** What the last drill of a criterion came to. `stale`: of another Rampgate or another limit, and so not counted. */
export type DrillProof = UnprovedYet | ProvedByDrill | StaleProof;

interface UnprovedYet {
  readonly status: 'never';
}

interface DrillProofFacts {
  readonly at: Instant;
  /** The target that it was drilled against; absent in old proofs. */
  readonly target?: string;
  /** The drill's id, and its folder's name under `drills/`. */
  readonly drill: string;
  /** What turned it red, each with its size. */
  readonly faults: readonly string[];
  /** The smallest that was caught, with its size; absent where nobody searched. */
  readonly smallest?: string;
}

interface ProvedByDrill extends DrillProofFacts {
  readonly status: 'fired' | 'missed';
}

interface StaleProof extends DrillProofFacts {
  readonly status: 'stale';
  readonly because: string;
}

export interface FindingPart {
  readonly label: string;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly message: string;
  readonly observed?: Observed;
  readonly limit: Limit;
}

export interface Observed {
  /** `p75`, `p95`, `ratio`, `count`, `failed checks`, `longest task`, `growth`. */
  readonly statistic: string;
  readonly value: number;
  readonly unit: Unit;
  /** Lower and upper end; `null` where that side is not bounded by the samples. Absent for exact statistics. */
  readonly interval?: readonly [number | null, number | null];
  readonly confidence?: number;
  readonly samples: number;
  /** Of a change: what was compared. Absent in reports that did not keep it yet. */
  readonly compared?: ComparedPercentiles;
}

/** The same percentile of the accepted runs and of this one. */
export interface ComparedPercentiles {
  readonly beforeMs: number;
  readonly nowMs: number;
  /** Ids of the accepted runs, newest first. */
  readonly runs: readonly string[];
}

/** Why a finding has its outcome. The closed list is documented in docs/reasons.md. */
export type ReasonCode =
  | 'interval-within-limit'
  | 'interval-beyond-limit'
  | 'interval-spans-limit'
  | 'too-close-to-limit' // the samples agree, the instrument is not that exact
  | 'within-noise-floor' // the samples agree, two runs of the same thing on this machine would not
  | 'machine-disturbed' // beyond the limit only with the time that the machine was kept from running
  | 'count-within-limit'
  | 'count-beyond-limit'
  | 'all-checks-hold'
  | 'check-failed'
  | 'growth-within-limit'
  | 'growth-beyond-limit'
  | 'too-few-samples'
  | 'no-evidence'
  | 'group-missing'
  | 'baseline-unavailable' // the store did not answer
  | 'evidence-doubted' // see the message: a Doubt of the evidence
  | 'wrong-kind-of-evidence';

// ---------------------------------------------------------------------------------- verdict and report

export interface SuccessCriterion {
  readonly id: string;
  readonly title: string;
}

export interface SuccessCriterionResult extends SuccessCriterion {
  readonly outcome: Outcome | 'not-exercised';
  /** Ids of the criteria that answer it. */
  readonly findings: readonly string[];
  /** Ids of what it also asks for and this run did not look at: with any, a pass is a pass in part. */
  readonly notExercised: readonly string[];
}

/** Something the rollout asks for that this run did not look at. */
export interface NotExercised {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  /** Rows of the checklist's success criteria that ask for it. */
  readonly checklist: readonly string[];
}

/** A probe that was not proved to see in one respect: its positive control was not tried, or did not show. */
export interface NotProven {
  readonly probe: string;
  readonly control: string;
  /** A sentence with the values. */
  readonly reason: string;
}

/**
 * How often the gate as a whole may be wrong, each 0 to 1: `go` although one limit is violated, and `no-go` although
 * all are kept. What cannot be decided within it is inconclusive.
 */
export interface ErrorBudget {
  readonly falseGo: number;
  readonly falseNoGo: number;
}

/** A criterion set aside by somebody who answers for it, until the end of a day (UTC). */
export interface Waiver {
  readonly criterion: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day it counts: `2026-12-31`. */
  readonly until: string;
}

/** `look` finds something out, `remedy` takes a part of a layer back, `undo` the whole layer. */
export type RollbackRole = 'look' | 'remedy' | 'undo';

/** One step of the way back, filled in for a run. What is optional is absent in reports that did not know it yet. */
export interface RollbackStep {
  readonly title: string;
  readonly layer: 'frontend' | 'backend';
  readonly role?: RollbackRole;
  /** A line for a shell, every value in it; absent where a person does it. */
  readonly command?: string;
  /** What it changes, when it works. */
  readonly effect?: string;
  /** How a person sees that it worked. */
  readonly verify: string;
  /** Ids of the criteria that are measured anew after it, and must hold. */
  readonly proves?: readonly string[];
  /** The failed criteria that led to it. */
  readonly because?: readonly string[];
  readonly reversible?: Reversibility;
  readonly takesMs?: number;
  /** Whether it was proved that it can be carried out; absent where there is no command. */
  readonly armed?: boolean;
  readonly armedBecause?: string;
}

export interface Reversibility {
  readonly note: string;
  /** What takes the step itself back. */
  readonly undo?: string;
}

/** One step as the configuration states it: `{value}` in its texts stands for what the plan fills in. */
export interface RollbackStepPolicy {
  readonly title: string;
  readonly layer: RollbackStep['layer'];
  readonly role: RollbackRole;
  readonly command?: string;
  /** It is given up after this long. */
  readonly timeoutMs: number;
  /** Environment variables that it and its checks get, by name, beside PATH and the like. */
  readonly env: readonly string[];
  readonly effect?: string;
  readonly verify: string;
  /** A look or a remedy is for these criteria; empty: a look for all. */
  readonly when: readonly string[];
  readonly settles: SettlePolicy;
  /** A page: what a visitor's Cache Storage then keeps must be what is served now. */
  readonly cacheStorage?: string;
  readonly proves: readonly string[];
  readonly reversible?: Reversibility;
  readonly takesMs?: number;
  /** Commands that change nothing, and end well only where the step can be carried out. */
  readonly checks: readonly { readonly title: string; readonly command: string }[];
}

/** What an address must answer, twice in a row, before a step counts as done. */
export interface SettlePolicy {
  readonly at: string;
  readonly withinMs: number;
  /** Text of the answer. */
  readonly shows?: string;
  /** Header that says so. */
  readonly header?: { readonly name: string; readonly is: string };
}

/** The way back, as the rollout's config states it: all steps in order, each for one layer. */
export interface RollbackPolicy {
  readonly steps: readonly RollbackStepPolicy[];
  /** What commands are filled in with, by name; null: it is needed and nobody said it yet. */
  readonly values: { readonly [name: string]: string | null };
  readonly escalation: readonly EscalationPolicy[];
}

/** Whom to ask where the way back does not help. */
export interface EscalationPolicy {
  /** For these criteria; empty: for all. */
  readonly when: readonly string[];
  readonly to: string;
  readonly how: string;
}

/** What `rollback --check` found out about a target's steps. */
export interface Arming {
  readonly at: Instant;
  readonly target: string;
  readonly steps: readonly ArmedStep[];
}

export interface ArmedStep {
  readonly title: string;
  /** The command and its checks as they were checked: another one is another step. */
  readonly definition: string;
  readonly armed: boolean;
  readonly because: string;
}

export interface RollbackPlan {
  readonly scope: 'none' | 'frontend' | 'backend' | 'both';
  /** Whether the plan was proved to be executable before it is needed. */
  readonly armed: boolean;
  readonly armedBecause: string;
  /** Why this scope: the failed criteria that led to it. */
  readonly because: readonly string[];
  readonly steps: readonly RollbackStep[];
  /** Why it is this way and not a shorter one. */
  readonly notes?: readonly string[];
  /** All steps together, as far as their times are stated. */
  readonly takesMs?: number;
  readonly escalation?: readonly Escalation[];
}

export interface Escalation {
  readonly to: string;
  readonly how: string;
  readonly because: readonly string[];
}

/** What is examined, as the run found it. */
export interface TargetIdentity {
  readonly name: string;
  readonly web: string;
  readonly api: string;
  readonly release: string;
}

export interface RunIdentity {
  readonly id: string;
  readonly rollout: string;
  readonly profile: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly tool: { readonly version: string; readonly commit: string };
  readonly target: TargetIdentity;
  readonly environment: Environment;
  readonly configHash: string;
  /** Absent in reports of before there was one. */
  readonly clock?: RunClock;
  /** Set when the run did not come to its natural end. */
  readonly interrupted?: string;
  /** Set when a drill had its hand in it: such a run says what the gate can see, and nothing of its target. */
  readonly drill?: DrillMark;
}

/** By which clock the times of a run are, and how far its target's was from that when it began. */
export interface RunClock {
  /** This machine's, as IANA names it: `Europe/Berlin`. Times are kept in UTC all the same. */
  readonly timeZone: string;
  /** Of those addresses whose answers were dated. */
  readonly target: readonly SeenClock[];
}

export interface SeenClock {
  readonly of: 'web' | 'api';
  /** By how much it is ahead of this machine's clock, at least and at most; less than 0: behind. */
  readonly aheadMs: readonly [number, number];
}

/** What a drill calls the run without a fault, which the others are seen beside. */
export const noFaultName = 'no-fault';

/** What a drill planted in a run. */
export interface DrillMark {
  /** With its size: `slow-diff (350 ms)`; `no-fault` for the one without. */
  readonly fault: string;
  /** The target's own addresses, where a fault proxy stood before it; absent where its command planted the fault. */
  readonly proxyOf?: ProxiedAddresses;
}

/** Where a target really is that was seen through a proxy. */
export interface ProxiedAddresses {
  readonly web: string;
  readonly api: string;
}

export interface Environment {
  /** Cores, memory, architecture and CPU model in one comparable string. */
  readonly machineClass: string;
  readonly os: string;
  readonly node: string;
  readonly browser: string;
}

/** `gate.json`, schema version 1: the interface others build on. */
export interface GateReport {
  readonly schemaVersion: 1;
  readonly run: RunIdentity;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly successCriteria: readonly SuccessCriterionResult[];
  readonly notExercised: readonly NotExercised[];
  /** Where a probe was not proved to see. */
  readonly notProven: readonly NotProven[];
  /** Waivers that were over when the run began, and so count for nothing. */
  readonly expiredWaivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly machineNoise: MachineNoise;
  /** What the run took of its target and of the time it had; absent where the profile sets no bounds. */
  readonly footprint?: Footprint;
  /** The newest walk of each checklist of this target, as it was when the run began; absent where there was none. */
  readonly walks?: readonly Walk[];
  readonly rollback: RollbackPlan;
  /** Where the run's other documents are, relative to the run folder. */
  readonly documents: readonly Attachment[];
}

/** A checklist as somebody walked it; `reports/checklists/<id>.json`. */
export interface Walk {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly list: string;
  readonly title: string;
  readonly target: string;
  readonly startedAt: Instant;
  /** Null as long as something is open. */
  readonly finishedAt: Instant | null;
  readonly answers: readonly WalkAnswer[];
}

export interface WalkAnswer {
  /** The item's id; of a list of commands, with the command's number. */
  readonly item: string;
  readonly title: string;
  readonly outcome: 'done' | 'failed' | 'not-done';
  /** Who answered, or started what was run. */
  readonly by: string;
  readonly at: Instant;
  readonly how: 'asked' | 'run' | 'looked up';
  /** What he said, or what came of it. */
  readonly note: string;
}

/** What a bounded run took, beside what it might. */
export interface Footprint {
  /** To the target, by the run itself and by the pages it visited. */
  readonly requests: number;
  readonly maxRequests: number;
  readonly withinMs: number;
  /** What somebody may take a go of this profile for. */
  readonly goMeans: string;
}

/** `last-go.json`: the last run of the same rollout, profile and target that was a go before this one. It decides nothing. */
export type LastGo = KnownGo | NoGoKnown;

export interface KnownGo {
  readonly schemaVersion: 1;
  readonly status: 'known';
  readonly run: {
    readonly id: string;
    readonly startedAt: Instant;
    readonly release: string;
    readonly tool: RunIdentity['tool'];
    readonly environment: Environment;
    readonly configHash: string;
  };
  /** Of each criterion that it judged. */
  readonly criteria: readonly GoneBefore[];
}

/** What a criterion was then. */
export interface GoneBefore {
  readonly criterion: string;
  readonly outcome: Outcome;
  readonly limit: Limit;
  /** Absent where nothing was observed. */
  readonly observed?: Observed;
}

interface NoGoKnown {
  readonly schemaVersion: 1;
  readonly status: 'none';
  readonly why: string;
}

// -------------------------------------------------------------------------------------------- delivery

/** What became of one message to Sentry, by what was really answered. */
export type Fate =
  | { readonly status: 'delivered'; readonly httpStatus: number }
  /** Refused for now; `httpStatus` is null where Sentry had asked for silence and was not asked again. */
  | { readonly status: 'rate-limited'; readonly httpStatus: number | null }
  | { readonly status: 'server-error'; readonly httpStatus: number }
  | { readonly status: 'refused'; readonly httpStatus: number; readonly why: string | null }
  | { readonly status: 'unreachable'; readonly why: string }
  | { readonly status: 'timed-out'; readonly afterMs: number }
  /** Not even tried: the one before it had no answer. */
  | { readonly status: 'not-tried'; readonly why: string }
  /** Not sent any more, because it is too late or too much. */
  | { readonly status: 'given-up'; readonly why: string };

/** A finding or a check-in that was to be told to Sentry, or a notice that was to be told to a channel. */
export interface SentryMessage {
  readonly kind: 'finding' | 'check-in' | 'notice';
  /** The criterion, the check-in's monitor and status (`nightly ok`), or the notice's title. */
  readonly about: string;
  /** Sentry's id of the event or the check-in; it knows by it what it has already. */
  readonly id: string;
  /** The run it is about; null where that has no verdict, or not yet. */
  readonly run: string | null;
  /** Of its first try. */
  readonly at: Instant;
  /** It had been waiting in the outbox. */
  readonly earlier: boolean;
  readonly fate: Fate;
  /** It waits in the outbox. */
  readonly kept: boolean;
}

/** `delivery.json`: what was told to Sentry and to channels about a run. It decides nothing. */
export interface Delivery {
  readonly schemaVersion: 1;
  /** Who was told, in words: `Slack team`; Sentry when left out. */
  readonly service?: string;
  /** Its host; null where nobody says which. */
  readonly to: string | null;
  /** Why nothing, or not all, could be told. */
  readonly problem: string | null;
  /** In the order they were sent; those of earlier runs first. */
  readonly messages: readonly SentryMessage[];
  /** The folder of what waits, and how much that is. */
  readonly outbox: { readonly path: string; readonly waiting: number };
  /** Others that were told. */
  readonly also?: readonly Delivery[];
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

// --------------------------------------------------------------------------------------------- algebra

const outcomesBestFirst: readonly Outcome[] = ['pass', 'inconclusive', 'fail'];

/** The worse of two outcomes. */
export function worst(a: Outcome, b: Outcome): Outcome {
  return outcomesBestFirst.indexOf(a) >= outcomesBestFirst.indexOf(b) ? a : b;
}

/** Whether a finding takes part in the verdict: advisory ones inform, waived ones are set aside. */
export function decides({ severity, waived }: Pick<Finding, 'severity' | 'waived'>): boolean {
  return severity === 'blocking' && waived === undefined;
}
