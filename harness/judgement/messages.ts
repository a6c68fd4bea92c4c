/** Every sentence judgement says. The codes that go with them are given where the decision is made. */
import {
  formatConfidence,
  formatDuration,
  formatInterval,
  formatLimit,
  formatValue,
  formatValueBeside,
} from '../lib/format.ts';
import type { BaselineRun } from '../model/baseline.ts';
import type { Criterion, Limit } from '../model/criterion.ts';
import type {
  Check,
  Loss,
  Measurement,
  Occurrences,
  QualityIssue,
  QualityIssueCode,
  Ratio,
  UnclearCount,
} from '../model/evidence.ts';
import type { Estimate, JudgedPart } from './judged-part.ts';
import { limitsFromAbove, type Side } from './limits.ts';

/** What is said of an inconclusive part: why, and what would decide it. */
export interface Told {
  readonly message: string;
  readonly needs: string;
}

/** An estimate and the words that open every sentence about it. */
export interface Stated {
  readonly lead: string;
  readonly estimate: Estimate;
  readonly limit: Limit;
}

// ------------------------------------------------------------------------------------ estimates

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

export function unclearRatio(ratio: Ratio, unclear: UnclearCount, limit: Limit): Told {
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

export function spansLimit(stated: Stated, more: number | null, things: string): Told {
  const needs =
    more === null
      ? `a result further from the limit; no reasonable number of further ${things} would decide this one`
      : `about ${moreOf(more, things)}, if they fall as these did`;
  return { message: acrossLimit(stated), needs };
}

export function ratioSpansLimit(stated: Stated, { of }: Ratio, more: number | null): Told {
  const clean = limitsFromAbove(stated.limit) ? `with no ${of.numerator} among them` : `all of them ${of.numerator}`;
  const needs =
    more === null ? `a result further from the limit` : `to pass, about ${moreOf(more, of.denominator)}, ${clean}`;
  return { message: acrossLimit(stated), needs };
}

export function tooClose(stated: Stated, alone: Exclude<Side, 'across'>, uncertaintyMs: number): Told {
  const exactness = formatValue(uncertaintyMs, 'ms');
  const limit = formatLimit(stated.limit);
  return {
    message: `${intervalOf(stated)}. The samples alone are ${alone} the limit of ${limit}, but the instrument is exact only to ${exactness}, and that reaches across it.`,
    needs: `a quieter machine, or a limit further than ${exactness} away from what the samples say`,
  };
}

export function withinNoiseFloor(stated: Stated, alone: Exclude<Side, 'across'>, noiseMs: number): Told {
  const apart = formatValue(noiseMs, 'ms');
  const limit = formatLimit(stated.limit);
  return {
    message: `${intervalOf(stated)}. The samples alone are ${alone} the limit of ${limit}, but on this machine two runs of the same thing may lie ${apart} apart, and that reaches across it.`,
    needs: `a quieter machine, or a limit further than ${apart} away from what the samples say`,
  };
}

interface ChangeTold {
  readonly percentile: number;
  readonly now: PercentileTold;
  readonly before: PercentileTold;
  readonly baseline: readonly [BaselineRun, ...BaselineRun[]];
}

interface PercentileTold {
  readonly valueMs: number;
  readonly samples: number;
  readonly things: string;
}

export function changeLead({ value, unit }: Estimate, { percentile, now, before, baseline }: ChangeTold): string {
  const from = `${formatValue(before.valueMs, 'ms')} (${countOf(before.samples, before.things)} of ${runsOf(baseline)})`;
  const to = `${formatValue(now.valueMs, 'ms')} (${countOf(now.samples, now.things)})`;
  return `p${percentile} went from ${from} to ${to}, a change of ${formatValue(value, unit)}`;
}

function runsOf([first, ...others]: ChangeTold['baseline']): string {
  if (others.length > 0) return `${others.length + 1} nightly runs, the newest ${first.id}`;
  return `${first.id}, release ${first.release}, accepted by ${first.accepted.by} on ${first.accepted.at.slice(0, 10)}`;
}

export function changeSpansLimit(stated: Stated): Told {
  return { message: acrossLimit(stated), needs: 'more samples, or a baseline that has more' };
}

/** Says whether it became faster or slower, where that is beyond doubt; within the limit that is worth knowing as well. */
export function withDirectionNoted(message: string, [lower, upper]: readonly [number | null, number | null]): string {
  if (upper !== null && upper < 0) return `${message} It is faster than the baseline.`;
  return lower !== null && lower > 0 ? `${message} It is slower than the baseline.` : message;
}

export function baselineUnavailable(why: string): Told {
  return { message: `What it is to be compared with is not known: ${why}.`, needs: 'a store that answers' };
}

interface Disturbances {
  /** What the hypervisor took from each sample that it took something from. */
  readonly stolenMs: readonly number[];
  /** How many times as long as usual fixed work took, beside each sample or load where it took longer. */
  readonly slowdowns: readonly number[];
  /** What the work was timed beside, in words. */
  readonly things: string;
}

export function machineDisturbed(asMeasured: string, { stolenMs, slowdowns, things }: Disturbances): Told {
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

export function tooFew({ lead, more, needed, things }: Shortage): Told {
  return {
    message: `${lead}: too few to judge by, at least ${needed} ${things} are needed.`,
    needs: `at least ${moreOf(more, things)}`,
  };
}

export function nothingMeasured(needed: number, things: string): Told {
  return {
    message: `Not one of the ${needed} ${things} needed was measured.`,
    needs: `at least ${needed} ${things}`,
  };
}

export function groupMissing(group: string): Told {
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

export function withLossesNoted(message: string, told: Lost): string {
  return `${message} ${lossesOf(told)}`;
}

export function tooManyLost(message: string, told: Lost): Told {
  return {
    message: `${lossesOf(told)} That is too many to rely on the rest: ${message}`,
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

/** Said where it changes something a reader would notice. */
export function withDependenceNoted(message: string, { count, effect }: Dependence): string {
  const worth = Math.floor(count / effect);
  if (effect < 1.1) return message;
  return `${message} Neighbours in time resembled each other, so that ${count} say no more than ${worth} independent ones.`;
}

// --------------------------------------------------------------------------- counts and checks

export function countWithin(occurrences: Occurrences, limit: Limit): string {
  return `${countIn(occurrences)}, within the limit of ${formatLimit(limit)}.${seenOf(occurrences)}`;
}

export function countBeyond(occurrences: Occurrences, limit: Limit): string {
  return `${countIn(occurrences)}, beyond the limit of ${formatLimit(limit)}.${seenOf(occurrences)}`;
}

export function tooFewExposures(occurrences: Occurrences, needed: number): Told {
  const { exposures, exposedTo } = occurrences;
  return {
    message: `${countIn(occurrences)}: too few to judge by, at least ${needed} ${exposedTo} are needed.${seenOf(occurrences)}`,
    needs: `at least ${moreOf(needed - exposures, exposedTo)}`,
  };
}

export function windowTooShort(occurrences: Occurrences, limit: Limit): Told {
  return {
    message: `${countIn(occurrences)}: too short to judge ${formatLimit(limit)} by.${seenOf(occurrences)}`,
    needs: 'the whole window: a longer run, or a log that goes further back',
  };
}

export function detectsCount({ exposures, exposedTo }: Occurrences, violation: number, limit: Limit): string {
  const visits = countOf(exposures, exposedTo);
  if (!limitsFromAbove(limit)) return `only ${violation} in ${visits} would have failed`;
  return `${violation === 1 ? 'a single occurrence' : `${violation} occurrences`} in ${visits} would have failed`;
}

export function allChecksHold(count: number): string {
  return count === 1 ? 'The one check holds.' : `All ${count} checks hold.`;
}

export function checksFailed(failed: readonly Check[], count: number): string {
  const named = failed.map(({ name, expected, actual }) => `${name}: expected ${expected}, found ${actual}`);
  return `${failed.length} of ${countOf(count, 'checks')} ${failed.length === 1 ? 'is' : 'are'} false. ${fewOf(named)}.`;
}

export function tooFewChecks(count: number, needed: number): Told {
  return {
    message: `${countOf(count, 'checks')} made, at least ${needed} needed: what was not looked at is not known to hold.`,
    needs: `at least ${moreOf(needed - count, 'checks')}`,
  };
}

export function detectsCheck(count: number): string {
  return count === 1
    ? 'the one check being false would have failed'
    : `a single false check of ${count} would have failed`;
}

function countIn({ count, exposures, exposedTo, window }: Occurrences): string {
  const often = count === 0 ? 'Not seen' : count === 1 ? 'Seen once' : `Seen ${count} times`;
  return `${often} in ${countOf(exposures, exposedTo)}${window === undefined ? '' : ` (${partOfWindow(window)})`}`;
}

function partOfWindow({ coveredMs, plannedMs }: Exclude<Occurrences['window'], undefined>): string {
  return `partial window: ${formatDuration(coveredMs)} of ${formatDuration(plannedMs)}`;
}

function seenOf({ seen }: Occurrences): string {
  return seen.length === 0 ? '' : ` Seen: ${fewOf(seen)}.`;
}

// ------------------------------------------------------------------------- evidence and doubts

interface Missing {
  readonly probeRan: boolean;
  readonly qualityIssues: readonly QualityIssue[];
}

export function noEvidence({ sli, probe }: Criterion, { probeRan, qualityIssues }: Missing): Told {
  const why = probeRan ? `the probe ${probe} did not bring it` : `the probe ${probe} brought no evidence at all`;
  if (qualityIssues.length > 0) {
    return { message: `${sli} was not measured: ${sentencesOf(qualityIssues)}`, needs: needsWithout(qualityIssues) };
  }
  return { message: `${sli} was not measured: ${why}.`, needs: `a run in which the probe ${probe} measures ${sli}` };
}

const kinds: { readonly [kind in Measurement['kind']]: string } = {
  timings: 'single timings',
  distribution: 'a distribution of timings',
  ratio: 'a ratio',
  occurrences: 'a count of occurrences',
  checks: 'checks',
  growth: 'a growth against a baseline',
};

const fitting: { readonly [kind in Criterion['statistic']['kind']]: string } = {
  percentile: 'timings, and single ones where it has groups or a limit on long tasks',
  change: 'timings that the baseline has as well, of the same kind',
  ratio: 'a ratio',
  count: 'a count of occurrences',
  all: 'checks',
  growth: 'a growth against a baseline',
};

export function wrongKind({ sli, statistic }: Criterion, { kind }: Measurement): Told {
  const wanted = fitting[statistic.kind];
  return {
    message: `The criterion does not fit what is measured: its statistic "${statistic.kind}" is for ${wanted}, but ${sli} is ${kinds[kind]}. This is a mistake in the configuration.`,
    needs: `a criterion whose statistic is for ${kinds[kind]}, or another SLI`,
  };
}

export function unreliable(message: string, qualityIssues: readonly QualityIssue[]): string {
  return `Not to be relied on: ${sentencesOf(qualityIssues)} What was measured all the same: ${message}`;
}

export function withQualityIssuesNoted(message: string, qualityIssues: readonly QualityIssue[]): string {
  return `${message} Note: ${sentencesOf(qualityIssues)}`;
}

const remedies: { readonly [code in QualityIssueCode]: string } = {
  'target-unreachable': 'a target that answers throughout the run',
  'probe-crashed': 'a probe that comes to its end',
  interrupted: 'a run that is not interrupted',
  'schedule-not-kept': 'a machine that keeps the load schedule, or a lower rate',
  'generator-saturated': 'a machine with more to spare for the load generator, or a lower rate',
  'machine-unknown': 'a calibration of this machine that comes to its end',
  'nothing-served': 'good answers: look at the address, the credentials and the target itself',
  'rate-limited': 'a rate that the target allows',
  'load-stopped': 'a target that bears the load until its end',
  'signal-absent': 'a target that offers the signal which the configuration names',
  'control-not-seen': 'a probe that sees what is planted for it',
  'counted-in-part': 'all of what is counted to come through',
  'scenario-crashed': 'a scenario that comes to its end on every visit',
  'command-not-runnable': 'the tools and the folders that the commands need',
  'command-timed-out': 'commands that end within their time limits',
  'no-baseline': 'a baseline of the same measurement',
  'request-ceiling': 'a profile whose bounds allow more requests, or asks for fewer',
  'out-of-time': 'a target that answers faster, or a profile whose bounds give more time',
  'scenario-stopped': 'a scenario whose steps are painted, so that it can visit as often as planned',
};

export function needsWithout(qualityIssues: readonly QualityIssue[]): string {
  return [...new Set(qualityIssues.map(({ code }) => remedies[code]))].join('; ');
}

export function ofSeveral(decisive: JudgedPart, parts: readonly JudgedPart[]): string {
  const { label, message, outcome: decided } = decisive;
  const sentence = message.startsWith(label) ? message : `${label}: ${message}`;
  if (decided === 'pass') return `All ${parts.length} parts hold. Nearest to its limit: ${sentence}`;
  const loadRecorder = (outcome: JudgedPart['outcome']) => parts.filter((part) => part.outcome === outcome).length;
  return `${sentence} Of ${parts.length} parts, ${loadRecorder('fail')} failed, ${loadRecorder('inconclusive')} undecided, ${loadRecorder('pass')} passed.`;
}

// ---------------------------------------------------------------------------------------- words

const fewest = 3;
const longestQuote = 160;

/** The first few of a list, each cut to a readable length, and how many more there are. */
export function fewOf(texts: readonly string[]): string {
  const shown = texts.slice(0, fewest).map(excerptOf).join('; ');
  return texts.length > fewest ? `${shown}; and ${texts.length - fewest} more` : shown;
}

function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > longestQuote ? `${line.slice(0, longestQuote).trimEnd()} …` : line;
}

function sentencesOf(qualityIssues: readonly QualityIssue[]): string {
  return qualityIssues.map(({ message }) => `${message.trim().replace(/\.$/, '')}.`).join(' ');
}

/** `1 sample`, `30 samples`. */
export function countOf(count: number, things: string): string {
  return `${count} ${count === 1 ? oneOf(things) : things}`;
}

export function moreOf(count: number, things: string): string {
  return `${count} more ${count === 1 ? oneOf(things) : things}`;
}

/** For plurals that only add an s, which those of the evidence do. */
function oneOf(things: string): string {
  return things.replace(/s$/, '');
}
