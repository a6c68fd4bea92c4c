import { describe, expect, it } from 'vitest';
import { parseDurationMs, parseLimit } from './quantities.ts';

describe('parseLimit', () => {
  it.each([
    ['< 500 ms', { op: '<', value: 500, unit: 'ms' }],
    ['<500ms', { op: '<', value: 500, unit: 'ms' }],
    ['< 1.5 s', { op: '<', value: 1500, unit: 'ms' }],
    ['< 0.5 %', { op: '<', value: 0.005, unit: 'ratio' }],
    ['> 60 %', { op: '>', value: 0.6, unit: 'ratio' }],
    ['<= 0', { op: '<=', value: 0, unit: 'count' }],
    ['< 250 kB', { op: '<', value: 250_000, unit: 'bytes' }],
  ])('reads %s', (text, limit) => {
    expect(parseLimit(text)).toEqual(limit);
  });

  it.each(['500 ms', '< 500 KB', '< five ms', '= 0', '< 5 percent', '', '< -1 ms'])('refuses "%s"', (text) => {
    expect(parseLimit(text)).toBeNull();
  });
});

describe('parseDurationMs', () => {
  it.each([
    ['30s', 30_000],
    ['500 ms', 500],
    ['10min', 600_000],
    ['2h', 7_200_000],
    ['0.5s', 500],
  ])('reads %s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['30', '30 seconds', 's', '-1s', ''])('refuses "%s": a duration without a unit is a guess', (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });
});
