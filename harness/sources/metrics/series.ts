/** Which series are meant, how they are called in messages and in PromQL, and what became of them between two readings. */
import { RE2JS } from 're2js';
import type { SeriesSelector } from './settings.ts';

export interface Labels {
  readonly [label: string]: string;
}

/** What one series counted. */
export interface SeriesRise {
  readonly labels: Labels;
  /** How much it rose, from zero after each reset as Prometheus takes it; NaN where it is no number. */
  readonly rise: number;
  /** How often it began anew: what it counted between the last reading and the reset is lost. */
  readonly resets: number;
  /** Why its rise is not all that was to be counted, or not of the time in question. */
  readonly gap: 'stale' | 'vanished' | 'unknown-start' | null;
}

/** Whether the values of the labels match, each as a whole; a label that is not there is empty, as in PromQL. */
export function matcherOf({ where }: SeriesSelector): (labels: Labels) => boolean {
  const patterns = Object.entries(where).map(([label, pattern]) => [label, RE2JS.compile(pattern)] as const);
  return (labels) => patterns.every(([label, pattern]) => pattern.matches(labels[label] ?? ''));
}

/** `name{endpoint=~".*\/diff"}`. */
export function promqlOf({ name, where }: SeriesSelector, only: Labels = {}): string {
  const matchers = [
    ...Object.entries(only).map(([label, value]) => `${label}=${JSON.stringify(value)}`),
    ...Object.entries(where).map(([label, pattern]) => `${label}=~${JSON.stringify(pattern)}`),
  ];
  return matchers.length === 0 ? name : `${name}{${matchers.join(',')}}`;
}

/** Several are a sum. */
export function wordsFor(selectors: readonly SeriesSelector[]): string {
  return selectors.map((one) => promqlOf(one)).join(' + ');
}

/** One name for the same labels in any order. */
export function identityOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a counter rose by over its values in the order of time: a fall is a new beginning at zero. */
export function riseOver(values: readonly number[]): { readonly rise: number; readonly resets: number } {
  let rise = 0;
  let resets = 0;
  for (const [index, value] of values.entries()) {
    if (index === 0) continue;
    const before = values[index - 1] ?? 0;
    const isReset = value < before;
    if (isReset) resets += 1;
    rise += isReset ? value : value - before;
  }
  return { rise, resets };
}
