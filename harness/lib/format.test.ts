import { describe, expect, it } from 'vitest';
import type { Unit } from '../model/units.ts';
import { formatDuration, formatInterval, formatLimit, formatValue, formatValueBeside } from './format.ts';

describe('formatValue', () => {
  it.each<[number, Unit, string]>([
    [0, 'ms', '0 ms'],
    [47.26, 'ms', '47.3 ms'],
    [99.96, 'ms', '100 ms'],
    [143.2, 'ms', '143 ms'],
    [-12.34, 'ms', '-12.3 ms'],
    [0, 'ratio', '0 %'],
    [0.0012, 'ratio', '0.12 %'],
    [0.0000347, 'ratio', '0.0035 %'],
    [0.034, 'ratio', '3.4 %'],
    [0.714, 'ratio', '71.4 %'],
    [0.99966, 'ratio', '99.966 %'],
    [1, 'ratio', '100 %'],
    [7, 'count', '7'],
    [12_000, 'count', '12000'],
    [812, 'bytes', '812 B'],
    [12_400, 'bytes', '12.4 kB'],
    [999_990, 'bytes', '1.0 MB'],
    [3_260_000, 'bytes', '3.3 MB'],
  ])('writes %d of unit %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});

describe('formatValueBeside', () => {
  it.each([
    [143.2, '143 ms'],
    [199.7, '199.7 ms'],
    [199.996, '199.996 ms'],
    [200, '200 ms'],
  ])('writes %d beside a limit of 200 ms as %s', (value, text) => {
    expect(formatValueBeside(value, { op: '<', value: 200, unit: 'ms' })).toBe(text);
  });

  it('never lets a percentage read as the limit it just misses', () => {
    expect(formatValueBeside(0.004996, { op: '<', value: 0.005, unit: 'ratio' })).toBe('0.4996 %');
  });
});

describe('formatLimit', () => {
  it.each([
    [{ op: '<', value: 200, unit: 'ms' }, '< 200 ms'],
    [{ op: '<', value: 0.005, unit: 'ratio' }, '< 0.5 %'],
    [{ op: '>', value: 0.6, unit: 'ratio' }, '> 60 %'],
    [{ op: '<=', value: 0, unit: 'count' }, '<= 0'],
    [{ op: '<', value: 250_000, unit: 'bytes' }, '< 250 kB'],
  ] as const)('writes %j as %s', (limit, text) => {
    expect(formatLimit(limit)).toBe(text);
  });
});

describe('formatInterval', () => {
  it.each<[readonly [number | null, number | null], Unit, string]>([
    [[139.8, 147.1], 'ms', '[139.8, 147.1] ms'],
    [[139.8, null], 'ms', '[139.8, …] ms'],
    [[null, null], 'ms', '[…, …] ms'],
    [[0, 0.00207], 'ratio', '[0, 0.21] %'],
    [[0.7104, 0.7431], 'ratio', '[71.0, 74.3] %'],
    [[980_000, 1_200_000], 'bytes', '[0.98, 1.20] MB'],
  ])('writes %j of unit %s as %s', (interval, unit, text) => {
    expect(formatInterval(interval, unit)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [850, '850 ms'],
    [12_340, '12.3 s'],
    [245_000, '4 min 05 s'],
    [7_200_000, '2 h 00 min'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});
