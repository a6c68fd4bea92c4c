import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, lineCounter } from './count-lines.ts';
import { linePattern } from './line-pattern.ts';

const until = Date.parse('2026-11-24T15:10:00Z');
const stamp = (secondsBefore: number): string => new Date(until - secondsBefore * 1000).toISOString();

function counter(pattern = 'timeout|upstream.*error') {
  return lineCounter({
    window: { fromMs: until - 600_000, untilMs: until },
    patterns: [linePattern('p', pattern)],
    zoneMinutes: 0,
  });
}

function countsOf(text: string | Buffer, pattern?: string) {
  const one = counter(pattern);
  one.feed(Buffer.from(text));
  return one.end();
}

describe('counting lines', () => {
  it('counts those of the window by their own time, wherever they stand', () => {
    const lines = [700, 10, 601, 599, 0, 300].map((s) => `${stamp(s)} timeout`);
    expect(countsOf(lines.join('\n'))).toMatchObject({ lines: 6, inWindow: 4, matches: { p: { count: 4 } } });
  });

  it('takes what is dated up to a minute ahead for now, and no more', () => {
    expect(countsOf(`${stamp(-59)} x\n${stamp(-61)} x\n`)).toMatchObject({ lines: 2, inWindow: 1 });
  });

  it('gives lines without a time to the one before them, and says how many', () => {
    const text = `lost timeout\n${stamp(700)} a\n  timeout of old\n${stamp(5)} b\n  timeout in x.py\n`;
    expect(countsOf(text)).toMatchObject({
      lines: 5,
      inWindow: 2,
      inWindowWithoutTime: 1,
      withoutTime: 3,
      beforeFirstTime: 1,
      matches: { p: { count: 1, lines: ['  timeout in x.py'] } },
    });
  });

  it('does not let a pattern reach across lines', () => {
    expect(countsOf(`${stamp(1)} upstream\n${stamp(1)} error\n`)).toMatchObject({ matches: { p: { count: 0 } } });
    expect(countsOf(`${stamp(1)} upstream\n${stamp(1)} error\n`, '[^x]{40}')).toMatchObject({
      matches: { p: { count: 0 } },
    });
  });

  it('matches what is not ASCII, ignores case where asked, and takes Windows line ends', () => {
    expect(countsOf(`${stamp(1)} Größe\r\n`, 'Größe$')).toMatchObject({ matches: { p: { count: 1 } } });
    expect(countsOf(`${stamp(1)} PERF:Diff x LAZY-loaded`, '(?i)perf:diff.*lazy-loaded')).toMatchObject({
      matches: { p: { count: 1 } },
    });
  });

  it('reads a very long line up to its allowed length and says so', () => {
    const long = `${stamp(1)} timeout ${'x'.repeat(10 * LONGEST_LINE)} timeout`;
    const counts = countsOf(`${long}\n${stamp(1)} y\n${stamp(1)} ${'x'.repeat(2 * LONGEST_LINE)} timeout\n`);
    expect(counts).toMatchObject({ lines: 3, inWindow: 3, cut: 2, matches: { p: { count: 1 } } });
    expect(counts.matches['p']?.lines[0]).toHaveLength(LONGEST_LINE);
  });

  it('counts each minute by itself', () => {
    const { perMinute } = countsOf(`${stamp(61)} timeout\n${stamp(59)} x\n${stamp(58)} x\n`);
    expect([...perMinute]).toEqual([
      [until - 120_000, { 'log lines': 1, p: 1 }],
      [until - 60_000, { 'log lines': 2 }],
    ]);
  });

  it('counts nothing in nothing', () => {
    expect(countsOf('')).toMatchObject({ lines: 0, inWindow: 0, earliestMs: null, latestMs: null });
    expect(countsOf('\n\n')).toMatchObject({ lines: 0 });
  });

  it('comes to the same wherever the bytes are cut', () => {
    const text = Buffer.from(
      [
        `${stamp(700)} timeout`,
        `{"time":"${stamp(5)}","message":"upstream größer error"}`,
        '  no time, timeout',
        `${stamp(4)} x`.padEnd(3000, 'x'),
        '',
        `${stamp(3)} timeout`,
      ].join('\n'),
    );
    const whole = countsOf(text);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
        const one = counter();
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        for (const [index, from] of places.slice(0, -1).entries()) one.feed(text.subarray(from, places[index + 1]));
        expect(one.end()).toEqual(whole);
      }),
    );
  });
});
