/** Quantities as people write them in a configuration: `< 500 ms`, `< 0.5 %`, `30s`. Strict: a unit or an error. */

import type { Limit } from '../model/criterion.ts';
import type { Comparison, Unit } from '../model/units.ts';

const limitPattern = /^(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*(ms|s|%|bytes|kB|MB)?$/;
const durationPattern = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/;
const durationFactors: { readonly [unit: string]: number } = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const limitUnits: { readonly [unit: string]: { readonly unit: Unit; readonly factor: number } } = {
  ms: { unit: 'ms', factor: 1 },
  s: { unit: 'ms', factor: 1000 },
  '%': { unit: 'ratio', factor: 0.01 },
  bytes: { unit: 'bytes', factor: 1 },
  kB: { unit: 'bytes', factor: 1000 },
  MB: { unit: 'bytes', factor: 1_000_000 },
};

/** `< 500 ms` → `{ op: '<', value: 500, unit: 'ms' }`; without a unit a count. Null when it is not a limit. */
export function parseLimit(text: string): Limit | null {
  const match = limitPattern.exec(text.trim());
  if (match === null) return null;
  const [, op, number, unitName] = match;
  const { unit, factor } = limitUnits[unitName ?? ''] ?? { unit: 'count' as const, factor: 1 };
  // Through 12 significant digits: 0.5 % must be 0.005, not 0.0050000000000000001.
  return { op: op as Comparison, value: Number((Number(number) * factor).toPrecision(12)), unit };
}

/** `30s`, `500ms`, `2h`, `10min` → milliseconds. Null when it is not a duration. */
export function parseDurationMs(text: string): number | null {
  const match = durationPattern.exec(text.trim());
  if (match === null) return null;
  return Number(match[1]) * (durationFactors[match[2] ?? ''] ?? Number.NaN);
}

/** The same for a text that was checked before; throws where it was not. */
export function durationMs(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === null) throw new Error(`a checked duration does not parse: ${text}`);
  return ms;
}
