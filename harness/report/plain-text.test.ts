import { describe, expect, it } from 'vitest';
import { oneLine, plainText } from './plain-text.ts';

describe('plainText', () => {
  it.each([
    ['colour codes', '\u001b[31mred\u001b[0m', 'red'],
    ['a window title', '\u001b]0;owned\u0007after', 'after'],
    ['a lone escape and other controls', 'a\u001b\u0000\u0008b', 'a b'],
    ['characters that turn the reading direction', 'exe.\u202Egnp', 'exe.gnp'],
    ['zero-width characters', 'pa\u200Bss', 'pass'],
    ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
    ['Windows line ends', 'a\r\nb', 'a\nb'],
  ])('takes out %s', (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('keeps text of other scripts and pictographs', () => {
    expect(plainText('差分が表示されない 🚦')).toBe('差分が表示されない 🚦');
  });

  it('cuts absurdly long text and says how long it was', () => {
    expect(plainText('x'.repeat(10_000), 5)).toBe('xxxxx… (10000 characters)');
  });

  it('never cuts a character in half', () => {
    expect(plainText('🚦🚦🚦', 3)).toBe('🚦… (6 characters)');
  });
});

describe('oneLine', () => {
  it('puts lines beside each other', () => {
    expect(oneLine(' a\n\n  b\tc ')).toBe('a b c');
  });
});
