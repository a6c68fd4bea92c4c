import { describe, expect, it } from 'vitest';
import { displayWidth, fit, wrap } from './terminal-text.ts';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['差分', 4],
    ['🚦', 2],
    ['👩‍💻', 2],
    ['< 200 ms …', 10],
  ])('counts %j as %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('fit', () => {
  it.each([
    ['abc', 5, 'left', 'abc  '],
    ['abc', 5, 'right', '  abc'],
    ['abcdef', 5, 'left', 'abcd…'],
    ['差分差分', 5, 'left', '差分…'],
    ['差分差分', 4, 'left', '差… '],
  ] as const)('makes %j %d columns wide, %s', (text, width, align, fitted) => {
    expect(fit(text, width, align)).toBe(fitted);
  });
});

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a xxxxxxxx b', 5)).toEqual(['a', 'xxxxx', 'xxx b']);
  });

  it('has no line for no text', () => {
    expect(wrap('', 5)).toEqual([]);
  });
});
