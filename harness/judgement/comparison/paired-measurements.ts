/** The measurements of a criterion, pair by pair, or why they cannot be compared. */
import type { ComparedReason } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Evidence, MachineNoise, Measurement, QualityIssue, QualityIssueCode } from '../../model/evidence.ts';
import { findMeasurement } from '../find-measurement.ts';
import { machineNoiseOf } from '../machine-noise.ts';
import { qualityIssuesAbout } from '../quality-issues.ts';
import * as messages from './messages.ts';

/** Two saved runs are one pair, measured apart; two live targets give one pair per block, measured in turn. */
export interface PairedEvidence {
  readonly design: 'apart' | 'in-turn';
  readonly pairs: readonly EvidencePair[];
}

export interface EvidencePair {
  readonly before: readonly Evidence[];
  readonly after: readonly Evidence[];
}

/** Measurements of one SLI on both sides, of the same kind. */
export interface MeasuredPair<M extends Measurement = Measurement> {
  readonly before: MeasuredSide<M>;
  readonly after: MeasuredSide<M>;
}

export interface MeasuredSide<M extends Measurement = Measurement> {
  readonly measurement: M;
  readonly noise: MachineNoise;
}

/** Why a criterion cannot be compared. */
export interface Refusal {
  readonly reason: ComparedReason;
  readonly message: string;
  readonly needs: string;
}

export interface PairedMeasurements {
  readonly pairs: readonly [MeasuredPair, ...MeasuredPair[]];
  /** Why pairs were left out, one entry each. */
  readonly leftOut: readonly string[];
}

/** With a larger share of pairs left out, the remaining ones may be the good ones. */
const toleratedShare = 0.25;

/** A failing target ended these early: that is a result, and no quality issue. */
const causedByTarget: ReadonlySet<QualityIssueCode> = new Set(['load-stopped', 'scenario-stopped']);

/** The pairs that can be compared. A pair whose probe was not to run, because it measures once, does not count. */
export function pairedMeasurements(criterion: Criterion, { pairs }: PairedEvidence): PairedMeasurements | Refusal {
  const tried = pairs.filter(({ before, after }) =>
    [...before, ...after].some(({ probe }) => probe === criterion.probe),
  );
  const all = tried.map((pair) => measuredPair(criterion, pair));
  const usable = all.filter((one): one is MeasuredPair => 'before' in one);
  const problems = all.filter((one): one is Problem => 'why' in one);
  const [first, ...others] = usable;
  if (first === undefined || problems.length > toleratedShare * all.length) return refusalOf(problems, all.length);
  return { pairs: [first, ...others], leftOut: problems.map(({ why }) => why) };
}

interface Problem {
  readonly reason: ComparedReason;
  readonly why: string;
}

function measuredPair(criterion: Criterion, pair: EvidencePair): MeasuredPair | Problem {
  const [before, after] = [measuredSide(criterion, pair.before), measuredSide(criterion, pair.after)];
  if ('why' in before) return { ...before, why: `before: ${before.why}` };
  if ('why' in after) return { ...after, why: `after: ${after.why}` };
  if (before.measurement.kind !== after.measurement.kind) {
    return { reason: 'wrong-kind-of-evidence', why: messages.kindsDiffer(before.measurement, after.measurement) };
  }
  return { before, after };
}

function measuredSide({ sli, probe }: Criterion, evidence: readonly Evidence[]): MeasuredSide | Problem {
  const found = findMeasurement(sli, evidence);
  if (found === null) {
    const qualityIssues = evidence.filter((one) => one.probe === probe).flatMap((one) => qualityIssuesAbout(sli, one));
    return {
      reason: 'no-evidence',
      why: qualityIssues.length === 0 ? 'it was not measured' : messagesOf(qualityIssues),
    };
  }
  const qualityIssues = qualityIssuesAbout(sli, found.evidence).filter(({ code }) => !causedByTarget.has(code));
  if (qualityIssues.length > 0) return { reason: 'evidence-doubted', why: messagesOf(qualityIssues) };
  return { measurement: found.measurement, noise: machineNoiseOf(evidence) };
}

function messagesOf(qualityIssues: readonly QualityIssue[]): string {
  return qualityIssues.map(({ message }) => message).join('; ');
}

function refusalOf([first]: readonly Problem[], pairs: number): Refusal {
  if (first === undefined) return { reason: 'no-evidence', ...messages.notMeasured() };
  return { reason: first.reason, ...messages.unusable(first.why, pairs) };
}
