/** The sentences of a comparison. */

import {
  formatChange,
  formatConfidence,
  formatGrowth,
  formatInterval,
  formatLimit,
  formatValue,
} from '../../lib/format.ts';
import type { ComparedChange, ComparedPart, ComparedValue } from '../../model/comparison.ts';
import type { Criterion, Limit } from '../../model/criterion.ts';
import type { Check, Measurement, Occurrences, Ratio } from '../../model/evidence.ts';
import { countOf, type Explanation } from '../wording.ts';
import type { DecidedChange } from './decide-change.ts';

// --------------------------------------------------------------------------------------- estimates

interface StatedChange {
  readonly before: ComparedValue;
  readonly after: ComparedValue;
  readonly change: ComparedChange;
  readonly negligible: number;
  readonly decided: DecidedChange;
}

export function ofChange(stated: StatedChange): string {
  const { before, after, change, decided } = stated;
  const values = `${before.statistic} went from ${shown(before)} to ${shown(after)}`;
  const { interval, confidence } = decided;
  const isBounded = interval[0] !== null || interval[1] !== null;
  const ends = isBounded ? `, ${formatInterval(interval, change.unit)} at ${formatConfidence(confidence)}` : '';
  return `${values}: ${formatChange(change.value, change.unit)}${shareOf(change)}${ends}. ${conclusionOf(stated)}`;
}

function conclusionOf({ change, negligible, decided }: StatedChange): string {
  const edge = formatValue(negligible, change.unit);
  const { outcome, worse, reason } = decided;
  if (outcome === 'different')
    return `That is ${worse === 'yes' ? 'worse' : 'better'}, by more than the negligible ${edge}.`;
  if (outcome === 'same') return `That is no more than the negligible ${edge}, either way.`;
  const atWorst = worse === 'no' ? ` It is worse by no more than the negligible ${edge}.` : '';
  if (reason === 'size-open') return `It changed; whether by more than the negligible ${edge} is open.${atWorst}`;
  if (reason === 'too-few-samples') return 'That is too little to tell by.';
  return `It may have become better or worse; negligible are ${edge}.${atWorst}`;
}

export function slowerBlocks(differences: readonly number[]): string {
  const slower = differences.filter((difference) => difference > 0).length;
  return `It took longer in ${slower} of ${countOf(differences.length, 'blocks')}.`;
}

export function noiseOf({ up, down }: { readonly up: number; readonly down: number }): string {
  return `The interval allows for the noise of the machine between two runs, ${formatValue(Math.max(up, down), 'ms')}.`;
}

/** Nothing where there are none. */
export function pairsLeftOut(reasons: readonly string[]): readonly string[] {
  const [first] = reasons;
  return first === undefined ? [] : [`Left out: ${countOf(reasons.length, 'blocks')} (${first}).`];
}

export function needsAtLeast(count: number, things: string): string {
  return `about ${countOf(count, things)} on either side`;
}

export function needsTooMuch(things: string): string {
  return `many times as many ${things}, or a change that is larger`;
}

// ------------------------------------------------------------------------------------ what was seen

interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly of: Ratio['of'];
}

export function equalShares({
  before,
  after,
  largest,
}: {
  readonly before: Share;
  readonly after: Share;
  readonly largest: number;
}): string {
  const share = ({ numerator, denominator, of }: Share) =>
    `${countOf(numerator, of.numerator)} in ${countOf(denominator, of.denominator)}`;
  return `${share(before)} before, ${share(after)} after. A change by more than ${formatValue(largest, 'ratio')} would most likely have shown.`;
}

interface BothCounts {
  readonly before: Occurrences;
  readonly after: Occurrences;
}

export function equalCounts({ before, after }: BothCounts): string {
  return `Seen ${before.count} in ${countOf(before.exposures, before.exposedTo)} before, and ${after.count} in ${countOf(after.exposures, after.exposedTo)} after.`;
}

export function countsSeen(both: BothCounts): string {
  const { before, after } = both;
  const [first] = after.count > before.count ? after.seen : before.seen;
  return `${equalCounts(both)}${first === undefined ? '' : ` For example: ${first}`}`;
}

export function tooFewExposures(both: BothCounts, needed: number): Explanation {
  const { exposedTo } = both.before;
  return {
    message: `${equalCounts(both)} That is too little to tell by.`,
    needs: `at least ${countOf(needed, exposedTo)} on either side`,
  };
}

export function enoughOrNot(both: BothCounts, limit: Limit): string {
  const wanted = formatLimit(limit);
  const [was, is] = [both.before, both.after].map(({ count }) => count);
  return `${was} before and ${is} after, where ${wanted} are wanted; what counts is whether there are as many.`;
}

/** The first few, with their number. */
const mostNamed = 3;

interface ChangedChecks {
  readonly broken: readonly string[];
  readonly fixed: readonly string[];
  readonly gone: readonly string[];
  readonly failing: readonly string[];
  readonly holding: number;
}

export function ofChecks({ broken, fixed, gone, failing, holding }: ChangedChecks): string {
  const parts = [
    listed('no longer true', broken),
    listed('true again', fixed),
    listed('not said any more', gone),
    listed('not true before and after', failing),
  ].filter((part) => part !== null);
  const same = `${countOf(holding, 'statements')} true before and after`;
  return `${[...parts, same].join('; ')}.`;
}

export function quotedCheck({ name, expected, actual }: Check): string {
  return `${name} (expected ${expected}, was ${actual})`;
}

export function needsTheSameChecks(): string {
  return 'the same statements on both sides';
}

interface Sizes {
  readonly before: ComparedValue;
  readonly after: ComparedValue;
  readonly of: string;
  readonly parts: readonly { readonly name: string; readonly byBytes: number }[];
}

export function ofSizes({ before, after, of, parts }: Sizes): string {
  const totals = `${of} went from ${shown(before)} to ${shown(after)} (${before.statistic})`;
  if (parts.length === 0) return `${totals}; each is as large as before.`;
  const named = parts.slice(0, mostNamed).map(({ name, byBytes }) => `${name} ${formatChange(byBytes, 'bytes')}`);
  const more = parts.length > mostNamed ? `, and ${parts.length - mostNamed} more` : '';
  return `${totals}: ${named.join(', ')}${more}.`;
}

// -------------------------------------------------------------------------------- what cannot be said

export function notMeasured(): Explanation {
  return { message: 'Neither side measured it.', needs: 'a comparison that measures it' };
}

export function unusable(why: string, pairs: number): Explanation {
  return {
    message:
      pairs === 1
        ? `It cannot be compared: ${why}.`
        : `Too many of ${countOf(pairs, 'blocks')} cannot be compared: ${why}.`,
    needs: 'measurements without this doubt on both sides',
  };
}

export function kindsDiffer(before: Measurement, after: Measurement): string {
  return `one side brought ${before.kind}, the other ${after.kind}`;
}

export function wrongKind({ statistic }: Criterion): Explanation {
  return {
    message: `What was measured is no material for "${statistic.kind}".`,
    needs: 'a probe that brings what the criterion asks for',
  };
}

export function noSamples(): Explanation {
  return { message: 'There is no sample on one side at least.', needs: 'samples on both sides' };
}

export function tooManyLost(side: 'before' | 'after'): Explanation {
  return {
    message: `Too many attempts gave no sample ${side === 'before' ? 'before' : 'after'}: those that did may be the lucky ones.`,
    needs: 'attempts that come to their end',
  };
}

export function ofSeveral({ label, message }: ComparedPart, parts: readonly ComparedPart[]): string {
  const count = (of: ComparedPart['outcome']) => parts.filter(({ outcome }) => outcome === of).length;
  const counts = (['different', 'undecided', 'same'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${outcome}`);
  return `${label}: ${message} Of ${parts.length} parts: ${counts.join(', ')}.`;
}

// --------------------------------------------------------------------------------------------- values

function shown({ value, unit }: ComparedValue): string {
  return formatValue(value, unit);
}

function shareOf({ ofBefore, unit }: ComparedChange): string {
  return ofBefore === null || unit === 'ratio' ? '' : ` (${formatGrowth(ofBefore)})`;
}

function listed(what: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : '';
  return `${names.length} ${what}: ${names.slice(0, mostNamed).join('; ')}${more}`;
}
