/** The increments of several series as one count, or why there is none. */

import type { CountedSince } from './counting.ts';
import { promqlOf, type SeriesRise, wordsFor } from './series.ts';
import type { SeriesSelector } from './settings.ts';

/** What should tell is not there. */
export class BlindMetric extends Error {
  override readonly name = 'BlindMetric';
}

export interface Count {
  readonly count: number;
  readonly series: number;
  /** Why it may not be all; empty where it is. */
  readonly gaps: readonly string[];
}

/**
 * Whether a series must match. `none-is-none`: as with errors, where a series begins with the first of its kind, and
 * that there are none says something as long as its name and labels are known.
 */
export type Presence = 'must-match' | 'none-is-none';

const MOST_NAMED = 4;

/** Throws BlindMetric where a name is not there, no series matches that must, or a value is no number. */
export async function sumUp(
  since: CountedSince,
  selectors: readonly SeriesSelector[],
  presence: Presence,
): Promise<Count> {
  const counts: Count[] = [];
  for (const selector of selectors) counts.push(countOf(selector, await matching(since, selector, presence)));
  const total = (key: 'count' | 'series') => counts.reduce((sum, one) => sum + one[key], 0);
  return { count: total('count'), series: total('series'), gaps: counts.flatMap(({ gaps }) => gaps) };
}

/** Throws BlindMetric where there is none and should be. */
export async function matching(
  since: CountedSince,
  selector: SeriesSelector,
  presence: Presence,
): Promise<readonly SeriesRise[]> {
  const { name, where } = selector;
  const found = await since.rises(selector);
  if (found.length > 0) return found;
  const family = await since.rises({ name, where: {} });
  if (family.length === 0) throw new BlindMetric(`there is no ${name}`);
  const missing = Object.keys(where).filter((label) => family.every(({ labels }) => labels[label] === undefined));
  if (missing.length > 0) throw new BlindMetric(`no series of ${name} has the label ${missing.join(', ')}`);
  if (presence === 'none-is-none') return [];
  throw new BlindMetric(`no series is ${promqlOf(selector)}; there are ${labelsOf(family, Object.keys(where))}`);
}

function labelsOf(family: readonly SeriesRise[], names: readonly string[]): string {
  const all = [
    ...new Set(family.map(({ labels }) => names.map((name) => `${name}="${labels[name] ?? ''}"`).join(','))),
  ];
  const more = all.length > MOST_NAMED ? `, and ${all.length - MOST_NAMED} others` : '';
  return all.slice(0, MOST_NAMED).join('; ') + more;
}

/** Throws BlindMetric where a value is no number, or none is of the time in question. */
export function countOf(selector: SeriesSelector, rises: readonly SeriesRise[]): Count {
  const name = promqlOf(selector);
  const noNumber = rises.filter(({ rise }) => Number.isNaN(rise)).length;
  if (noNumber > 0)
    throw new BlindMetric(`${noNumber} of the ${rises.length} series of ${name} are not numbers (NaN, Inf)`);
  const stale = rises.filter(({ gap }) => gap === 'stale').length;
  if (stale > 0 && stale === rises.length)
    throw new BlindMetric(`no series of ${name} has a sample since the run ended`);
  return {
    count: Math.round(rises.reduce((sum, { rise }) => sum + rise, 0)),
    series: rises.length,
    gaps: gapsOf(name, rises),
  };
}

const gapWords: { readonly [gap in NonNullable<SeriesRise['gap']>]: string } = {
  stale: 'have no sample since the run ended',
  vanished: 'are gone',
  'unknown-start': 'were first seen in the middle, and nobody knows whether they began at zero',
};

function gapsOf(name: string, rises: readonly SeriesRise[]): string[] {
  const resets = rises.reduce((sum, one) => sum + one.resets, 0);
  const gaps = Object.entries(gapWords).flatMap(([gap, words]) => {
    const having = rises.filter((one) => one.gap === gap).length;
    return having === 0 ? [] : [`${having} of ${rises.length} series of ${name} ${words}`];
  });
  if (resets === 0) return gaps;
  return [
    ...gaps,
    `${name} began anew ${resets === 1 ? 'once' : `${resets} times`}: what was counted right before is lost`,
  ];
}

/** The names that a sum rests on. */
export function namesOf(selectors: readonly SeriesSelector[]): readonly string[] {
  return selectors.map(({ name }) => name);
}

/** Throws BlindMetric where nothing was counted: a counter that stands still while there is traffic tells nothing. */
export async function moving(since: CountedSince, selectors: readonly SeriesSelector[]): Promise<Count> {
  const count = await sumUp(since, selectors, 'must-match');
  if (count.count > 0) return count;
  throw new BlindMetric(`${wordsFor(selectors)} did not move over the whole run`);
}
