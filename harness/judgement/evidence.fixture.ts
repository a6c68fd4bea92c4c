/** Small criteria and evidence for the tests of judgement: each builder takes what its test is about. */

import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { defined } from '../lib/defined.ts';
import type { BaselineRun } from '../model/baseline.ts';
import type { Criterion, ErrorBudget } from '../model/criterion.ts';
import {
  type Check,
  type Checks,
  type CollectedEvidence,
  calibration,
  type Distribution,
  type Evidence,
  type Growth,
  type GrowthPart,
  type Loss,
  type MachineNoise,
  type Measurement,
  type Occurrences,
  type QualityIssue,
  type QualityIssueCode,
  type Ratio,
  type Sizes,
  type TimingSample,
  type Timings,
  type UnavailableEvidence,
} from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { judge as judgeWithin } from './judge.ts';

/** What 95 % on two sides leave to each, for a single question. */
const budget: ErrorBudget = { falseGo: 0.025, falseNoGo: 0.025 };

/** On a machine without noise, where the evidence brings none of its own. */
export function judge(criteria: readonly Criterion[], evidence: readonly Evidence[]): Finding[] {
  return judgeWithin(criteria, onMachine(evidence), budget);
}

/** The same evidence, with that of a machine without noise unless it has a machine's already. */
export function onMachine(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.some(({ probe }) => probe === calibration.probe) ? evidence : [machineOf({}), ...evidence];
}

/** Same clicks and loads twice: by default the second as the first, and fixed work that takes 8 ms. */
export interface Calibrated {
  readonly clicksMs?: readonly [readonly number[], readonly number[]];
  readonly loads?: readonly [Distribution, Distribution];
  readonly workMs?: readonly number[];
}

export function machineOf({ clicksMs, loads, workMs = [8] }: Calibrated): CollectedEvidence {
  const same = Array.from({ length: 24 }, () => 100);
  const [first, second] = clicksMs ?? [same, same];
  const load = distributionOf([[1, 200]]);
  const [loadA, loadB] = loads ?? [load, load];
  const grouped = (group: string) => (valueMs: number) => sampleOf(valueMs, { group });
  return {
    ...evidenceOf([
      timingsOf([...first.map(grouped('A')), ...second.map(grouped('B'))], { sli: calibration.click }),
      timingsOf(
        workMs.map((valueMs) => sampleOf(valueMs)),
        { sli: calibration.referenceWork },
      ),
      { ...loadA, sli: calibration.loads[0] },
      { ...loadB, sli: calibration.loads[1] },
    ]),
    probe: calibration.probe,
  };
}

const at = '2026-11-23T14:15:00.000Z';
const named = { sli: 'the.sli', how: 'as the test says' };

export function criterionOf(given: Partial<Criterion>): Criterion {
  return {
    id: 'the.criterion',
    title: 'The criterion',
    scope: 'backend',
    severity: 'blocking',
    sli: 'the.sli',
    probe: 'the-probe',
    statistic: { kind: 'percentile', p: 75 },
    limit: { op: '<', value: 300, unit: 'ms' },
    minSamples: 5,
    groups: [],
    rationale: 'Because the test says so.',
    checklist: ['S1'],
    advice: 'Read the test.',
    ...given,
  };
}

export function evidenceOf(
  measurements: readonly Measurement[],
  qualityIssues: readonly QualityIssue[] = [],
): CollectedEvidence {
  const base = { probe: 'the-probe', startedAt: at, finishedAt: at, facts: {}, tools: {}, attachments: [] };
  return { ...base, status: 'collected', measurements, qualityIssues };
}

export function unavailableBecause(...qualityIssues: [QualityIssue, ...QualityIssue[]]): UnavailableEvidence {
  return { probe: 'the-probe', startedAt: at, finishedAt: at, status: 'unavailable', qualityIssues };
}

export function qualityIssueOf(code: QualityIssueCode, slis?: readonly string[]): QualityIssue {
  return { code, message: `What happened was ${code}`, ...defined({ slis }) };
}

export function sampleOf(valueMs: number, given: Partial<TimingSample> = {}): TimingSample {
  return { valueMs, at, longTasksMs: [], layoutShift: 0, requests: [], ...given };
}

export function timingsOf(samples: readonly TimingSample[], given: Partial<Timings> = {}): Timings {
  return { ...named, kind: 'timings', unit: 'ms', uncertaintyMs: 4, samples, losses: [], ...given };
}

/** `count` samples that all took the same time. */
export function equal(count: number, valueMs: number, given: Partial<TimingSample> = {}): TimingSample[] {
  return Array.from({ length: count }, () => sampleOf(valueMs, given));
}

export function lossesOf(count: number, reason: Loss['reason'], given: Partial<Loss> = {}): Loss[] {
  return Array.from({ length: count }, () => ({
    reason,
    waitedMs: 5000,
    message: 'the heading was gone',
    at,
    ...given,
  }));
}

/** Requests by how long they took: `[[143, 1700], [250, 100]]` are 1700 of 143 ms and 100 of 250 ms. */
export function distributionOf(
  counts: readonly (readonly [latencyMs: number, count: number])[],
  given: Partial<Distribution> = {},
): Distribution {
  const range = {
    lowestDiscernibleValue: 1,
    highestTrackableValue: 60_000_000,
    numberOfSignificantValueDigits: 3,
  } as const;
  const histogram = build(range);
  for (const [latencyMs, count] of counts) histogram.recordValueWithCount(latencyMs * 1000, count);
  return {
    ...named,
    kind: 'distribution',
    unit: 'ms',
    uncertaintyMs: 1,
    histogram: encodeIntoCompressedBase64(histogram),
    count: histogram.totalCount,
    timeouts: 0,
    slices: [],
    ...given,
  };
}

export function ratioOf(numerator: number, denominator: number): Ratio {
  const of = { numerator: 'failed answers', denominator: 'requests' };
  return { ...named, kind: 'ratio', unit: 'ratio', numerator, denominator, of };
}

export function hitsOf(hits: number, repeated: number): Ratio {
  return { ...ratioOf(hits, repeated), of: { numerator: 'hits', denominator: 'repeated requests' } };
}

export function occurrencesOf(count: number, exposures: number, seen: readonly string[] = []): Occurrences {
  return { ...named, kind: 'occurrences', unit: 'count', count, exposures, exposedTo: 'visits', seen };
}

/** Parts by name with their sizes before and after, `null` where they were not there: gzip is a third of raw. */
export function growthOf(parts: { readonly [name: string]: readonly [number | null, number | null] }): Growth {
  const sizes = (raw: number | null): Sizes | null => (raw === null ? null : { raw, gzip: raw / 3, brotli: raw / 4 });
  const all = Object.entries(parts).map(
    ([name, [before, after]]): GrowthPart => ({ name, before: sizes(before), after: sizes(after) }),
  );
  const count = all.filter(({ after }) => after !== null).length;
  const baseline = 'demo@1.0.0 of 2026-11-23';
  return { ...named, kind: 'growth', unit: 'bytes', of: 'scripts', judged: 'gzip', count, baseline, parts: all };
}

export function checksOf(...oks: readonly boolean[]): Checks {
  const checks = oks.map(
    (ok, index): Check => ({ name: `row ${index + 1}`, ok, expected: '3 additions', actual: ok ? '3 additions' : '5' }),
  );
  return { ...named, kind: 'checks', unit: 'count', checks };
}

export interface AcceptedShape {
  readonly id: string;
  readonly browser?: string;
  readonly measurements: readonly Measurement[];
  readonly noise?: Partial<MachineNoise>;
}

/** A run that somebody accepted, from a machine without noise. */
export function acceptedRun({ id, browser = 'Chromium 156', measurements, noise = {} }: AcceptedShape): BaselineRun {
  return {
    id,
    startedAt: at,
    release: 'r1',
    browser,
    gateSha256: '0'.repeat(64),
    accepted: { at: '2026-11-01T00:00:00.000Z', by: 'somebody', why: 'shipped' },
    machineNoise: { calibratedAt: at, timingsRatio: 0, loadsMs: 0, referenceMs: 8, ...noise },
    measurements,
  };
}
