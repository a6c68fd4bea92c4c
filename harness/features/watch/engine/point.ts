/** What is known of one criterion so far, and what one sample more makes of it. Bounded, JSON-safe, pure. */

import { holds } from '../../../judgement/limits.ts';
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
import { addTo, type Sketch } from './value-sketch.ts';

export interface PointState {
  readonly id: string;
  readonly parts: readonly PartState[];
  readonly counted: CountState | null;
  readonly checked: CheckState | null;
  /** Null: nothing that can raise an alert. */
  readonly detector: Detector | null;
  /** Looks for the end of an alert; null while none stands. */
  readonly recovery: Detector | null;
  readonly course: readonly CoursePoint[];
  readonly lastQualityIssues: readonly QualityIssue[];
}

export interface PartState {
  readonly label: string;
  readonly statistic: string;
  readonly limit: Limit;
  readonly counts: ShareCounts;
  readonly sketch: Sketch;
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
    course: [],
    lastQualityIssues: [],
  };
}

/** What came of one sample for one point. */
export interface PointStep {
  readonly state: PointState;
  readonly turn: 'raised' | 'recovered' | null;
  /** The likeliest beginning, in ms of the watch, where an alert was raised. */
  readonly sinceMs: number | null;
  readonly value: SampleValue | null;
  readonly failedChecks: readonly Check[];
}

/** Takes a sample in for a criterion; null where it says nothing of it. */
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
    return qualityIssues.length === 0 ? null : untold({ ...state, lastQualityIssues: qualityIssues });
  const told = reading.kind === 'share' ? 'sampled' : 'exact';
  const isTrusted = qualityIssues.length === 0;
  // What may be the doubt's own work counts neither for nor against; what a doubt cannot have caused still speaks against.
  if (!isTrusted && (!speaksAgainst(reading, criterion) || !failStandsUnder(qualityIssues, told))) {
    return untold({ ...state, lastQualityIssues: qualityIssues });
  }
  const seen = { ...state, lastQualityIssues: isTrusted ? state.lastQualityIssues : qualityIssues };
  return reading.kind === 'share'
    ? takeShare(seen, reading, { sample, rules })
    : takeCount(seen, reading, { sample, criterion });
}

function untold(state: PointState): PointStep {
  return { state, turn: null, sinceMs: null, value: null, failedChecks: [] };
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
  const told = value === null ? null : { id: state.id, value, unit, exposure };
  const taken = {
    ...state,
    parts: parts.map((part) => withPart(state.parts, part)),
    course: withValue(state.course, told, { ...sample, beyond: beyondAlert?.hits ?? null }),
  };
  const alerted = takeLook(taken, beyondAlert, { atMs: sample.atMs, rules });
  return { ...alerted, value: told, failedChecks: [] };
}

function withPart(known: readonly PartState[], { label, statistic, limit, counts, valuesMs }: PartReading): PartState {
  const before = known.find((part) => part.label === label);
  const sum = (key: keyof ShareCounts): number => (before?.counts[key] ?? 0) + counts[key];
  return {
    label,
    statistic,
    limit,
    counts: { surely: sum('surely'), perhaps: sum('perhaps'), exposure: sum('exposure') },
    sketch: addTo(before?.sketch ?? {}, valuesMs),
  };
}

function withValue(
  course: readonly CoursePoint[],
  told: SampleValue | null,
  { at, atMs, beyond }: Pick<CoursePoint, 'at' | 'atMs' | 'beyond'>,
): readonly CoursePoint[] {
  if (told === null) return course;
  const { value, unit, exposure } = told;
  return withPoint(course, { at, atMs, value, unit, exposure, beyond });
}

/** One look of the alert's rule: at what is beyond its limit while none stands, and for its end while one does. */
function takeLook(
  state: PointState,
  seen: Counted | null,
  { atMs, rules }: { readonly atMs: number; readonly rules: AlertRules | null },
): Pick<PointStep, 'state' | 'turn' | 'sinceMs'> {
  if (rules === null || seen === null || state.detector === null) return { state, turn: null, sinceMs: null };
  const looked = { ...seen, at: atMs };
  if (state.recovery !== null) {
    const recovery = look(state.recovery, rules.recover, looked);
    if (!isRaised(recovery, rules.recover)) return { state: { ...state, recovery }, turn: null, sinceMs: null };
    // It begins anew with what is left of the weight of its beginnings.
    const detector = { ...startDetector(rules.raise), begun: state.detector.begun };
    return { state: { ...state, recovery: null, detector }, turn: 'recovered', sinceMs: changedSince(recovery) };
  }
  const detector = look(state.detector, rules.raise, looked);
  if (!isRaised(detector, rules.raise)) return { state: { ...state, detector }, turn: null, sinceMs: null };
  const recovery = startDetector(rules.recover);
  return { state: { ...state, detector, recovery }, turn: 'raised', sinceMs: changedSince(detector) };
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
    return { ...untold({ ...state, checked }), failedChecks: failed };
  }
  const told = { id: state.id, value: reading.count, unit: 'count' as const, exposure: reading.exposures };
  const counted = withCount(state.counted, reading, criterion);
  return {
    ...untold({ ...state, counted, course: withValue(state.course, told, { ...sample, beyond: null }) }),
    value: told,
  };
}

function withCount(before: CountState | null, reading: CountReading, { limit }: Criterion): CountState {
  const { count, exposures, exposedTo, seen } = reading;
  const now = { count, exposures };
  if (before === null) return { ...now, exposedTo, worst: now, seen: seen.slice(0, MOST_SEEN) };
  const isWorse = limit.op.startsWith('<') ? count > before.worst.count : count < before.worst.count;
  return {
    count: before.count + count,
    exposures: before.exposures + exposures,
    exposedTo,
    worst: isWorse ? now : before.worst,
    seen: [...before.seen, ...seen].slice(0, MOST_SEEN),
  };
}

/** Takes a sample in for a rate: so many in so much time. Null where it says nothing of it. */
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
    return qualityIssues.length === 0 ? null : untold({ ...state, lastQualityIssues: qualityIssues });
  }
  // Exposed are the seconds; what a doubt says may be missing makes a rate too low, never too high.
  const exposure = (measured.exposures * 1000) / rate.perMs;
  const value = exposure === 0 ? null : measured.count / exposure;
  const told = value === null ? null : { id: state.id, value, unit: 'count' as Unit, exposure: measured.exposures };
  const counted = {
    count: (state.counted?.count ?? 0) + measured.count,
    exposures: (state.counted?.exposures ?? 0) + measured.exposures,
    exposedTo: measured.exposedTo,
    worst: { count: 0, exposures: 0 },
    seen: [...measured.seen, ...(state.counted?.seen ?? [])].slice(0, MOST_SEEN),
  };
  const taken = { ...state, counted, course: withValue(state.course, told, { ...sample, beyond: measured.count }) };
  return { ...takeLook(taken, { hits: measured.count, exposure }, { atMs, rules }), value: told, failedChecks: [] };
}
