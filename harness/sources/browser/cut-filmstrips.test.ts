import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { cutFilms } from './cut-filmstrips.ts';
import { writeZip } from './zip.ts';

const beganAt = '2026-11-28T03:14:08.000Z';
const at = (ms: number) => Date.parse(beganAt) + ms;
const step = { sli: 'scope-switch.visible', valueMs: 80, beganAt, endedAt: new Date(at(200)).toISOString() };

/** A picture of one colour. */
function picture(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let pixel = 0; pixel < width * height; pixel += 1) data.set([red, green, blue], pixel * 4);
  return jpeg.encode({ width, height, data }, 90).data;
}

/** Of a screen, twice as wide as it is kept. */
const screen = picture(640, 360, [200, 40, 40]);

function traceOf(framesMs: readonly number[], content = screen): Buffer {
  const lines = framesMs.map((ms, index) =>
    JSON.stringify({ type: 'screencast-frame', file: `screencast/${index}.jpeg`, frameSwapWallTime: at(ms) }),
  );
  return writeZip([
    { name: 'trace.trace', content: Buffer.from(`{"type":"context-options"}\n${lines.join('\n')}\n`) },
    ...framesMs.map((_, index) => ({ name: `screencast/${index}.jpeg`, content })),
  ]);
}

describe('cutFilms', () => {
  it('shows what was there before, and what came until it was painted', () => {
    const [film] = cutFilms(traceOf([-900, -30, 20, 60, 90, 120, 190, 400]), [step]);
    expect(film?.frames.map(({ ms }) => ms)).toEqual([-30, 20, 90, 190]);
    expect(film).toMatchObject({ sli: 'scope-switch.visible', valueMs: 80 });
  });

  it('shows all of few', () => {
    expect(cutFilms(traceOf([50, 70]), [step])[0]?.frames.map(({ ms }) => ms)).toEqual([50, 70]);
    expect(cutFilms(traceOf([50]), [step])[0]?.frames.map(({ ms }) => ms)).toEqual([50]);
  });

  it('begins before it was asked for where that was only afterwards', () => {
    const [film] = cutFilms(traceOf([-900, -300, 100]), [{ ...step, valueMs: 700 }]);
    expect(film?.frames.map(({ ms }) => ms)).toEqual([-400, 200, 600]);
  });

  it('takes the slowest step of each indicator, with its group', () => {
    const slower = { ...step, group: 'b', valueMs: 90 };
    const films = cutFilms(traceOf([50]), [{ ...step, group: 'a' }, slower, { ...step, sli: 'other' }]);
    expect(films.map(({ sli, group }) => [sli, group])).toEqual([
      ['scope-switch.visible', 'b'],
      ['other', undefined],
    ]);
  });

  it('makes pictures small, and keeps their colours', () => {
    const small = cutFilms(traceOf([50]), [step])[0]?.frames[0]?.picture ?? Buffer.alloc(0);
    const { width, height, data } = jpeg.decode(small, { useTArray: true });
    expect([width, height]).toEqual([320, 180]);
    for (const [index, colour] of [200, 40, 40].entries())
      expect(Math.abs((data[index] ?? 0) - colour)).toBeLessThan(6);
    const tiny = picture(100, 50, [1, 2, 3]);
    expect(cutFilms(traceOf([50], tiny), [step])[0]?.frames[0]?.picture).toEqual(tiny);
  });

  it('makes no film of nothing, and throws for what is no trace', () => {
    expect(cutFilms(traceOf([-5000, 900]), []).length).toBe(0);
    expect(cutFilms(traceOf([900]), [step])).toEqual([]);
    expect(() => cutFilms(Buffer.from('no trace'), [step])).toThrow('not a zip archive');
    expect(() => cutFilms(traceOf([50], Buffer.from('no picture')), [step])).toThrow('SOI not found');
  });
});
