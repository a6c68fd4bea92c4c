/** Criteria and evidence → findings: the whole of judgement, without I/O, clock or randomness. */
import type { Criterion, ErrorBudget, Limit } from '../model/criterion.ts';
import type { Evidence, MachineNoise, Measurement, QualityIssue } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { worst } from '../model/outcome.ts';
import { type ErrorRates, type Errors, errorsFor, questionsOf, ratesOf } from './errors.ts';
import * as messages from './evidence-messages.ts';
import { findMeasurement } from './find-measurement.ts';
import { judgeChange } from './judge-change.ts';
import { judgeChecks } from './judge-checks.ts';
import { judgeDistribution } from './judge-distribution.ts';
import { judgeGrowth } from './judge-growth.ts';
import { judgeOccurrences } from './judge-occurrences.ts';
import { judgeRatio } from './judge-ratio.ts';
import { judgeTimings } from './judge-timings.ts';
import { headroom, type JudgedPart } from './judged-part.ts';
import { holds } from './limits.ts';
import { machineNoiseOf, qualityIssuesAboutMachine } from './machine-noise.ts';
import { qualityIssuesAbout, withQualityIssues } from './quality-issues.ts';
import { toFinding } from './to-finding.ts';

/**
 * One finding per criterion, in the order of the criteria, within an error budget for all of them. Throws when an SLI is
 * measured more than once: judgement does not choose which one counts.
 */
export function judge(criteria: readonly Criterion[], evidence: readonly Evidence[], budget: ErrorBudget): Finding[] {
  const noise = machineNoiseOf(evidence);
  const deciding = criteria.filter(sharesBudget);
  const questions = deciding.reduce((sum, criterion) => sum + questionsOf(criterion), 0);
  for (let failed = 0; ; ) {
    const rates = ratesOf(budget, questions - failed);
    const judged = criteria.map((criterion) => ({ criterion, ...partsOf(criterion, { evidence, noise, rates }) }));
    const now = judged
      .filter(({ criterion }) => sharesBudget(criterion))
      .reduce((sum, { parts }) => sum + failedOf(parts), 0);
    if (now === failed) return judged.map(({ criterion, parts, files }) => findingOf(criterion, parts, files));
    failed = now;
  }
}

/** Advisory criteria decide nothing, and a criterion with a stated confidence has its own errors. */
function sharesBudget({ severity, confidence }: Criterion): boolean {
  return severity === 'blocking' && confidence === undefined;
}

function failedOf(parts: readonly JudgedPart[]): number {
  return parts.filter(({ nature, outcome }) => nature === 'sampled' && outcome === 'fail').length;
}

interface Judged {
  readonly parts: readonly JudgedPart[];
  readonly files: readonly string[];
}

interface Circumstances {
  readonly evidence: readonly Evidence[];
  readonly noise: MachineNoise;
  readonly rates: ErrorRates;
}

function partsOf(criterion: Criterion, { evidence, noise, rates }: Circumstances): Judged {
  const found = findMeasurement(criterion.sli, evidence);
  if (found === null) return { parts: [unmeasured(criterion, evidence)], files: evidenceFiles(criterion, evidence) };
  const { measurement } = found;
  const qualityIssues = [
    ...qualityIssuesAbout(criterion.sli, found.evidence),
    ...qualityIssuesAboutMachine(measurement, noise, evidence),
  ];
  const question = { criterion, noise, errors: errorsFor(criterion, rates) };
  const parts = judgeMeasurement(question, measurement).map((part) => withQualityIssues(part, qualityIssues));
  return { parts, files: [fileOf(found.evidence)] };
}

interface JudgingQuestion {
  readonly criterion: Criterion;
  readonly noise: MachineNoise;
  readonly errors: Errors;
}

function judgeMeasurement(question: JudgingQuestion, measurement: Measurement): JudgedPart[] {
  const { criterion, errors } = question;
  const { statistic } = criterion;
  switch (statistic.kind) {
    case 'percentile':
      if (measurement.kind === 'timings') return judgeTimings({ ...question, percentile: statistic.p }, measurement);
      if (measurement.kind !== 'distribution' || asksForSingleTimings(criterion)) break;
      return [judgeDistribution({ ...question, percentile: statistic.p }, measurement)];
    case 'change': {
      if (statistic.unavailable !== undefined) return [baselineUnavailable(criterion, statistic.unavailable)];
      if (statistic.baseline === undefined) break;
      if (measurement.kind !== 'timings' && measurement.kind !== 'distribution') break;
      const part = judgeChange({ ...question, percentile: statistic.p, baseline: statistic.baseline }, measurement);
      if (part === null) break;
      return [part];
    }
    case 'ratio':
      if (measurement.kind !== 'ratio') break;
      return [judgeRatio(criterion, measurement, errors)];
    case 'count':
      if (measurement.kind !== 'occurrences') break;
      return [judgeOccurrences(criterion, measurement)];
    case 'all':
      if (measurement.kind !== 'checks') break;
      return [judgeChecks(criterion, measurement)];
    case 'growth':
      if (measurement.kind !== 'growth') break;
      return [judgeGrowth(criterion, measurement)];
  }
  return [wrongKind(criterion, measurement)];
}

/** Only single timings have groups and long tasks; a distribution must not pass without them. */
function asksForSingleTimings({ groups, longestTask }: Criterion): boolean {
  return groups.length > 0 || longestTask !== undefined;
}

function wrongKind(criterion: Criterion, measurement: Measurement): JudgedPart {
  return {
    ...undecidedPart(criterion),
    reason: 'wrong-kind-of-evidence',
    ...messages.wrongKind(criterion, measurement),
  };
}

function baselineUnavailable(criterion: Criterion, why: string): JudgedPart {
  return { ...undecidedPart(criterion), reason: 'baseline-unavailable', ...messages.baselineUnavailable(why) };
}

function unmeasured(criterion: Criterion, evidence: readonly Evidence[]): JudgedPart {
  const brought = evidence.filter(({ probe }) => probe === criterion.probe);
  const qualityIssues: readonly QualityIssue[] = brought.flatMap((one) => qualityIssuesAbout(criterion.sli, one));
  const explanation = messages.noEvidence(criterion, { probeRan: brought.length > 0, qualityIssues });
  return { ...undecidedPart(criterion), reason: 'no-evidence', ...explanation };
}

function undecidedPart({ limit }: Criterion) {
  return { label: 'evidence', nature: 'sampled', outcome: 'inconclusive', limit } as const;
}

function evidenceFiles({ probe }: Criterion, evidence: readonly Evidence[]): string[] {
  return evidence.filter((one) => one.probe === probe).map(fileOf);
}

function fileOf({ probe }: Evidence): string {
  return `evidence/${probe}.json`;
}

function findingOf(criterion: Criterion, parts: readonly JudgedPart[], evidence: readonly string[]): Finding {
  const worstPart = parts.reduce(worsePart);
  const message = parts.length === 1 ? worstPart.message : messages.ofSeveral(worstPart, parts);
  return toFinding(criterion, {
    parts,
    decisive: { ...worstPart, message },
    alerting: isBeyond(criterion.alert, criterion, parts),
    warning: isBeyond(criterion.warn, criterion, parts),
    evidence,
  });
}

/** The worse outcome; among equals the one with the least room to its limit. */
function worsePart(a: JudgedPart, b: JudgedPart): JudgedPart {
  if (a.outcome !== b.outcome) return worst(a.outcome, b.outcome) === a.outcome ? a : b;
  return headroom(a) <= headroom(b) ? a : b;
}

/** A threshold (`> 500 ms`) belongs to the criterion's own limit, not to that of long tasks. */
function isBeyond(threshold: Limit | undefined, { limit }: Criterion, parts: readonly JudgedPart[]): boolean {
  if (threshold === undefined) return false;
  return parts.some(
    (part) => part.limit === limit && part.observed !== undefined && holds(part.observed.value, threshold),
  );
}
