/** The sentences of a watch. */
import { limitsFromAbove } from '../../../judgement/limits.ts';
import { formatDuration, formatInterval, formatLimit, formatValue, formatValueBeside } from '../../../lib/format.ts';
import type { Criterion, Limit } from '../../../model/criterion.ts';
import type { QualityIssue } from '../../../model/evidence.ts';
import type { Observed } from '../../../model/finding.ts';
import type { Alert, CoursePoint, Gap, SourceSum, WatchedRate } from '../model.ts';
import type { CheckState, CountState } from './point.ts';
import { badShareOf, limitOfAlert } from './reading.ts';

/** The time of day in UTC, as every other moment of a report. */
function clockText(at: string): string {
  return `${at.slice(11, 19)} UTC`;
}

interface Since {
  readonly since: string;
  /** From then on. */
  readonly points: readonly CoursePoint[];
}

export function beyondAlert(criterion: Criterion, alert: Limit, { since, points }: Since): string {
  const beyond = points.reduce((sum, point) => sum + (point.beyond ?? 0), 0);
  const exposure = points.reduce((sum, point) => sum + point.exposure, 0);
  const share = beyond / Math.max(1, exposure);
  const from = `since ${clockText(since)}`;
  if (criterion.statistic.kind !== 'percentile') {
    const value = limitOfAlert(alert).op === '<=' ? share : 1 - share;
    const counted = Math.round(value * exposure);
    return `it was ${formatValueBeside(value, alert)} ${from} (${counted} of ${exposure}); the alert limit is ${formatLimit(alert)}`;
  }
  const { p } = criterion.statistic;
  const allowed = formatValue(badShareOf(criterion, limitOfAlert(alert)), 'ratio');
  const values = points.slice(-3).map(({ value }) => formatValue(value, 'ms'));
  return `${beyond} of ${exposure} took longer than ${formatValue(alert.value, 'ms')} ${from} (${formatValue(share, 'ratio')}, at most ${allowed} may); the last samples' p${p}: ${values.join(', ')}`;
}

export function beyondRate({ alert, perMs }: WatchedRate, { since, points }: Since): string {
  const count = points.reduce((sum, point) => sum + (point.beyond ?? 0), 0);
  const lastedMs = points.reduce((sum, point) => sum + point.exposure * 1000, 0);
  const each = formatDuration(perMs);
  const rate = (count * perMs) / Math.max(1, lastedMs);
  return `${count} in ${formatDuration(lastedMs)} since ${clockText(since)}, ${rate.toFixed(1)} in ${each}; the alert limit is ${formatLimit(alert)} in ${each}`;
}

export function targetGone(why: string, since: string, lastedMs: number): string {
  return `the target has not answered for ${formatDuration(lastedMs)}, since ${clockText(since)}: ${why}`;
}

// ------------------------------------------------------------------------------------- findings

export interface Explanation {
  readonly message: string;
  readonly needs?: string;
}

export function withinAllAlong(observed: Observed, limit: Limit): Explanation {
  return { message: `${lead(observed, limit)}, within ${formatLimit(limit)} at every moment of the watch` };
}

export function beyondForCertain(observed: Observed, limit: Limit): Explanation {
  return { message: `${lead(observed, limit)}, not ${formatLimit(limit)}` };
}

export function openStill(observed: Observed, limit: Limit): Explanation {
  return {
    message: `${lead(observed, limit)}, too little to say whether it is ${formatLimit(limit)}`,
    needs: 'a longer watch, or more samples in it',
  };
}

export function tooLittle(observed: Observed, limit: Limit, needed: number): Explanation {
  return {
    message: `${lead(observed, limit)}: not enough exposure, ${needed} are asked for`,
    needs: `${needed - observed.samples} more, by a longer watch or more traffic`,
  };
}

export function nothingSeen(qualityIssues: readonly QualityIssue[]): Explanation {
  const [first] = qualityIssues;
  return {
    message: first === undefined ? 'nothing was seen of it: no exposure' : `nothing was seen of it: ${first.message}`,
    needs: 'samples that can be trusted, from a source that sees',
  };
}

export function alertedIn(message: string, times: readonly string[]): string {
  return `it was beyond its alert limit ${times.join(' and ')}; ${message}`;
}

export function alertSpan({ since, recoveredAt }: Alert): string {
  return `from ${clockText(since)} ${recoveredAt === null ? 'on, still' : `to ${clockText(recoveredAt)}`}`;
}

export function groupUnseen(group: string): Explanation {
  return { message: `nothing was seen of ${group}`, needs: `samples of ${group}` };
}

export function countSeen({ count, exposures, exposedTo, seen }: CountState, limit: Limit): string {
  const examples = count > 0 && seen.length > 0 && limitsFromAbove(limit) ? `: ${seen.join('; ')}` : '';
  return `${count} in ${exposures} ${exposedTo}, where each sample may have ${formatLimit(limit)}${examples}`;
}

/** A missing log line may mean that there was no use which would have written it. */
export function seldomLogged({ worst, exposedTo }: CountState, limit: Limit): Explanation {
  return {
    message: `${worst.count} in a window of ${worst.exposures} ${exposedTo}, where ${formatLimit(limit)} are expected in active use; how much use there was, the log does not tell`,
    needs: 'somebody who knows whether there was use',
  };
}

export function checksSeen({ made, failed, firstFailed }: CheckState): string {
  if (failed === 0) return `all ${made} checks held`;
  const first = firstFailed.map(({ name, expected, actual }) => `${name}: expected ${expected}, was ${actual}`);
  return `${failed} of ${made} checks failed: ${first.join('; ')}`;
}

function lead({ statistic, value, unit, interval, samples }: Observed, limit: Limit): string {
  // Open on both sides it says nothing.
  const isOpen = interval === undefined || (interval[0] === null && interval[1] === null);
  const ends = isOpen ? '' : ` ${formatInterval(interval, unit)}`;
  const share = `${formatValueBeside(value, limit)}${ends} of ${samples}`;
  return statistic === 'ratio' ? share : `${statistic} is ${formatValueBeside(value, limit)}${ends} over ${samples}`;
}

// ----------------------------------------------------------------------------------------- gaps

const gapWords: { readonly [why in Gap['why']]: string } = {
  asleep: 'the machine slept',
  'not-running': 'the watch was not running',
  'clock-set': 'the clock was set',
  late: 'the machine was too busy to sample',
  silent: 'the target did not answer',
  unseen: 'nothing came',
};

export function gapText(why: Gap['why'], lastedMs: number, about: string | null): string {
  if (why === 'clock-set') {
    const way = lastedMs < 0 ? 'back' : 'forward';
    return `the clock was set ${way} by ${formatDuration(Math.abs(lastedMs))}; intervals do not depend on it`;
  }
  return `${about === null ? '' : `${about}: `}${gapWords[why]} for ${formatDuration(lastedMs)}`;
}

export function unseenText({ name, everyMs, lastQualityIssue }: SourceSum, lastedMs: number): string {
  const why = lastQualityIssue ?? (everyMs === null ? null : `a sample was due every ${formatDuration(everyMs)}`);
  return `${gapText('unseen', lastedMs, name)}${why === null ? '' : ` (${why})`}`;
}
