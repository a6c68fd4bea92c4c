/** The state of one criterion, and what one more sample makes of it. Bounded, JSON-safe, pure. */

import { holds, limitsFromAbove } from '../../../judgement/limits.ts';
import { failStandsUnder, qualityIssuesAbout } from '../../../judgement/quality-issues.ts';
import {
  changedSince,
  type Detector,
  isRaised,
  look,
  startDetector,
} from '../../../judgement/sequential/change-detector.ts';
import type { ShareCounts } from '../../../judgement/sequential/confidence-sequence.ts';
import type { Counted } from '../../../judgement/sequential/evidence.ts';
import type { Criterion, Limit } from '../../../model/criterion.ts';
import type { Check, Evidence, QualityIssue } from '../../../model/evidence.ts';
import type { Unit } from '../../../model/units.ts';
import type { CoursePoint, Sampled, SampleValue, WatchedRate } from '../model.ts';
import type { AlertRules } from './alert-rules.ts';
import { type CountReading, type PartReading, type Reading, readingOf, type ShareReading } from './reading.ts';
import { withPoint } from './time-series.ts';
import { addToSketch, type ValueSketch } from './value-sketch.ts';

export interface PointState {
  readonly id: string;
  readonly parts: readonly PartState[];
  readonly counted: CountState | null;
  readonly checked: CheckState | null;
  /** Null where nothing can raise an alert. */
  readonly detector: Detector | null;
  /** Looks for the end of an alert; null while none is open. */
  readonly recovery: Detector | null;
  readonly timeSeries: readonly CoursePoint[];
  readonly lastQualityIssues: readonly QualityIssue[];
}

export interface PartState {
  readonly label: string;
  readonly statistic: string;
  readonly limit: Limit;
  readonly counts: ShareCounts;
  readonly sketch: ValueSketch;
}

export interface CountState {
  readonly count: number;
  readonly exposures: number;
  readonly exposedTo: string;
  /** Of all samples the one that is worst for the limit. */
  readonly worst: { readonly count: number; readonly exposures: number };
  readonly seen: readonly string[];
}

export interface CheckState {
  readonly made: number;
  readonly failed: number;
  readonly firstFailed: readonly Check[];
}

export function startPoint(id: string, rules: AlertRules | null): PointState {
  return {
    id,
    parts: [],
    counted: null,
    checked: null,
    detector: rules === null ? null : startDetector(rules.raise),
    recovery: null,
    timeSeries: [],
    lastQualityIssues: [],
  };
}

/** What one sample changed for one point. */
export interface PointStep {
  readonly state: PointState;
  readonly alertChange: 'raised' | 'recovered' | null;
  /** The likeliest beginning of the change, in ms of the watch, where an alert was raised or has ended. */
  readonly sinceMs: number | null;
  readonly value: SampleValue | null;
  readonly failedChecks: readonly Check[];
}

/** Takes in a sample for a criterion; null where the sample has nothing about it. */
export function takeSample(
  state: PointState,
  criterion: Criterion,
  { sample, rules }: { readonly sample: Sampled; readonly rules: AlertRules | null },
): PointStep | null {
  const { evidence } = sample;
  if (evidence.probe !== criterion.probe) return null;
  const qualityIssues = qualityIssuesAbout(criterion.sli, evidence);
  const reading = measuredIn(evidence, criterion);
  if (reading === null)
    return qualityIssues.length === 0 ? null : plainStep({ ...state, lastQualityIssues: qualityIssues });
  const nature = reading.kind === 'share' ? 'sampled' : 'exact';
  const isTrusted = qualityIssues.length === 0;
  // With a quality issue nothing counts, except a violation that the issue cannot have caused.
  if (!isTrusted && (!speaksAgainst(reading, criterion) || !failStandsUnder(qualityIssues, nature))) {
    return plainStep({ ...state, lastQualityIssues: qualityIssues });
  }
  const seen = { ...state, lastQualityIssues: isTrusted ? state.lastQualityIssues : qualityIssues };
  return reading.kind === 'share'
    ? takeShare(seen, reading, { sample, rules })
    : takeCount(seen, reading, { sample, criterion });
}

/** A step without a value, an alert or failed checks. */
function plainStep(state: PointState): PointStep {
  return { state, alertChange: null, sinceMs: null, value: null, failedChecks: [] };
}

function measuredIn(evidence: Evidence, criterion: Criterion): Reading | null {
  if (evidence.status !== 'collected') return null;
  const measurement = evidence.measurements.find(({ sli }) => sli === criterion.sli);
  return measurement === undefined ? null : readingOf(criterion, measurement);
}

function speaksAgainst(reading: Reading, { limit }: Criterion): boolean {
  if (reading.kind === 'share') return reading.parts.some(({ counts }) => counts.surely > 0);
  if (reading.kind === 'checks') return reading.checks.some(({ ok }) => !ok);
  return !holds(reading.count, limit);
}

function takeShare(
  state: PointState,
  { parts, beyondAlert, value, unit }: ShareReading,
  { sample, rules }: { readonly sample: Sampled; readonly rules: AlertRules | null },
): PointStep {
  const exposure = parts.reduce((most, { counts }) => Math.max(most, counts.exposure), 0);
  const sampleValue = value === null ? null : { id: state.id, value, unit, exposure };
  const taken = {
    ...state,
    parts: parts.map((part) => withPart(state.parts, part)),
    timeSeries: withValue(state.timeSeries, sampleValue, { ...sample, beyond: beyondAlert?.hits ?? null }),
  };
  const alerted = lookForAlert(taken, beyondAlert, { atMs: sample.atMs, rules });
  return { ...alerted, value: sampleValue, failedChecks: [] };
}

function withPart(known: readonly PartState[], { label, statistic, limit, counts, valuesMs }: PartReading): PartState {
  const before = known.find((part) => part.label === label);
  const sum = (key: keyof ShareCounts): number => (before?.counts[key] ?? 0) + counts[key];
  return {
    label,
    statistic,
    limit,
    counts: { surely: sum('surely'), perhaps: sum('perhaps'), exposure: sum('exposure') },
    sketch: addToSketch(before?.sketch ?? {}, valuesMs),
  };
}

function withValue(
  timeSeries: readonly CoursePoint[],
  sample: SampleValue | null,
  { at, atMs, beyond }: Pick<CoursePoint, 'at' | 'atMs' | 'beyond'>,
): readonly CoursePoint[] {
  if (sample === null) return timeSeries;
  const { value, unit, exposure } = sample;
  return withPoint(timeSeries, { at, atMs, value, unit, exposure, beyond });
}

/** One look of the alert rule: for a beginning while no alert is open, for the end while one is. */
function lookForAlert(
  state: PointState,
  seen: Counted | null,
  { atMs, rules }: { readonly atMs: number; readonly rules: AlertRules | null },
): Pick<PointStep, 'state' | 'alertChange' | 'sinceMs'> {
  if (rules === null || seen === null || state.detector === null) return { state, alertChange: null, sinceMs: null };
  const looked = { ...seen, at: atMs };
  if (state.recovery !== null) {
    const recovery = look(state.recovery, rules.recover, looked);
    if (!isRaised(recovery, rules.recover)) return { state: { ...state, recovery }, alertChange: null, sinceMs: null };
    // It starts again with what is left of the weight of its beginnings.
    const detector = { ...startDetector(rules.raise), begun: state.detector.begun };
    return { state: { ...state, recovery: null, detector }, alertChange: 'recovered', sinceMs: changedSince(recovery) };
  }
  const detector = look(state.detector, rules.raise, looked);
  if (!isRaised(detector, rules.raise)) return { state: { ...state, detector }, alertChange: null, sinceMs: null };
  const recovery = startDetector(rules.recover);
  return { state: { ...state, detector, recovery }, alertChange: 'raised', sinceMs: changedSince(detector) };
}

const MOST_SEEN = 5;

function takeCount(
  state: PointState,
  reading: Exclude<Reading, ShareReading>,
  { sample, criterion }: { readonly sample: Sampled; readonly criterion: Criterion },
): PointStep {
  if (reading.kind === 'checks') {
    const failed = reading.checks.filter(({ ok }) => !ok);
    const { made, failed: before, firstFailed } = state.checked ?? { made: 0, failed: 0, firstFailed: [] };
    const checked = {
      made: made + reading.checks.length,
      failed: before + failed.length,
      firstFailed: [...firstFailed, ...failed].slice(0, MOST_SEEN),
    };
    return { ...plainStep({ ...state, checked }), failedChecks: failed };
  }
  const sampleValue = { id: state.id, value: reading.count, unit: 'count' as const, exposure: reading.exposures };
  const counted = withCount(state.counted, reading, criterion);
  return {
    ...plainStep({
      ...state,
      counted,
      timeSeries: withValue(state.timeSeries, sampleValue, { ...sample, beyond: null }),
    }),
    value: sampleValue,
  };
}

function withCount(before: CountState | null, reading: CountReading, { limit }: Criterion): CountState {
  const { count, exposures, exposedTo, seen } = reading;
  const now = { count, exposures };
  if (before === null) return { ...now, exposedTo, worst: now, seen: seen.slice(0, MOST_SEEN) };
  const isWorse = limitsFromAbove(limit) ? count > before.worst.count : count < before.worst.count;
  return {
    count: before.count + count,
    exposures: before.exposures + exposures,
    exposedTo,
    worst: isWorse ? now : before.worst,
    seen: [...before.seen, ...seen].slice(0, MOST_SEEN),
  };
}

/** Takes in a sample for a rate, a count in a time. Null where the sample has nothing about it. */
export function takeRate(
  state: PointState,
  rate: WatchedRate,
  { sample, rules }: { readonly sample: Sampled; readonly rules: AlertRules },
): PointStep | null {
  const { evidence, atMs } = sample;
  if (evidence.probe !== rate.probe) return null;
  const qualityIssues = qualityIssuesAbout(rate.sli, evidence);
  const measured =
    evidence.status === 'collected' ? evidence.measurements.find(({ sli }) => sli === rate.sli) : undefined;
  if (measured?.kind !== 'occurrences') {
    return qualityIssues.length === 0 ? null : plainStep({ ...state, lastQualityIssues: qualityIssues });
  }
  // The exposure is in seconds. What a quality issue says may be missing makes a rate too low, never too high.
  const exposure = (measured.exposures * 1000) / rate.perMs;
  const value = exposure === 0 ? null : measured.count / exposure;
  const sampleValue =
    value === null ? null : { id: state.id, value, unit: 'count' as Unit, exposure: measured.exposures };
  const counted = {
    count: (state.counted?.count ?? 0) + measured.count,
    exposures: (state.counted?.exposures ?? 0) + measured.exposures,
    exposedTo: measured.exposedTo,
    worst: { count: 0, exposures: 0 },
    seen: [...measured.seen, ...(state.counted?.seen ?? [])].slice(0, MOST_SEEN),
  };
  const taken = {
    ...state,
    counted,
    timeSeries: withValue(state.timeSeries, sampleValue, { ...sample, beyond: measured.count }),
  };
  return {
    ...lookForAlert(taken, { hits: measured.count, exposure }, { atMs, rules }),
    value: sampleValue,
    failedChecks: [],
  };
}
