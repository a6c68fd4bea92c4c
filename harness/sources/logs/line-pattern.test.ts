import { describe, expect, it } from 'vitest';
import { linePattern } from './line-pattern.ts';
import { requiredLiterals } from './required-literals.ts';

describe('what every match contains', () => {
  it.each([
    ['timeout|upstream.*error', ['timeout', 'upstream'], false],
    ['cache_invalidated.*diff', ['cache_invalidated'], false],
    ['(?i)perf:diff.*lazy-loaded', ['lazy-loaded'], true],
    ['(?i)TIMED out', ['timed out'], true],
    ['a\\.b\\.c', ['a.b.c'], false],
    ['abcd*efg', ['abc'], false],
    ['^start of$', ['start of'], false],
    ['errors?', ['error'], false],
  ])('of %s is %j', (pattern, anyOf, ignoreCase) => {
    expect(requiredLiterals(pattern)).toEqual({ anyOf, ignoreCase });
  });

  it.each([
    '.*',
    '(timeout)?',
    'a|timeout',
    '[tT]imeout',
    '\\d+',
    'ab',
    '(?i)kkk',
    'größe.*ü',
    'x{0}abc',
    'a\\|bcd|e',
    'timeout\\\\|error',
  ])('of %s is not obvious', (pattern) => {
    expect(requiredLiterals(pattern)).toBeNull();
  });
});

describe('a pattern', () => {
  it('is matched in linear time', () => {
    const { matches } = linePattern('evil', '^(a+)+$');
    const started = performance.now();
    expect(matches(`${'a'.repeat(5000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('finds the next of several literals, and each again after it was passed', () => {
    const { next } = linePattern('timeouts', 'timeout|upstream.*error');
    const text = 'upstream … timeout … timeout';
    expect([0, 1, 12, 22].map((from) => next(text, from))).toEqual([0, 11, 21, -1]);
    expect(next('a timeout', 0)).toBe(2);
  });

  it('refuses what has no linear time', () => {
    expect(() => linePattern('x', '(?=a)b')).toThrow('unsupported Perl syntax');
    expect(() => linePattern('x', '(a)\\1')).toThrow('escape');
  });
});
