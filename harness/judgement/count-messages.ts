/** The sentences about counts and checks. */
import { formatDuration, formatLimit } from '../lib/format.ts';
import type { Limit } from '../model/criterion.ts';
import type { Check, Occurrences } from '../model/evidence.ts';
import { limitsFromAbove } from './limits.ts';
import { countOf, type Explanation, fewOf, moreOf } from './wording.ts';

export function countWithin(occurrences: Occurrences, limit: Limit): string {
  return `${countIn(occurrences)}, within the limit of ${formatLimit(limit)}.${seenOf(occurrences)}`;
}

export function countBeyond(occurrences: Occurrences, limit: Limit): string {
  return `${countIn(occurrences)}, beyond the limit of ${formatLimit(limit)}.${seenOf(occurrences)}`;
}

export function tooFewExposures(occurrences: Occurrences, needed: number): Explanation {
  const { exposures, exposedTo } = occurrences;
  return {
    message: `${countIn(occurrences)}: too few to judge by, at least ${needed} ${exposedTo} are needed.${seenOf(occurrences)}`,
    needs: `at least ${moreOf(needed - exposures, exposedTo)}`,
  };
}

export function windowTooShort(occurrences: Occurrences, limit: Limit): Explanation {
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

export function tooFewChecks(count: number, needed: number): Explanation {
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
