/**
 * What this machine adds to timings, from its A/A calibration: the same thing was done twice, so whatever differs is noise.
 *
 * The noise floor is the largest difference that the two are compatible with. For browser timings, which are few, it is the
 * farther end of the 95 % interval of their shift (Hodges–Lehmann), as a share of their median, because slower things vary
 * more. For loads, which are many, it is the farthest apart that their p95s may lie, each with an interval that assumes
 * nothing about the distribution, both of them right with 95 % confidence (Bonferroni).
 */

import { percentile } from '../lib/percentile.ts';
import {
  calibration,
  type Distribution,
  type Evidence,
  type MachineNoise,
  type Measurement,
  type QualityIssue,
  type Timings,
} from '../model/evidence.ts';
import { shiftBetween } from './differences.ts';
import { bothSides } from './errors.ts';
import { observeHistogram } from './observations.ts';
import { quantileInterval } from './quantile-interval.ts';

const confidence = 0.95;
const loadsPercentile = 95;

/** All null where the evidence has no calibration. */
export function machineNoiseOf(evidence: readonly Evidence[]): MachineNoise {
  const machine = evidence.find(({ probe }) => probe === calibration.probe);
  if (machine?.status !== 'collected') {
    return { calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null };
  }
  const { measurements, startedAt } = machine;
  return {
    calibratedAt: startedAt,
    timingsRatio: timingsRatioOf(timingsNamed(calibration.click, measurements)),
    loadsMs: loadsFloorOf(calibration.loads.map((name) => distributionNamed(name, measurements))),
    referenceMs: middleOf(valuesOf(timingsNamed(calibration.referenceWork, measurements))),
  };
}

/** A quality issue where the machine's noise is not known for measurements of this kind. */
export function qualityIssuesAboutMachine(
  { kind }: Measurement,
  noise: MachineNoise,
  evidence: readonly Evidence[],
): readonly QualityIssue[] {
  const isKnown = kind === 'distribution' ? noise.loadsMs !== null : noise.timingsRatio !== null;
  if (isKnown || (kind !== 'timings' && kind !== 'distribution')) return [];
  const why = evidence.find(({ probe }) => probe === calibration.probe)?.qualityIssues ?? [];
  const because = why.length === 0 ? 'there is no calibration of it' : why.map(({ message }) => message).join('; ');
  return [{ code: 'machine-unknown', message: `how noisy this machine is was not measured: ${because}` }];
}

/** How many times as long as usual a fixed piece of work took, both before and after; 1 where it is not known. */
export function slowdownOf(
  { referenceMs }: { readonly referenceMs?: readonly [number, number] },
  { referenceMs: usualMs }: MachineNoise,
): number {
  if (referenceMs === undefined || usualMs === null) return 1;
  return Math.max(1, Math.min(...referenceMs) / usualMs);
}

/** Noise floors of a machine at rest, with some room. */
const quietTimingsRatio = 0.05;
const quietLoadsMs = 5;

/** By how much a percentile may have come out too long, and too short. */
export interface Noise {
  readonly tooLongMs: number;
  readonly tooShortMs: number;
}

/**
 * Other work on a machine makes everything slower and nothing faster: a noise floor beyond that of a machine at rest
 * weakens a fail, not a pass. Unknown noise is a quality issue of its own.
 */
export function noiseOfTimings({ timingsRatio }: MachineNoise, limitMs: number): Noise {
  const ratio = timingsRatio ?? 0;
  return { tooLongMs: ratio * limitMs, tooShortMs: Math.min(ratio, quietTimingsRatio) * limitMs };
}

/** The same of a load's percentile. */
export function noiseOfLoads({ loadsMs }: MachineNoise): Noise {
  const floorMs = loadsMs ?? 0;
  return { tooLongMs: floorMs, tooShortMs: Math.min(floorMs, quietLoadsMs) };
}

/** Whether a calibration ended well and found the machine quiet enough to be valid for the rest of the day. */
export function isQuiet(machine: Evidence): boolean {
  return machine.qualityIssues.length === 0 && isQuietNoise(machineNoiseOf([machine]));
}

/** Whether this is the noise of a machine at rest. */
export function isQuietNoise({ timingsRatio, loadsMs }: MachineNoise): boolean {
  return (timingsRatio ?? 0) <= quietTimingsRatio && (loadsMs ?? 0) <= quietLoadsMs;
}

function timingsRatioOf(clicks: Timings | null): number | null {
  const [before, after] = [valuesOf(clicks, 'A'), valuesOf(clicks, 'B')];
  const shift = shiftBetween({ before, after }, confidence);
  const usualMs = middleOf([...before, ...after]);
  // Stryker disable next-line ConditionalExpression: where there is a shift there is a median
  if (shift === null || usualMs === null) return null;
  return Math.max(...shift.interval.map(Math.abs)) / usualMs;
}

/** Null where there are too few to bound the percentiles on both sides. */
function loadsFloorOf([a, b]: readonly (Distribution | null)[]): number | null {
  if (a == null || b == null) return null;
  const [one, other] = [intervalOf(a), intervalOf(b)];
  if (one === null || other === null) return null;
  return Math.max(one[1] - other[0], other[1] - one[0]);
}

function intervalOf({ histogram, count }: Distribution): readonly [number, number] | null {
  if (count === 0) return null;
  const errors = bothSides(1 - (1 - confidence) / 2);
  const { interval } = quantileInterval(observeHistogram(histogram), { percentile: loadsPercentile, errors });
  const [lower, upper] = interval;
  // Stryker disable next-line ConditionalExpression: where a p95 has an upper end it has a lower one
  return lower === null || upper === null ? null : [lower, upper];
}

function valuesOf(timings: Timings | null, group?: string): number[] {
  // Stryker disable next-line ArrayDeclaration: what is no sample has no value either
  return (timings?.samples ?? []).filter((sample) => sample.group === group).map(({ valueMs }) => valueMs);
}

/** By nearest rank; null of nothing. */
function middleOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : percentile(values, 50);
}

function timingsNamed(sli: string, measurements: readonly Measurement[]): Timings | null {
  // Stryker disable next-line ConditionalExpression: what is of another kind has no samples
  return measurements.find((one): one is Timings => one.kind === 'timings' && one.sli === sli) ?? null;
}

function distributionNamed(sli: string, measurements: readonly Measurement[]): Distribution | null {
  return measurements.find((one): one is Distribution => one.kind === 'distribution' && one.sli === sli) ?? null;
}
