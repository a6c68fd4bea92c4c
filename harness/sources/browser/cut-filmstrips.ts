/** Cuts from a trace of Playwright what was on the screen while each step was timed. Pure. */

import jpeg from 'jpeg-js';
import type { TracedStep } from '../../browser-kit/journal.ts';
import { defined } from '../../lib/defined.ts';
import { readZip, type ZipEntry } from './zip.ts';

export interface Film {
  readonly sli: string;
  readonly group?: string;
  /** What the step took in the visit that was traced, which is slower than those that count. */
  readonly valueMs: number;
  readonly frames: readonly Frame[];
}

export interface Frame {
  /** Since the step began; less than 0: it was there before. */
  readonly ms: number;
  /** JPEG, 320 pixels wide. */
  readonly picture: Buffer;
}

/** More show nothing that these do not: before, twice meanwhile, and painted. */
const mostFrames = 4;
const widthPx = 320;
const quality = 60;

interface Screenshot {
  readonly file: string;
  /** When it was on the screen, ms since 1970. */
  readonly atMs: number;
}

/** One film for each SLI, of its slowest step; none for a step of which the trace has no picture. */
export function cutFilms(trace: Buffer, steps: readonly TracedStep[]): readonly Film[] {
  const entries = readZip(trace);
  const screenshots = screenshotsOf(entries);
  const content = new Map(entries.map((entry) => [entry.name, entry.content]));
  const bySli = [...Map.groupBy(steps, ({ sli }) => sli).values()];
  return bySli.flatMap((ofSli) => {
    const [slowest] = ofSli.toSorted((a, b) => b.valueMs - a.valueMs);
    if (slowest === undefined) return [];
    const { sli, group, valueMs } = slowest;
    const time = timeOf(slowest);
    const frames = chosen(screenshots, time).flatMap(({ file, atMs }) => {
      const picture = content.get(file);
      return picture === undefined ? [] : [{ ms: Math.round(atMs - time.fromMs), picture: shrunk(picture) }];
    });
    return frames.length === 0 ? [] : [{ sli, ...defined({ group }), valueMs, frames }];
  });
}

interface StepTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was asked for only afterwards, as the first paint is, began before that. */
function timeOf({ beganAt, endedAt, valueMs }: TracedStep): StepTime {
  const toMs = Date.parse(endedAt);
  return { fromMs: Math.min(Date.parse(beganAt), toMs - valueMs), toMs };
}

/** The last one before the step, and of those within it the first, one between and the last. */
function chosen(screenshots: readonly Screenshot[], { fromMs, toMs }: StepTime): readonly Screenshot[] {
  const before = screenshots.filter(({ atMs }) => atMs <= fromMs).slice(-1);
  const within = screenshots.filter(({ atMs }) => atMs > fromMs && atMs <= toMs);
  const room = mostFrames - before.length;
  const picked = Array.from(
    { length: Math.min(room, within.length) },
    (_, index, { length } = within) =>
      within[within.length <= room ? index : Math.round((index * (length - 1)) / (room - 1))],
  );
  return [...before, ...picked.filter((one) => one !== undefined)];
}

/** Of the trace's own format (version 10), what tells of pictures; lines that say something else are passed over. */
function screenshotsOf(entries: readonly ZipEntry[]): readonly Screenshot[] {
  const lines = entries
    .filter(({ name }) => name.endsWith('.trace'))
    .flatMap(({ content }) => content.toString('utf8').split('\n'))
    .filter((line) => line.startsWith('{"type":"screencast-frame"'));
  const screenshots = lines.flatMap((line) => {
    const { file, frameSwapWallTime } = JSON.parse(line) as { file?: unknown; frameSwapWallTime?: unknown };
    return typeof file === 'string' && typeof frameSwapWallTime === 'number' ? [{ file, atMs: frameSwapWallTime }] : [];
  });
  return screenshots.toSorted((a, b) => a.atMs - b.atMs);
}

/** Each pixel is the mean of those it stands for. */
function shrunk(picture: Buffer): Buffer {
  const { width, height, data } = jpeg.decode(picture, { useTArray: true, maxMemoryUsageInMB: 128 });
  if (width <= widthPx) return picture;
  const heightPx = Math.round((height * widthPx) / width);
  const small = Buffer.alloc(widthPx * heightPx * 4, 255);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const rows = [Math.floor((y * height) / heightPx), Math.ceil(((y + 1) * height) / heightPx)] as const;
      const columns = [Math.floor((x * width) / widthPx), Math.ceil(((x + 1) * width) / widthPx)] as const;
      small.set(meanColour(data, { width, rows, columns }), (y * widthPx + x) * 4);
    }
  }
  return jpeg.encode({ width: widthPx, height: heightPx, data: small }, quality).data;
}

interface Area {
  /** Of the picture it is in. */
  readonly width: number;
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

function meanColour(data: Uint8Array, { width, rows, columns }: Area): readonly [number, number, number] {
  let [red, green, blue] = [0, 0, 0];
  for (let row = rows[0]; row < rows[1]; row += 1) {
    for (let column = columns[0]; column < columns[1]; column += 1) {
      const at = (row * width + column) * 4;
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const count = (rows[1] - rows[0]) * (columns[1] - columns[0]);
  return [red / count, green / count, blue / count];
}
