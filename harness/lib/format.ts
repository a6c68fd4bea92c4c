/** Numbers with their units, written the same way in every message, table and chart. */
import type { Limit } from '../model/criterion.ts';
import type { Unit } from '../model/units.ts';

/** The ends of an interval, `null` where the samples do not bound that side. */
export type IntervalEnds = readonly [number | null, number | null];

/**
 * A value in the unit a reader expects: `47.3 ms` and `143 ms`, `0.12 %`, `7`, `12.4 kB`.
 * Ratios come as 0 to 1; percentages keep two significant digits, counted from the nearer of 0 and 100 %.
 */
export function formatValue(value: number, unit: Unit): string {
  return withUnit(digits(value, unit, 0), value, unit);
}

/** By how much a value changed: `+24.1 ms`, `-3`; a share by points of a percent: `+1.2 % points`. */
export function formatChange(value: number, unit: Unit): string {
  return `${value > 0 ? '+' : ''}${formatValue(value, unit)}${unit === 'ratio' ? ' points' : ''}`;
}

/** By what share of itself a value changed: `+10.4 %`. */
export function formatGrowth(ofBefore: number): string {
  return `${ofBefore > 0 ? '+' : ''}${(ofBefore * 100).toFixed(1)} %`;
}

/** As `formatValue`, with as many further digits as it takes not to read as the limit when it is not the limit. */
export function formatValueBeside(value: number, limit: Limit): string {
  const limitText = formatNumberOf(limit.value, limit.unit);
  for (let further = 0; further < 4; further += 1) {
    const text = digits(value, limit.unit, further);
    if (value === limit.value || Number(text) !== Number(limitText)) return withUnit(text, value, limit.unit);
  }
  return withUnit(limitText, value, limit.unit);
}

/** What is allowed: `< 200 ms`, `> 60 %`, `<= 0`. */
export function formatLimit(limit: Limit): string {
  return `${limit.op} ${withUnit(formatNumberOf(limit.value, limit.unit), limit.value, limit.unit)}`;
}

/** `95 %`, `98.9 %`, `99.93 %`: with the digits it takes not to read as certainty. */
export function formatConfidence(confidence: number): string {
  const percent = confidence * 100;
  const digits = percent > 99.9 && percent < 100 ? Math.ceil(-Math.log10(100 - percent)) : 1;
  return `${Number(percent.toFixed(digits))} %`;
}

/** Both ends in one unit, one digit finer than a single value: `[139.8, 147.1] ms`; an open end is `…`. */
export function formatInterval(interval: IntervalEnds, unit: Unit): string {
  const scale = Math.max(...interval.map((end) => Math.abs(end ?? 0)));
  const ends = interval.map((end) => (end === null ? '…' : endDigits(end, unit, scale)));
  return withUnit(`[${ends.join(', ')}]`, scale, unit);
}

/** How long something took, for people: `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 00 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor((seconds % 3600) / 60))} min`;
}

/** An instant as people write it: `2026-11-23 14:15 UTC`. */
export function instantText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

function withUnit(number: string, scale: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${number} ms`;
    case 'ratio':
      return `${number} %`;
    case 'count':
      return number;
    case 'bytes':
      return `${number} ${byteScale(scale).name}`;
  }
}

/** The number of a value in its printed unit, `further` digits finer than usual. */
function digits(value: number, unit: Unit, further: number): string {
  if (value === 0) return '0';
  switch (unit) {
    case 'ms':
      return value.toFixed((Math.abs(value) < 99.95 ? 1 : 0) + further);
    case 'ratio':
      return percentDigits(value, further);
    case 'count':
      return Number.isInteger(value) ? String(value) : value.toFixed(1 + further);
    case 'bytes':
      return byteDigits(value, byteScale(value), further);
  }
}

function percentDigits(ratio: number, further: number): string {
  const percent = ratio * 100;
  const fromNearerEnd = Number(Math.min(Math.abs(percent), Math.abs(100 - percent)).toPrecision(6));
  if (fromNearerEnd < 1e-9) return String(Math.round(percent));
  const decimals = Math.max(1, 1 - Math.floor(Math.log10(fromNearerEnd)));
  return percent.toFixed(Math.min(decimals + further, 8));
}

function byteDigits(value: number, scale: ByteScale, further: number): string {
  const scaled = value / scale.bytes;
  const usual = scale.bytes === 1 || Math.abs(scaled) >= 99.95 ? 0 : 1;
  return scaled.toFixed(usual + further);
}

/** A stated number, such as a limit: exactly what was stated, no digits added. */
function formatNumberOf(value: number, unit: Unit): string {
  const stated = unit === 'ratio' ? value * 100 : unit === 'bytes' ? value / byteScale(value).bytes : value;
  return String(Number(stated.toPrecision(12)));
}

function endDigits(end: number, unit: Unit, scale: number): string {
  if (end === 0) return '0';
  switch (unit) {
    case 'ms':
      return end.toFixed(1);
    case 'ratio':
      return percentDigits(end, 0);
    case 'count':
      return digits(end, unit, 0);
    case 'bytes':
      return byteDigits(end, byteScale(scale), 1);
  }
}

interface ByteScale {
  readonly bytes: number;
  readonly name: string;
}

/** Decimal multiples, as networks and browsers count: 1 kB is 1000 bytes. */
function byteScale(value: number): ByteScale {
  const size = Math.abs(value);
  if (size < 1000) return { bytes: 1, name: 'B' };
  return size < 999_950 ? { bytes: 1000, name: 'kB' } : { bytes: 1_000_000, name: 'MB' };
}
