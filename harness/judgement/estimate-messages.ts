/** The sentences about percentiles, ratios and changes, and about what disturbed them. */
import { formatConfidence, formatInterval, formatLimit, formatValue, formatValueBeside } from '../lib/format.ts';
import type { BaselineRun } from '../model/baseline.ts';
import type { Limit } from '../model/criterion.ts';
import type { Loss, Ratio, UnclearCount } from '../model/evidence.ts';
import type { Estimate } from './judged-part.ts';
import { limitsFromAbove, type Side } from './limits.ts';
import { countOf, type Explanation, fewOf, moreOf } from './wording.ts';

/** An estimate and the words that open every sentence about it. */
export interface Stated {
  readonly lead: string;
  readonly estimate: Estimate;
  readonly limit: Limit;
}

interface QuantileLead {
  readonly percentile: number;
  readonly limit: Limit;
  readonly things: string;
  /** The value is only known to be at least this much. */
  readonly openEnded: boolean;
}

export function quantileLead({ statistic, value, samples }: Estimate, about: QuantileLead): string {
  const amount = `${about.openEnded ? 'more than ' : ''}${formatValueBeside(value, about.limit)}`;
  const p = `p${about.percentile}`;
  return `${statistic} is ${amount} ${statistic === p ? 'over' : `at the ${p} of`} ${countOf(samples, about.things)}`;
}

export function ratioLead({ numerator, denominator, of }: Ratio, { value }: Estimate, limit: Limit): string {
  const share = formatValueBeside(value, limit);
  return `${countOf(numerator, of.numerator)} in ${countOf(denominator, of.denominator)} (${share})`;
}

export function unclearRatio(ratio: Ratio, unclear: UnclearCount, limit: Limit): Explanation {
  const share = (count: number) => formatValue(count / ratio.denominator, 'ratio');
  const shares = `${share(ratio.numerator)} to ${share(unclear.atMost)}`;
  return {
    message: `${fromTo(ratio, unclear)} (${shares}): not decidable from ${unclear.within}, which leave the limit of ${formatLimit(limit)} in between.`,
    needs: unclear.needs,
  };
}

export function withUnclearNoted(message: string, ratio: Ratio, unclear: UnclearCount): string {
  return `${message} It is ${fromTo(ratio, unclear)}; ${unclear.within} do not tell more, and either end decides the same.`;
}

function fromTo({ numerator, denominator, of }: Ratio, { atMost }: UnclearCount): string {
  return `${numerator} to ${countOf(atMost, of.numerator)} in ${countOf(denominator, of.denominator)}`;
}

export function withinLimit(stated: Stated): string {
  return `${intervalOf(stated)}, all of it within the limit of ${formatLimit(stated.limit)}.`;
}

export function beyondLimit(stated: Stated): string {
  return `${intervalOf(stated)}, all of it beyond the limit of ${formatLimit(stated.limit)}.`;
}

export function spansLimit(stated: Stated, more: number | null, things: string): Explanation {
  const needs =
    more === null
      ? `a result further from the limit; no reasonable number of further ${things} would decide this one`
      : `about ${moreOf(more, things)}, if they fall as these did`;
  return { message: acrossLimit(stated), needs };
}

export function ratioSpansLimit(stated: Stated, { of }: Ratio, more: number | null): Explanation {
  const clean = limitsFromAbove(stated.limit) ? `with no ${of.numerator} among them` : `all of them ${of.numerator}`;
  const needs =
    more === null ? `a result further from the limit` : `to pass, about ${moreOf(more, of.denominator)}, ${clean}`;
  return { message: acrossLimit(stated), needs };
}

export function tooClose(stated: Stated, alone: Exclude<Side, 'across'>, uncertaintyMs: number): Explanation {
  const exactness = formatValue(uncertaintyMs, 'ms');
  const limit = formatLimit(stated.limit);
  return {
    message: `${intervalOf(stated)}. The samples alone are ${alone} the limit of ${limit}, but the instrument is exact only to ${exactness}, and that reaches across it.`,
    needs: `a quieter machine, or a limit further than ${exactness} away from what the samples say`,
  };
}

export function withinNoiseFloor(stated: Stated, alone: Exclude<Side, 'across'>, noiseMs: number): Explanation {
  const apart = formatValue(noiseMs, 'ms');
  const limit = formatLimit(stated.limit);
  return {
    message: `${intervalOf(stated)}. The samples alone are ${alone} the limit of ${limit}, but on this machine two runs of the same thing may lie ${apart} apart, and that reaches across it.`,
    needs: `a quieter machine, or a limit further than ${apart} away from what the samples say`,
  };
}

interface ComparedLevels {
  readonly percentile: number;
  readonly now: Level;
  readonly before: Level;
  readonly baseline: readonly [BaselineRun, ...BaselineRun[]];
}

interface Level {
  readonly valueMs: number;
  readonly samples: number;
  readonly things: string;
}

export function changeLead({ value, unit }: Estimate, { percentile, now, before, baseline }: ComparedLevels): string {
  const from = `${formatValue(before.valueMs, 'ms')} (${countOf(before.samples, before.things)} of ${runsOf(baseline)})`;
  const to = `${formatValue(now.valueMs, 'ms')} (${countOf(now.samples, now.things)})`;
  return `p${percentile} went from ${from} to ${to}, a change of ${formatValue(value, unit)}`;
}

function runsOf([first, ...others]: ComparedLevels['baseline']): string {
  if (others.length > 0) return `${others.length + 1} nightly runs, the newest ${first.id}`;
  return `${first.id}, release ${first.release}, accepted by ${first.accepted.by} on ${first.accepted.at.slice(0, 10)}`;
}

export function changeSpansLimit(stated: Stated): Explanation {
  return { message: acrossLimit(stated), needs: 'more samples, or a baseline that has more' };
}

/** Adds whether it became faster or slower where the interval shows it; that matters within the limit as well. */
export function withDirectionNoted(message: string, [lower, upper]: readonly [number | null, number | null]): string {
  if (upper !== null && upper < 0) return `${message} It is faster than the baseline.`;
  return lower !== null && lower > 0 ? `${message} It is slower than the baseline.` : message;
}

interface Disturbances {
  /** CPU time stolen by the hypervisor, of each sample that lost some. */
  readonly stolenMs: readonly number[];
  /** By what factor fixed work was slower than usual beside a sample or load, where it was slower. */
  readonly slowdowns: readonly number[];
  /** What the work was timed beside, in words. */
  readonly things: string;
}

export function machineDisturbed(asMeasured: string, { stolenMs, slowdowns, things }: Disturbances): Explanation {
  const stolen = `the hypervisor kept the machine from running during ${countOf(stolenMs.length, things)}, for up to ${formatValue(Math.max(...stolenMs), 'ms')}`;
  const slowed = `beside ${countOf(slowdowns.length, things)} the machine was up to ${Math.max(...slowdowns).toFixed(1)} times as slow as when it was calibrated`;
  const what = [...(stolenMs.length > 0 ? [stolen] : []), ...(slowdowns.length > 0 ? [slowed] : [])].join(', and ');
  return {
    message: `${asMeasured} But ${what}: without that it could be otherwise.`,
    needs: 'a quieter machine',
  };
}

interface Shortage {
  readonly lead: string;
  readonly more: number;
  readonly needed: number;
  readonly things: string;
}

export function tooFew({ lead, more, needed, things }: Shortage): Explanation {
  return {
    message: `${lead}: too few to judge by, at least ${needed} ${things} are needed.`,
    needs: `at least ${moreOf(more, things)}`,
  };
}

export function nothingMeasured(needed: number, things: string): Explanation {
  return {
    message: `Not one of the ${needed} ${things} needed was measured.`,
    needs: `at least ${needed} ${things}`,
  };
}

export function groupMissing(group: string): Explanation {
  return {
    message: `Nothing was measured for ${group}, which must be there.`,
    needs: `samples of ${group}`,
  };
}

/** `value` is the percentile at which the run would just have failed. */
export function detectsQuantile(statistic: string, value: number, limit: Limit): string {
  const side = limitsFromAbove(limit) ? 'above' : 'below';
  return `a ${statistic} ${side} ${formatValueBeside(value, limit)} would have failed`;
}

export function detectsRatio({ denominator, of }: Ratio, violation: number): string {
  const share = formatValue(violation / denominator, 'ratio');
  return `${countOf(violation, of.numerator)} in ${countOf(denominator, of.denominator)} (${share}) would have failed`;
}

function acrossLimit(stated: Stated): string {
  return `${intervalOf(stated)}, which reaches across the limit of ${formatLimit(stated.limit)}: it could be either.`;
}

function intervalOf({ lead, estimate }: Stated): string {
  return `${lead}; with ${formatConfidence(estimate.confidence)} confidence it is in ${formatInterval(estimate.interval, estimate.unit)}`;
}

// -------------------------------------------------------------------- circumstances of timings

interface Circumstances {
  readonly waitedMs: readonly number[];
  readonly suspects: readonly string[];
}

export function withCircumstances(message: string, { waitedMs, suspects }: Circumstances): string {
  const overdue = `${waitedMs.length} of these never appeared, though waited for ${formatValue(Math.min(...waitedMs), 'ms')} at least, and count as longer.`;
  const disturbed = `Possibly disturbed and counted all the same: ${countOf(suspects.length, 'samples')} (${fewOf([...new Set(suspects)])}).`;
  return [message, ...(waitedMs.length > 0 ? [overdue] : []), ...(suspects.length > 0 ? [disturbed] : [])].join(' ');
}

interface Lost {
  readonly lost: readonly Loss[];
  readonly attempts: number;
}

export function withLossesNoted(message: string, losses: Lost): string {
  return `${message} ${lossesOf(losses)}`;
}

export function tooManyLost(message: string, losses: Lost): Explanation {
  return {
    message: `${lossesOf(losses)} That is too many to rely on the rest: ${message}`,
    needs: 'a run in which nine of ten attempts give a sample',
  };
}

function lossesOf({ lost, attempts }: Lost): string {
  const reasons = [...new Set(lost.map(({ reason, message }) => `${reason}: ${message}`))];
  return `${lost.length} of ${attempts} attempts gave no sample (${fewOf(reasons)}).`;
}

export function withTimeoutsNoted(message: string, timeouts: number): string {
  return timeouts === 0 ? message : `${message} ${timeouts} of them timed out and count with the time waited.`;
}

interface Dependence {
  readonly count: number;
  readonly effect: number;
}

/** Only where it changes something that a reader would notice. */
export function withDependenceNoted(message: string, { count, effect }: Dependence): string {
  const worth = Math.floor(count / effect);
  if (effect < 1.1) return message;
  return `${message} Neighbours in time resembled each other, so that ${count} say no more than ${worth} independent ones.`;
}
